"""Programs of Node: the packages of `package.json`, and scripts that print one JSON value."""

import asyncio
import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
INSTALL_SECONDS = 240
RUN_SECONDS = 50
NPM = shutil.which("npm")


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder whose packages are installed, once and by one process at a time."""
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_installed():
            assert NPM is not None, "Node and npm are needed here"
            command = [NPM, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
            subprocess.run(command, cwd=FOLDER, check=True, timeout=INSTALL_SECONDS)
            (MODULES / ".lock-of-noaber").write_bytes(_lock())
    return FOLDER


async def run(script: str, *arguments: str) -> Any:
    """The JSON that a script of this folder prints."""
    process = await asyncio.create_subprocess_exec(
        "node",
        script,
        *arguments,
        cwd=FOLDER,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(RUN_SECONDS):
            told, complaint = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, complaint.decode()
    return json.loads(told)


def _lock() -> bytes:
    return (FOLDER / "package-lock.json").read_bytes()


def _is_installed() -> bool:
    mark = MODULES / ".lock-of-noaber"
    return mark.exists() and mark.read_bytes() == _lock()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without Node leave its tests out; in CI they stay, and fail."""
    if NPM or os.environ.get("CI"):
        return
    left_out = [item for item in items if "packages" in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def pytest_report_header() -> str:
    """Say at the start whether there is Node."""
    return f"node: {NPM or 'no npm, so the tests with clients of Node are left out'}"
