"""The seed for the tests that look at it: loaded once a worker."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from realtime.hub import Hub
from server import seed
from server.address import Gate
from server.delivery import Courier
from server.settings import Settings
from tests.server import deinze as databases
from tests.server.receiver import Receiver, listening
from tests.server.town import AT_ONCE, KEY, Town
from tests.world import World


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


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A partner's server."""
    async with listening() as started:
        yield started


@pytest.fixture
async def courier() -> AsyncIterator[Courier]:
    """A courier that waits for nothing and may call this machine."""
    async with Courier(KEY, Gate(private=True), AT_ONCE, attempt_seconds=0.5) as started:
        yield started


@pytest.fixture
def town(hub: Hub, partners: World) -> Town:
    """The town of the small world."""
    return Town(hub, partners)
