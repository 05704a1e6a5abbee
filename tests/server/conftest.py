"""The seed for the tests that look at it: loaded once a worker."""

import asyncio
from collections.abc import Iterator

import pytest

from server import seed
from server.settings import Settings
from tests.server import deinze as databases


@pytest.fixture(scope="session")
def deinze(settings: Settings) -> Iterator[str]:
    """The address of a database that holds the seed; tests only read it."""
    for address in databases.empty_database(settings, "seed"):
        asyncio.run(seed.load(address))
        yield address


@pytest.fixture
def nowhere(settings: Settings) -> Iterator[str]:
    """The address of a migrated database without data."""
    yield from databases.empty_database(settings, "nowhere")
