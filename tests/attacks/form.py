"""How many documents are made up, and where it is written what each attack cost the server."""

from collections.abc import Callable
from pathlib import Path

import pytest

Note = Callable[[str, float], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--documents=5000`: as many valid and as many spoilt ones; `--costs=FILE`: in ms, by name."""
    words = "how many valid and how many spoilt documents are made up and sent"
    parser.addoption("--documents", type=int, default=200, help=words)
    parser.addoption("--costs", type=Path, help="where to write what each attack cost")


@pytest.fixture(scope="session")
def count(pytestconfig: pytest.Config) -> int:
    """How many of each."""
    return int(pytestconfig.getoption("--documents"))


@pytest.fixture
def note(pytestconfig: pytest.Config) -> Note:
    """Writes down what an attack cost, in seconds, if it is asked for."""
    file: Path | None = pytestconfig.getoption("--costs")

    def write(name: str, seconds: float) -> None:
        if file is not None:
            with file.open("a", encoding="utf-8") as opened:
                opened.write(f"{seconds * 1000:8.1f}  {name}\n")

    return write
