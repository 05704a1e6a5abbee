"""What the faults have: their form, a town to break for each file, and the table at the end."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

import pytest

from tests.faults import trial
from tests.faults.form import FORMS, Form
from tests.faults.report import Outcome, markdown
from tests.faults.town import Town, build
from tests.faults.trial import Trial

Outcomes = list[Outcome]
OUTCOMES = pytest.StashKey[Outcomes]()
SHORT_SECONDS, LONG_SECONDS = 300, 900
TABLE = Path("build/faults.md")


class Begin(Protocol):
    """How a trial begins."""

    def __call__(
        self, fault: str, nodes: int = ..., pause: float = ...
    ) -> AbstractAsyncContextManager[Trial]:
        """A trial of a fault, on the first so many servers; writers pause so long (seconds)."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--faults`; without it, as in a run of all tests, the form is the short one."""
    parser.addoption("--faults", choices=[*FORMS], default="short", help="how hard faults strike")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and a place for what comes of the trials."""
    config.addinivalue_line("markers", "faults: real servers and engines are broken")
    config.stash[OUTCOMES] = Outcomes()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give them their time: servers and engines are started again and again."""
    seconds = LONG_SECONDS if _form(config) == "long" else SHORT_SECONDS
    for item in items:
        if item.get_closest_marker("faults"):
            item.add_marker(pytest.mark.timeout(seconds))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table of the long form, and write it down."""
    outcomes = config.stash[OUTCOMES]
    if _form(config) == "long" and outcomes:
        table = markdown(outcomes)
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(table)
        terminalreporter.write_line(f"\n{table}\nin {TABLE}")


@pytest.fixture(scope="session")
def form(pytestconfig: pytest.Config) -> Form:
    """How hard the faults strike in this run."""
    return FORMS[_form(pytestconfig)]


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    """Servers, `NODES` of the file that asks, and their engines, for the tests of that file."""
    directory = Path(tempfile.mkdtemp(prefix="noaber-faults-"))
    directory.chmod(0o711)  # as root, PostgreSQL runs as `nobody` and has to come in
    try:
        with build(directory, request.module.NODES) as built:
            yield built
    finally:
        shutil.rmtree(directory)


@pytest.fixture
def begin(town: Town, pytestconfig: pytest.Config) -> Begin:
    """Begin a trial on the first so many servers, on all if not told: `begin("what is broken")`."""
    outcomes = pytestconfig.stash[OUTCOMES]

    def begin(
        fault: str, nodes: int = 2, pause: float = 0.03
    ) -> AbstractAsyncContextManager[Trial]:
        addresses = [node.address for node in town.nodes[:nodes]]
        return trial.begin(town, fault, addresses, outcomes, pause)

    return begin


def _form(config: pytest.Config) -> str:
    """The option is not known when a run begins above this folder."""
    return str(config.getoption("--faults", default="short"))
