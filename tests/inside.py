"""Operations run inside the test's process, against the real database and a real hub."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pytest
from strawberry.types import ExecutionResult

import schema
from realtime.hub import Hub
from resolvers.context import Context

if TYPE_CHECKING:
    from server.settings import Settings
from tests import world as worlds
from tests.world import World

Ask = Callable[..., Awaitable[ExecutionResult]]


@pytest.fixture
async def hub(settings: "Settings", database: None) -> AsyncIterator[Hub]:
    """A hub of this process."""
    async with Hub(settings.redis_url, settings.channel_prefix) as running:
        yield running


@pytest.fixture
async def world(database: None) -> World:
    """The small world of `tests.world`, freshly made."""
    return await worlds.build()


@pytest.fixture
def ask(hub: Hub, world: World) -> Ask:
    """Run an operation as a persona: `await ask("neighbour", document, variable=...)`."""

    async def run(persona: str, document: str, **variables: Any) -> ExecutionResult:
        context = Context(hub, world.people[persona].token, "tests")
        given = {name: _plain(value) for name, value in variables.items()}
        return await schema.api.execute(document, given, context)

    return run


def _plain(value: Any) -> Any:
    """A variable as JSON would carry it."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return value if isinstance(value, bool | int | float | list | None) else str(value)
