"""Plans: whatever they answer, graphql-core would have answered, to the last byte."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

import schema
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.policy import Policy
from schema.plan.extension import TOLD
from server import address
from server.settings import Settings
from tests.access.persona import PERSONAS
from tests.access.table import SUBJECTS
from tests.attacks.test_fuzz import ids
from tests.attacks.vary import Varied
from tests.test_access import made, world
from tests.world import World

__all__ = ["made", "world"]
SEED = 20_261_125
SHOWN = 2_000
# those who may see much more often than those who may not
ASKED = tuple(each for one in PERSONAS for each in ("resident", "manager", "moderator", one))


def served() -> float:
    """How many queries were answered by their plans so far."""
    return float(TOLD.labels("served", "")._value.get())


async def told(
    asked: tuple[str, dict[str, Any]],
    world: World,
    persona: str,
    hub: Hub,
    settings: Settings,
    *,
    plans: bool,
) -> bytes:
    """What a persona reads, as it goes out, without the id of the request."""
    context = Context(
        hub,
        world.people[persona].token,
        "tests",
        outside=address.outside(settings),
        policy=replace(Policy(), plans=plans),
    )
    result = await schema.api.execute(*asked, context)
    return orjson.dumps([result.data, [plain(error) for error in result.errors or ()]])


def plain(error: Any) -> dict[str, Any]:
    formatted: dict[str, Any] = error.formatted
    formatted["extensions"].pop("requestId", None)
    return formatted


def fitting(world: World) -> dict[str, list[str]]:
    """What arguments are mostly given, so that most documents have an answer."""
    named: dict[str, list[str]] = {"first": ["1", "2", "5"], "last": [], "after": [], "before": []}
    for subject in SUBJECTS:
        if id := subject.variables(world).get("id"):
            named.setdefault(subject.door, []).append(f'"{id}"')
    for name, things in (
        ("neighbourhoodId", world.neighbourhoods),
        ("organisationId", world.organisations),
    ):
        named[name] = [f'"{id}"' for id in things.values()]
    return named


@pytest.mark.timeout(3_600)
async def test_plans_and_graphql_core_say_the_same(
    hub: Hub, world: World, settings: Settings, pytestconfig: pytest.Config
) -> None:
    count = int(pytestconfig.getoption("--documents"))
    maker = Varied(SEED, ids(world), fitting(world))
    before = served()
    for number in range(count):
        asked = maker.query(), maker.variables
        about = asked, world, ASKED[number % len(ASKED)], hub, settings
        by_core = await told(*about, plans=False)
        # the second time the document is known, and takes the short way
        for way in ("long", "short"):
            by_plan = await told(*about, plans=True)
            assert by_plan == by_core, f"{about[2]}, {way}: {asked}"[:SHOWN]
    assert served() - before > count / 2, served()
