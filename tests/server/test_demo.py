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
RESIDENTS = ["resident", "neighbour", "stranger", "nearby", "moderator", "worker"]
STAFF = ["manager", "editor", "case_worker", "analyst", "centre_manager", "centre_case_worker"]
VIEWER = "{ viewer { email } }"
OFFICES = "{ offices { role unit { name } organisation { id name } } }"

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

    def ask(
        self, token: str, query: str, variables: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """What the demo answers to the bearer of a token."""
        headers = {"Authorization": f"Bearer {token}"}
        asked = {"query": query, "variables": variables or {}}
        answer = httpx.post(self.written["http"], json=asked, headers=headers)
        found: dict[str, Any] = answer.json()
        return found

    def offered(self) -> dict[str, Any]:
        """The personas and the examples that the IDE offers."""
        page = httpx.get(self.written["http"], headers={"Accept": "text/html"}).text
        data: dict[str, Any] = json.loads(page.split('id="ide-data">')[1].split("</script>")[0])
        return data

    def email(self, persona: str) -> str:
        """Who the demo takes the bearer of a persona's token for."""
        answer = self.ask(self.written["tokens"][persona], VIEWER)
        found: str = answer["data"]["viewer"]["email"]
        return found

    def office(self, persona: str) -> tuple[str, str | None, str | None]:
        """For which organisation, in what role and unit the bearer of the token works."""
        offices = self.ask(self.written["tokens"][persona], OFFICES)["data"]["offices"]
        assert [each["organisation"]["id"] for each in offices] == [
            self.written["organisations"][persona]
        ]
        unit = offices[0]["unit"]
        return offices[0]["organisation"]["name"], offices[0]["role"], unit and unit["name"]


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
    assert list(demo.written["tokens"]) == [*RESIDENTS, *STAFF, "token"]


def test_each_token_opens_the_account_of_its_persona(demo: Demo) -> None:
    assert {name: demo.email(name) for name in [*RESIDENTS, *STAFF]} == seed.personas


def test_staff_and_the_program_work_where_their_names_say(demo: Demo) -> None:
    town, centre = "Stad Deinze", "Dienstencentrum Zeventiendorpen"
    assert {name: demo.office(name) for name in [*STAFF, "token"]} == {
        "manager": (town, "MANAGER", None),
        "editor": (town, "EDITOR", None),
        "case_worker": (town, "CASE_WORKER", "Welzijn"),
        "analyst": (town, "ANALYST", None),
        "centre_manager": (centre, "MANAGER", None),
        "centre_case_worker": (centre, "CASE_WORKER", None),
        "token": (town, None, None),
    }


def test_the_program_reads_what_was_shared_with_the_town_and_no_account(demo: Demo) -> None:
    town = demo.written["organisations"]["token"]
    shares = f'{{ shares(organisationId: "{town}") {{ nodes {{ title organisation {{ id }} }} }} }}'
    token = demo.written["tokens"]["token"]
    found = demo.ask(token, shares)["data"]["shares"]["nodes"]
    assert [share["organisation"]["id"] for share in found] == [town] * 7
    assert demo.ask(token, VIEWER)["data"] == {"viewer": None}


def test_neighbours_share_a_neighbourhood_and_the_stranger_does_not(demo: Demo) -> None:
    homes = demo.written["neighbourhoods"]
    assert homes["neighbour"] == homes["moderator"] == homes["worker"] == homes["resident"]
    assert len({homes["resident"], homes["stranger"], homes["nearby"]}) == 3


@pytest.mark.parametrize(
    ("operation", "persona"),
    [
        *(("Me", "resident"), ("Feed", "resident"), ("CreatePost", "resident")),
        *(("AddComment", "resident"), ("React", "resident"), ("SharePost", "resident")),
        *(("MyShares", "resident"), ("Cases", "manager"), ("Cases", "case_worker")),
        *(("Cases", "token"), ("Announce", "editor"), ("Announce", "token")),
        *(("Volunteers", "editor"), ("Volunteers", "token")),
    ],
)
def test_an_example_answers_the_persona_it_is_for(demo: Demo, operation: str, persona: str) -> None:
    offered = demo.offered()
    [query] = [each for each in offered["examples"] if f" {operation}" in each.split("{")[0]]
    [chosen] = [each for each in offered["personas"] if each["name"] == persona]
    asked = {name: id for name, id in chosen["variables"].items() if f"${name}" in query}
    answer = demo.ask(chosen["token"], query, asked)
    assert "errors" not in answer
    [found] = answer["data"].values()
    assert found
    assert not found.get("errors")


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
    program = demo.written["tokens"]["token"]
    demo.process.send_signal(number)
    demo.process.communicate(timeout=20)
    assert [command_of(pid) for pid in engines] == ["", ""]

    later = start(demo.folder, free_port(), "startup complete")
    demo.process = later.process
    assert "Loading" not in later.said
    assert wait_until(lambda: demo.email("resident") == seed.personas["resident"], 5)
    assert demo.office("token") == ("Stad Deinze", None, None)
    assert demo.ask(program, OFFICES)["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
