"""Polls: one voice each, counted exactly, told when the author said, and secret where so."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import models
import resolvers.ballot
import resolvers.poll_post
import resolvers.post
from realtime.hub import Hub
from resolvers.refusal import Refusal, RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.gathering import question, soon, vote
from tests.resolvers.ledger import refused
from tests.resolvers.talking import asked, block, settle
from tests.world import World

Method = models.PollMethod
CLOSING = models.PollResults.AFTER_CLOSING
SEEN = """
query ($id: ID!) {
  post(id: $id) { poll {
    ballotCount isOpen options { number words } myBallot { values }
    results { number count mean } ballots { nodes { values membership { displayName } } }
  } }
}
"""


async def seen(ask: Ask, persona: str, poll: models.Poll) -> Any:
    answer = await asked(ask, persona, SEEN, id=str(poll.post_id))
    return answer["post"] and answer["post"]["poll"]


def counts(poll: Any) -> list[int] | None:
    return poll["results"] and [each["count"] for each in poll["results"]]


async def close(act: Act, poll: models.Poll) -> None:
    await act("resident", resolvers.poll_post.close_poll, poll_id=poll.id)


async def test_results_are_told_to_whoever_has_answered(act: Act, ask: Ask, world: World) -> None:
    poll = await question(act, world, most_choices=2)
    await vote(act, poll, "neighbour", 2, 0)
    await vote(act, poll, "moderator", 0)
    before = await seen(ask, "resident", poll)
    assert (counts(before), before["ballots"], before["ballotCount"]) == (None, None, 2)
    after = await seen(ask, "neighbour", poll)
    assert counts(after) == [2, 0, 1]
    assert after["myBallot"] == {"values": [0, 2]}
    named = {
        each["membership"]["displayName"]: each["values"] for each in after["ballots"]["nodes"]
    }
    assert named == {"Neighbour": [0, 2], "Moderator": [0]}
    await vote(act, poll, "neighbour", 1)
    assert counts(await seen(ask, "neighbour", poll)) == [1, 1, 0]
    await act("neighbour", resolvers.ballot.withdraw_vote, poll_id=poll.id)
    assert (await seen(ask, "neighbour", poll))["results"] is None
    assert await ledger.drift() == []


async def test_a_secret_poll_keeps_no_answer_and_tells_nothing_of_few(
    act: Act, ask: Ask, world: World
) -> None:
    await settle(world, "third", "fourth", "fifth")
    poll = await question(act, world, is_secret=True, results=CLOSING)
    for persona in ("resident", "neighbour", "third", "fourth"):
        await vote(act, poll, persona, 1)
    async with refused(RefusalCode.CONFLICT, "poll_id"):
        await vote(act, poll, "neighbour", 0)
    async with refused(RefusalCode.CONFLICT, "poll_id"):
        await act("neighbour", resolvers.ballot.withdraw_vote, poll_id=poll.id)
    assert {tuple(row.values or ()) for row in await models.Ballot.all()} == {()}
    mine = await seen(ask, "neighbour", poll)
    assert (mine["myBallot"], mine["results"]) == ({"values": None}, None)
    few = await question(act, world, is_secret=True, results=CLOSING)
    await vote(act, few, "neighbour", 1)
    await vote(act, poll, "fifth", 2)
    for each in (poll, few):
        await close(act, each)
    assert counts(await seen(ask, "moderator", poll)) == [0, 4, 1]
    assert (await seen(ask, "moderator", few))["results"] is None
    assert (await seen(ask, "resident", poll))["ballots"] is None
    async with refused(RefusalCode.INVALID, "results"):
        await question(act, world, is_secret=True)


async def test_a_household_has_one_voice(act: Act, ask: Ask, world: World) -> None:
    await settle(world, "partner", household_id=world.household_id)
    poll = await question(act, world, voice=models.PollVoice.HOUSEHOLD)
    await vote(act, poll, "resident", 0)
    assert (await seen(ask, "partner", poll))["myBallot"] == {"values": [0]}
    await vote(act, poll, "partner", 2)
    assert counts(await seen(ask, "resident", poll)) == [0, 0, 1]
    assert (await models.Poll.get(id=poll.id)).ballot_count == 1
    await settle(world, "lodger")
    async with refused(RefusalCode.FORBIDDEN):
        await vote(act, poll, "lodger", 1)


async def test_scores_have_a_mean(act: Act, ask: Ask, world: World) -> None:
    poll = await question(act, world, method=Method.SCORE)
    await vote(act, poll, "neighbour", 10, 1, 5)
    await vote(act, poll, "moderator", 7, 2, 5)
    found = await seen(ask, "moderator", poll)
    assert [(each["count"], each["mean"]) for each in found["results"]] == [
        (2, 8.5),
        (2, 1.5),
        (2, 5.0),
    ]


async def test_for_or_against(act: Act, ask: Ask, world: World) -> None:
    poll = await question(act, world, method=Method.FOR_OR_AGAINST, options=None)
    await vote(act, poll, "neighbour", 1)
    found = await seen(ask, "neighbour", poll)
    assert [each["words"] for each in found["options"]] == ["FOR", "AGAINST"]
    assert counts(found) == [0, 1]


async def test_a_poll_closes_by_the_clock_and_counts_nothing_more(
    act: Act, ask: Ask, world: World, hub: Hub
) -> None:
    poll = await question(act, world, results=CLOSING)
    await vote(act, poll, "neighbour", 1)
    assert (await seen(ask, "neighbour", poll))["results"] is None
    assert await resolvers.poll_post.close_due(hub, soon(days=9)) == 0
    assert await resolvers.poll_post.close_due(hub, soon(days=11)) == 1
    assert await resolvers.poll_post.close_due(hub, soon(days=11)) == 0
    assert counts(await seen(ask, "moderator", poll)) == [0, 1, 0]
    async with refused(RefusalCode.CONFLICT, "poll_id"):
        await vote(act, poll, "moderator", 1)
    late = await question(act, world)
    await models.Poll.filter(id=late.id).update(closes_at=datetime.now(UTC) - timedelta(seconds=1))
    async with refused(RefusalCode.CONFLICT, "poll_id"):
        await vote(act, late, "moderator", 1)


async def test_who_votes_lives_there(act: Act, ask: Ask, world: World) -> None:
    poll = await question(act, world, audience=models.Audience.NEIGHBOURS_NEARBY)
    await vote(act, poll, "neighbour", 1)
    for persona in ("worker", "nearby"):
        assert (await seen(ask, persona, poll))["results"] is None
        async with refused(RefusalCode.FORBIDDEN):
            await vote(act, poll, persona, 1)
    async with refused(RefusalCode.NOT_FOUND):
        await vote(act, poll, "stranger", 1)
    async with refused(RefusalCode.FORBIDDEN):
        await act("neighbour", resolvers.poll_post.close_poll, poll_id=poll.id)
    await vote(act, poll, "resident", 1)
    await block(act, world, "moderator", "neighbour")
    await vote(act, poll, "moderator", 1)
    ballots = (await seen(ask, "moderator", poll))["ballots"]["nodes"]
    assert {each["membership"]["displayName"] for each in ballots} == {"Resident", "Moderator"}
    await close(act, poll)
    assert (await seen(ask, "nearby", poll))["ballots"] == {"nodes": []}
    assert counts(await seen(ask, "nearby", poll)) == [0, 3, 0]


@pytest.mark.parametrize(
    "values", [(), (3,), (-1,), (0, 0), (0, 1, 2)], ids=["none", "no such", "less", "twice", "many"]
)
async def test_a_ballot_says_what_can_be_said(
    act: Act, world: World, values: tuple[int, ...]
) -> None:
    poll = await question(act, world, most_choices=2)
    async with refused(RefusalCode.INVALID, "values"):
        await vote(act, poll, "neighbour", *values)


@pytest.mark.parametrize("values", [(1, 2), (0, 5, 5), (11, 5, 5), (1, 2, 3, 4)])
async def test_a_score_is_1_to_10_for_each(act: Act, world: World, values: tuple[int, ...]) -> None:
    poll = await question(act, world, method=Method.SCORE)
    async with refused(RefusalCode.INVALID, "values"):
        await vote(act, poll, "neighbour", *values)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"options": ["Een"]}, "options"),
        ({"options": ["Een", "Een "]}, "options"),
        ({"options": [str(number) for number in range(21)]}, "options"),
        ({"method": Method.FOR_OR_AGAINST}, "options"),
        ({"most_choices": 0}, "most_choices"),
        ({"most_choices": 4}, "most_choices"),
        ({"method": Method.SCORE, "most_choices": 2}, "most_choices"),
        ({"closes_at": datetime.now(UTC) - timedelta(1)}, "closes_at"),
        ({"closes_at": datetime.now(UTC) + timedelta(400)}, "closes_at"),
        ({"title": " "}, "title"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    act: Act, world: World, given: dict[str, Any], field: str
) -> None:
    async with refused(RefusalCode.INVALID, field):
        await question(act, world, **given)


async def test_one_voice_however_often_it_is_given_at_once(act: Act, world: World) -> None:
    poll = await question(act, world)
    tries = (vote(act, poll, "neighbour", number % 3) for number in range(6))
    came = await asyncio.gather(*tries, return_exceptions=True)
    assert not [one for one in came if isinstance(one, BaseException)]
    row = await models.Poll.get(id=poll.id)
    assert (row.ballot_count, sum(row.counts)) == (1, 1)


@settings(
    phases=[Phase.generate],
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(("resident", "neighbour", "moderator")),
            st.lists(st.integers(0, 2), max_size=3),
        ),
        max_size=12,
    )
)
async def test_sums_equal_a_recount_after_any_story(
    act: Act, world: World, steps: list[tuple[str, list[int]]]
) -> None:
    poll = await question(act, world, most_choices=3)
    expected: dict[str, list[int]] = {}
    for persona, values in steps:
        try:
            if values:
                await vote(act, poll, persona, *values)
                expected[persona] = values
            else:
                await act(persona, resolvers.ballot.withdraw_vote, poll_id=poll.id)
                expected.pop(persona)
        except Refusal as refusal:
            if refusal.code not in (RefusalCode.INVALID, RefusalCode.NOT_FOUND):
                raise
    row = await models.Poll.get(id=poll.id)
    counted = [sum(number in values for values in expected.values()) for number in range(3)]
    assert (row.counts, row.ballot_count) == (counted, len(expected))


async def test_nothing_is_left_of_a_poll_whose_post_is_removed(act: Act, world: World) -> None:
    poll = await question(act, world)
    await vote(act, poll, "neighbour", 1)
    await act("resident", resolvers.post.delete_post, post_id=poll.post_id)
    assert await models.Ballot.all().count() == 0
    assert await ledger.holding("Zaterdag") == []
