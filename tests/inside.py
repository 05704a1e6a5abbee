"""Operations run inside the test's process, against the real database and a real hub."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pytest
from strawberry.types import ExecutionResult

import schema
from realtime.hub import Hub
from resolvers.context import Context
from server import address

if TYPE_CHECKING:
    from server.settings import Settings
from tests import partners as organisations
from tests import world as worlds
from tests.world import World

Ask = Callable[..., Awaitable[ExecutionResult]]


@pytest.fixture
async def hub(settings: "Settings", database: None) -> AsyncIterator[Hub]:
    """A hub of this process."""
    url, prefix = settings.redis_url, settings.channel_prefix
    async with Hub(url, prefix, secret=settings.secret) as running:
        yield running


@pytest.fixture
async def world(database: None) -> World:
    """The small world of `tests.world`, freshly made."""
    return await worlds.build()


@pytest.fixture
async def partners(world: World) -> World:
    """The small world with the organisations, staff and tokens of `tests.partners`."""
    await organisations.build(world)
    return world


@pytest.fixture
def ask(hub: Hub, world: World, settings: "Settings") -> Ask:
    """Run an operation as a persona: `await ask("neighbour", document, variable=...)`."""

    inward = settings.model_copy(update={"webhook_private": True})

    async def run(persona: str, document: str, **variables: Any) -> ExecutionResult:
        token = world.people[persona].token
        context = Context(hub, token, "tests", outside=address.outside(inward))
        given = {name: _plain(value) for name, value in variables.items()}
        return await schema.api.execute(document, given, context)

    return run


def _plain(value: Any) -> Any:
    """A variable as JSON would carry it."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return value if isinstance(value, bool | int | float | list | None) else str(value)
