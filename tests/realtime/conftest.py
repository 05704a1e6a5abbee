"""Hubs, and a Valkey of their own for tests that break it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from uuid import UUID

import pytest

from realtime.hub import Hub
from server.settings import Settings
from tests.realtime import stage


@dataclass
class Hubs:
    """Opens hubs on one Valkey and waits until each hears."""

    url: str
    prefix: str
    stack: AsyncExitStack

    async def open(self, poll_seconds: float = 30.0) -> Hub:
        """A hub; with its long poll only the bell can bring an event within a test's patience."""
        hub = await self.stack.enter_async_context(Hub(self.url, self.prefix, poll_seconds))
        await stage.until(lambda: hub.connected)
        return hub


@pytest.fixture
async def hubs(settings: Settings, database: None) -> AsyncIterator[Hubs]:
    """Hubs on the Valkey of the test run."""
    async with AsyncExitStack() as stack:
        yield Hubs(settings.redis_url, settings.channel_prefix, stack)


@pytest.fixture
async def hub(hubs: Hubs) -> Hub:
    """A hub that looks at the streams often."""
    return await hubs.open(poll_seconds=0.2)


@pytest.fixture
async def stream_id(hubs: Hubs) -> UUID:
    """The stream of an empty neighbourhood."""
    return await stage.new_stream()


@pytest.fixture
def valkey() -> Iterator[stage.Valkey]:
    """A Valkey that the test may break."""
    with stage.running_valkey() as valkey:
        yield valkey


@pytest.fixture
async def frail_hubs(valkey: stage.Valkey, database: None) -> AsyncIterator[Hubs]:
    """Hubs on the Valkey that the test may break."""
    async with AsyncExitStack() as stack:
        yield Hubs(valkey.url, "test", stack)


@pytest.fixture
def statements(caplog: pytest.LogCaptureFixture) -> Callable[[str], int]:
    """Counts the statements since the test began that hold the given words."""
    caplog.set_level("DEBUG", logger="tortoise.db_client")
    return lambda words: sum(words in record.getMessage() for record in caplog.records)
