"""What schemathesis makes up from our SDL, sent to a real server: no fault is found."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

import schema
from tests.running import Server
from tests.source import ROOT
from tests.world import World

SDL = Path(schema.__file__).with_name("schema.graphql").relative_to(ROOT)
SEED = 20_261_125
# for each door: a few in `make test`, more in `make fuzz`
A_DOOR = {200: 1}


@pytest.mark.timeout(3_600)
async def test_schemathesis_finds_no_fault(target: Server, partners: World, count: int) -> None:
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", str(SDL)),
        *("--url", target.client().http, "--seed", str(SEED), "--no-color"),
        *("--header", f"Authorization: Bearer {partners.people['manager'].token}"),
        *("--max-examples", str(A_DOOR.get(count, 20)), "--phases", "fuzzing"),
        *("--generation-database", "none", "--request-timeout", "20", "--checks", "no_fault"),
    ]
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.attacks.hook", "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await process.communicate()
    assert process.returncode == 0, told.decode()[-3_000:]
    assert target.process.poll() is None
