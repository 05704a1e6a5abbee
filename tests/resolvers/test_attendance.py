"""Places are given out exactly, whatever is answered in whatever order, and all at once."""

import asyncio

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import models
from resolvers.refusal import Refusal
from tests.resolvers import gathering, ledger
from tests.resolvers.conftest import Act
from tests.resolvers.gathering import GOING, MAYBE, NOT_GOING, WAITING, again, attend, invite
from tests.resolvers.talking import settle
from tests.world import World

PEOPLE = ("resident", "neighbour", "moderator", "worker")
STEPS = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from((GOING, MAYBE, NOT_GOING))), max_size=12
)


@settings(
    phases=[Phase.generate],
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, capacity=st.integers(1, 3))
async def test_nobody_waits_while_a_place_is_free(
    act: Act, world: World, steps: list[tuple[str, models.AttendanceState]], capacity: int
) -> None:
    found = await invite(act, world, capacity=capacity)
    wanted: dict[str, bool] = {}
    for persona, state in steps:
        await attend(act, found, persona, state)
        if wanted.get(persona) is not True or state is not GOING:
            wanted.pop(persona, None)
            wanted[persona] = state is GOING
        queue = [one for one, wants in wanted.items() if wants]
        of = {world.people[one].membership_id: one for one in PEOPLE}
        now = {of[id]: given for id, given in (await gathering.states(found)).items()}
        assert {one for one in now if now[one] is GOING} == set(queue[:capacity])
        assert {one for one in now if now[one] is WAITING} == set(queue[capacity:])
    assert await ledger.drift() == []


async def test_the_last_place_is_given_once(act: Act, world: World) -> None:
    names = [f"guest{number}" for number in range(8)]
    await settle(world, *names)
    found = await invite(act, world, capacity=3)
    came = await asyncio.gather(*(attend(act, found, one) for one in names), return_exceptions=True)
    assert not [one for one in came if isinstance(one, BaseException)]
    assert sorted(came, key=str) == [GOING] * 3 + [WAITING] * 5
    row = await again(found)
    assert (row.going_count, row.waiting_count) == (3, 5)
    assert await ledger.drift() == []


async def test_a_first_answer_sent_twice_at_once_counts_once(act: Act, world: World) -> None:
    found = await invite(act, world)
    twice = (attend(act, found, "neighbour") for _ in range(2))
    came = await asyncio.gather(*twice, return_exceptions=True)
    assert not [one for one in came if isinstance(one, BaseException | Refusal)]
    assert (await again(found)).going_count == 1
