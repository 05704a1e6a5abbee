"""Verbs run as a persona, each in a transaction of its own, as a mutation runs them."""

import pytest

from realtime.hub import Hub
from tests import inside
from tests.world import World

Act = inside.Act


@pytest.fixture
def act(hub: Hub, world: World) -> Act:
    """Run a verb: `await act("neighbour", resolvers.reaction.react, subject_id=..., kind=...)`."""
    return inside.acting(hub, world)
