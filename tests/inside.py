"""Operations run inside the test's process, against the real database and a real hub."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pytest
from strawberry.types import ExecutionResult

import schema
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.work import perform
from server import address

if TYPE_CHECKING:
    from server.settings import Settings
from tests import neighbours
from tests import partners as organisations
from tests import world as worlds
from tests.world import World

Ask = Callable[..., Awaitable[ExecutionResult]]
Act = Callable[..., Awaitable[Any]]


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
async def partners(world: World) -> World:
    """The small world with the organisations, staff and tokens of `tests.partners`."""
    await organisations.build(world)
    return world


@pytest.fixture
async def village(partners: World) -> World:
    """The small world with its partners and the neighbours of `tests.neighbours`."""
    await neighbours.build(partners)
    return partners


@pytest.fixture
def ask(hub: Hub, world: World, settings: "Settings") -> Ask:
    """Run an operation as a persona: `await ask("neighbour", document, variable=...)`."""
    return asking(hub, world, settings)


def asking(hub: Hub, world: World, settings: "Settings") -> Ask:
    """What runs an operation as somebody of this world."""
    inward = settings.model_copy(update={"webhook_private": True})

    async def run(persona: str, document: str, **variables: Any) -> ExecutionResult:
        token = world.people[persona].token
        context = Context(hub, token, "tests", outside=address.outside(inward))
        given = {name: _plain(value) for name, value in variables.items()}
        return await schema.api.execute(document, given, context)

    return run


def acting(hub: Hub, world: World) -> Act:
    """What runs a verb as somebody of this world, in a transaction of its own, as a mutation."""

    async def run(persona: str, verb: Callable[..., Any], **given: Any) -> Any:
        context = await Context(hub, world.people[persona].token, "tests").fresh()
        return await perform(context, verb, given, None)

    return run


def _plain(value: Any) -> Any:
    """A variable as JSON would carry it."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return value if isinstance(value, bool | int | float | list | None) else str(value)
