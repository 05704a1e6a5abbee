"""The demo: one command, whatever happened to the one before."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from server import seed
from server.engines.port import free_port
from server.engines.process import command_of, wait_until

ROOT = Path(__file__).parent.parent.parent
PERSONAS = ["resident", "neighbour", "stranger", "nearby", "moderator", "worker"]
VIEWER = "{ viewer { email } }"

# the first test waits for the data to be loaded, once in vain
pytestmark = pytest.mark.timeout(180)


@dataclass
class Demo:
    """A demo in `folder`, and what it has said so far."""

    folder: Path
    process: "subprocess.Popen[str]"
    said: str

    @property
    def written(self) -> dict[str, Any]:
        """What `demo.json` says."""
        found: dict[str, Any] = json.loads((self.folder / "demo.json").read_text())
        return found

    def email(self, persona: str) -> str:
        """Who the demo takes the bearer of a persona's token for."""
        headers = {"Authorization": f"Bearer {self.written['tokens'][persona]}"}
        answer = httpx.post(self.written["http"], json={"query": VIEWER}, headers=headers)
        found: str = answer.json()["data"]["viewer"]["email"]
        return found


def start(folder: Path, port: int, until: str) -> Demo:
    """Start a demo and read what it says, up to the line that contains `until`."""
    given = {"DATABASE_URL", "REDIS_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in given}
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "demo", "--port", str(port)],
        cwd=ROOT,
        env=environment | {"NOABER_DATA_DIRECTORY": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    return Demo(folder, process, listen(process.stdout, until))


def listen(output: IO[str], until: str) -> str:
    said = ""
    for line in output:
        said += line
        if until in line:
            return said
    raise AssertionError(f"the demo ended before {until!r}:\n{said}")


def engines_of(folder: Path) -> list[int]:
    mark = folder / "engines/postgres/cluster/postmaster.pid"
    return [int(mark.read_text().split()[0]), int((folder / "engines/valkey/pid").read_text())]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder whose first start was killed while it loaded the data."""
    made = Path(tempfile.mkdtemp(prefix="noaber-demo-"))
    made.chmod(0o711)
    killed = start(made, free_port(), "Loading Deinze")
    killed.process.kill()
    killed.process.communicate()
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[Demo]:
    """The start after the killed one."""
    started = start(folder, free_port(), "startup complete")
    yield started
    started.process.terminate()
    started.process.communicate(timeout=20)


def test_a_killed_start_recovers_and_loads_all(demo: Demo) -> None:
    assert "Loading Deinze: 100%" in demo.said
    assert "Deinze is alive." in demo.said
    assert "curl -s " in demo.said


def test_the_tokens_are_for_their_owner_only(demo: Demo) -> None:
    assert (demo.folder / "demo.json").stat().st_mode & 0o777 == 0o600
    assert list(demo.written["tokens"]) == PERSONAS


def test_each_token_opens_the_account_of_its_persona(demo: Demo) -> None:
    assert {name: demo.email(name) for name in PERSONAS} == seed.personas


def test_neighbours_share_a_neighbourhood_and_the_stranger_does_not(demo: Demo) -> None:
    homes = demo.written["neighbourhoods"]
    assert homes["neighbour"] == homes["moderator"] == homes["worker"] == homes["resident"]
    assert len({homes["resident"], homes["stranger"], homes["nearby"]}) == 3


def test_another_demo_on_the_same_port_says_so_and_leaves_it_alone(demo: Demo) -> None:
    port = int(demo.written["http"].split(":")[2].split("/")[0])
    second = start(demo.folder, port, "cannot be used")
    assert second.said.count("\n") == 1
    second.process.communicate(timeout=10)
    assert second.process.returncode == 1
    assert demo.email("resident") == seed.personas["resident"]


def test_another_demo_in_the_same_folder_says_so_and_leaves_it_alone(demo: Demo) -> None:
    second = start(demo.folder, free_port(), "already uses")
    assert second.said.count("\n") == 1
    second.process.communicate(timeout=10)
    assert second.process.returncode == 1
    assert demo.email("resident") == seed.personas["resident"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_no_process_and_a_later_start_uses_the_data(
    demo: Demo, number: signal.Signals
) -> None:
    engines = engines_of(demo.folder)
    demo.process.send_signal(number)
    demo.process.communicate(timeout=20)
    assert [command_of(pid) for pid in engines] == ["", ""]

    later = start(demo.folder, free_port(), "startup complete")
    demo.process = later.process
    assert "Loading" not in later.said
    assert wait_until(lambda: demo.email("resident") == seed.personas["resident"], 5)
