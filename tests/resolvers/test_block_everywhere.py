"""Of two who do not meet, none reads a trace of the other, whatever there is; others read all."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import models
import resolvers.feed_event
import schema
from auth.visibility import sees
from realtime.hub import Hub
from resolvers.context import Context
from tests.inside import Ask
from tests.resolvers import marked, talking, walk
from tests.resolvers.conftest import Act
from tests.resolvers.marked import PEOPLE, Step
from tests.world import World

pytestmark = pytest.mark.timeout(240)

pairs = st.permutations(PEOPLE).map(lambda order: order[:2])


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk asks for more at once than anybody may."""
    monkeypatch.setattr(schema.limits, "COST", 10**9)
    monkeypatch.setattr(schema.limits, "TOKENS", 10**6)


async def heard(hub: Hub, world: World, persona: str) -> set[UUID | None]:
    """The ids in the events of the feed that a persona is told, all of them once more."""
    context = await Context(hub, world.people[persona].token).fresh()
    told: set[UUID | None] = set()
    for event in await hub.read(world.home, 0):
        if sees(context.viewer, event.event):
            happening = await resolvers.feed_event.look_up(context, event)
            told |= {happening.post_id, happening.comment_id} if happening else set()
    return told


@settings(
    # every step is a transaction, and a walk some hundred statements
    phases=[Phase.generate],
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=st.lists(marked.steps, min_size=5, max_size=15), pair=pairs)
async def test_no_trace_of_the_other_is_left_and_it_all_comes_back(
    act: Act,
    ask: Ask,
    hub: Hub,
    world: World,
    unlimited: None,
    story: list[Step],
    pair: list[str],
) -> None:
    await begin_anew(act, world)
    for step in (*marked.ONCE, *story):
        await marked.take(act, world, step)
    before = {each: await walk.everything(ask, world, each) for each in PEOPLE}
    one, other = pair
    await talking.block(act, world, one, other)
    for reader, hidden in ((one, other), (other, one)):
        rows = await marked.rows_of(world, hidden)
        answers = "".join(await walk.everything(ask, world, reader))
        assert marked.mark(hidden) not in answers
        assert [trace for trace in walk.traces(rows) if trace in answers] == []
        assert (await heard(hub, world, reader)).isdisjoint(rows)
    for third in set(PEOPLE) - set(pair):
        assert await walk.everything(ask, world, third) == before[third]
    await talking.unblock(act, world, one, other)
    for each in pair:
        assert await walk.everything(ask, world, each) == before[each]


async def test_the_walk_finds_what_there_is(
    act: Act, ask: Ask, world: World, unlimited: None
) -> None:
    await begin_anew(act, world)
    for step in marked.ONCE:
        await marked.take(act, world, step)
    found = "".join(await walk.everything(ask, world, "resident"))
    rows = await marked.rows_of(world, "neighbour")
    assert len(rows) == 8
    assert [str(id) for id in rows if str(id) not in found] == []
    for verb in ("N", "A", "post", "comment", "reply", "write"):
        assert f"{verb} {marked.mark('neighbour')}" in found


async def begin_anew(act: Act, world: World) -> None:
    """Nothing is written yet, and no third neighbour but one lives here."""
    for model in (models.Post, models.Conversation, models.HelpOffer, models.Event, models.Block):
        await model.all().delete()
    await models.Stream.all().update(last_sequence=0)
    await models.Membership.all().update(nearby_count=0)
    if "third" not in world.people:
        await talking.settle(world, "third")
    await marked.introduce(act, world)
