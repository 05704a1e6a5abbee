"""How many documents are made up: a few hundred in `make test`, ten thousand in `make fuzz`."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--documents=5000`: as many valid and as many spoilt ones."""
    words = "how many valid and how many spoilt documents are made up and sent"
    parser.addoption("--documents", type=int, default=200, help=words)


@pytest.fixture(scope="session")
def count(pytestconfig: pytest.Config) -> int:
    """How many of each."""
    return int(pytestconfig.getoption("--documents"))
