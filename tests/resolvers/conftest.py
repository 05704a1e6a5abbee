"""Verbs run as a persona, each in a transaction of its own, as a mutation runs them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from realtime.hub import Hub
from resolvers.context import Context
from resolvers.work import perform
from tests.world import World

Act = Callable[..., Awaitable[Any]]


@pytest.fixture
def act(hub: Hub, world: World) -> Act:
    """Run a verb: `await act("neighbour", resolvers.reaction.react, subject_id=..., kind=...)`."""

    async def run(persona: str, verb: Callable[..., Any], **given: Any) -> Any:
        context = await Context(hub, world.people[persona].token, "tests").fresh()
        return await perform(context, verb, given, None)

    return run
