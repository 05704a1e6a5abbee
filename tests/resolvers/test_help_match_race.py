"""Steps of a match at the same moment, in transactions that really run side by side."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

import models
import resolvers.membership
import resolvers.post
from resolvers.help_match_end import withdraw_between
from resolvers.refusal import Refusal, RefusalCode
from resolvers.work import Work
from tests import neighbours
from tests.inside import Ask
from tests.neighbours import whose
from tests.resolvers import matching
from tests.resolvers.conftest import Act
from tests.resolvers.matching import (
    ACCEPT,
    ACCEPTED,
    COMPLETE,
    DECLINE,
    PROPOSE,
    PROPOSED,
    SHARE,
    WITHDRAW,
    WITHDRAWN,
)
from tests.world import World

ROUNDS = 30
OPEN, MATCHED, SOLVED, _ = models.HelpRequestState
SOLVE, DELETE = resolvers.post.mark_solved, resolvers.post.delete_post
MOVE = resolvers.membership.move_out
HELPING = ("neighbour", "third")
TAKEN = (models.HelpMatchState.ACCEPTED, models.HelpMatchState.COMPLETED)
pytestmark = pytest.mark.timeout(180)


async def at_once(*steps: Awaitable[Any]) -> list[str]:
    """What comes of these when nobody waits: "done", or the code of the refusal, and no fault."""
    found = await asyncio.gather(*steps, return_exceptions=True)
    for one in found:
        if isinstance(one, BaseException) and not isinstance(one, Refusal):
            raise one
    return [one.code.value if isinstance(one, Refusal) else "done" for one in found]


async def anew() -> None:
    """Nothing of the rounds before stands in the way: no proposal waits, none was made today."""
    await models.HelpMatch.all().delete()


async def test_two_acceptances_do_not_overfill_the_one_place(act: Act, village: World) -> None:
    for _ in range(ROUNDS):
        await anew()
        post = await neighbours.request(village)
        by = {one: await matching.propose(act, village, post, helping=one) for one in HELPING}
        came = await at_once(*(act(one, ACCEPT, match_id=match.id) for one, match in by.items()))
        assert sorted(came) == ["CONFLICT", "done"]
        states = [(await matching.again(match)).state for match in by.values()]
        assert sorted(states) == sorted([ACCEPTED, PROPOSED])
        assert await matching.state_of(post) is MATCHED


async def test_many_acceptances_fill_the_places_exactly(act: Act, village: World) -> None:
    for persona in ("fourth", "fifth"):
        await neighbours.move_in(village, persona, models.MembershipRole.RESIDENT)
    people = ("neighbour", "third", "moderator", "fourth", "fifth")
    for _ in range(ROUNDS // 3):
        await anew()
        post = await neighbours.request(village, people=3)
        offers = [await matching.propose(act, village, post, one, helping=one) for one in people]
        came = await at_once(*(act("resident", ACCEPT, match_id=match.id) for match in offers))
        assert sorted(came) == ["CONFLICT"] * 2 + ["done"] * 3
        assert await models.HelpMatch.filter(post_id=post.id, state=ACCEPTED).count() == 3
        assert await matching.state_of(post) is MATCHED


async def test_an_acceptance_and_a_withdrawal_end_in_a_withdrawal(act: Act, village: World) -> None:
    for _ in range(ROUNDS):
        await anew()
        post = await neighbours.request(village)
        match = await matching.propose(act, village, post)
        accepted, withdrawn = await at_once(
            act("neighbour", ACCEPT, match_id=match.id),
            act("resident", WITHDRAW, match_id=match.id),
        )
        assert (accepted in ("done", "CONFLICT"), withdrawn) == (True, "done")
        row = await matching.again(match)
        assert row.state is WITHDRAWN
        assert (row.helper_accepted_at is not None) is (accepted == "done")
        assert await matching.state_of(post) is OPEN


async def test_an_acceptance_counts_only_if_it_was_before_the_request_was_solved(
    act: Act, village: World
) -> None:
    for _ in range(ROUNDS):
        await anew()
        post = await neighbours.request(village)
        match = await matching.propose(act, village, post)
        accepted, solved = await at_once(
            act("neighbour", ACCEPT, match_id=match.id), act("resident", SOLVE, post_id=post.id)
        )
        assert solved == "done"
        state = {"done": ACCEPTED, "CONFLICT": WITHDRAWN}[accepted]
        assert (await matching.again(match)).state is state
        assert await matching.state_of(post) is SOLVED


async def test_a_double_click_does_it_once(act: Act, ask: Ask, village: World) -> None:
    for _ in range(ROUNDS):
        await anew()
        post = await neighbours.request(village)
        given = {"post_id": post.id, "helper_id": whose(village, "neighbour")}
        came = await at_once(*(act("resident", PROPOSE, **given) for _ in range(2)))
        assert sorted(came) == ["CONFLICT", "done"]
        match = await models.HelpMatch.get(post_id=post.id)
        for persona, verb in (("neighbour", ACCEPT), ("resident", COMPLETE)):
            came = await at_once(*(act(persona, verb, match_id=match.id) for _ in range(2)))
            assert sorted(came) == ["CONFLICT", "done"]
        assert await matching.heard(village, "neighbour") == [match.id] * 3
        await models.Event.all().delete()


async def test_a_double_click_with_a_key_gives_the_same_answer_twice(
    act: Act, ask: Ask, village: World
) -> None:
    document = """
    mutation ($input: AcceptMatchInput!) {
      acceptMatch(input: $input) { match { state } errors { code } }
    }
    """
    for number in range(ROUNDS):
        await anew()
        match = await matching.propose(act, village, await neighbours.request(village))
        key = {"matchId": match.id, "clientMutationKey": f"key {number}"}
        answers = await asyncio.gather(*(ask("neighbour", document, input=key) for _ in range(2)))
        expected = {"acceptMatch": {"match": {"state": "ACCEPTED"}, "errors": []}}
        assert [answer.data for answer in answers] == [expected] * 2


async def test_to_ask_and_to_offer_at_the_same_moment_is_one_match(
    act: Act, village: World
) -> None:
    for _ in range(ROUNDS):
        await anew()
        post = await neighbours.request(village)
        given = {"post_id": post.id, "helper_id": whose(village, "neighbour")}
        came = await at_once(
            act("resident", PROPOSE, **given), act("neighbour", PROPOSE, post_id=post.id)
        )
        assert sorted(came) == ["CONFLICT", "done"]
        assert await models.HelpMatch.filter(post_id=post.id).count() == 1


async def test_who_moves_out_meanwhile_stands_in_no_match(act: Act, village: World) -> None:
    for number in range(ROUNDS):
        await anew()
        mover = f"mover {number}"
        await neighbours.move_in(village, mover, models.MembershipRole.RESIDENT)
        await neighbours.offer(village, mover)
        waiting, post = await neighbours.request(village), await neighbours.request(village)
        match = await matching.propose(act, village, waiting, helping=mover)
        proposed, accepted, moved = await at_once(
            act("resident", PROPOSE, post_id=post.id, helper_id=whose(village, mover)),
            act(mover, ACCEPT, match_id=match.id),
            act(mover, MOVE, membership_id=whose(village, mover)),
        )
        assert moved == "done"
        assert {proposed, accepted} <= {"done", "NOT_FOUND", "CONFLICT", "FORBIDDEN"}
        rows = await models.HelpMatch.filter(helper_id=whose(village, mover))
        assert {row.state for row in rows} == {WITHDRAWN}
        assert await matching.state_of(waiting) is OPEN


async def test_a_post_that_is_deleted_meanwhile_leaves_no_match(act: Act, village: World) -> None:
    for _ in range(ROUNDS):
        await anew()
        post = await neighbours.request(village, models.Audience.NEIGHBOURS_NEARBY)
        match = await matching.propose(act, village, post)
        came = await at_once(
            matching.propose(act, village, post, "third", helping="third"),
            act("neighbour", ACCEPT, match_id=match.id),
            act("resident", DELETE, post_id=post.id),
        )
        assert came[2] == "done"
        assert set(came) <= {"done", "NOT_FOUND"}
        assert not await models.HelpMatch.filter(post_id=post.id).exists()


async def test_two_of_whom_one_blocks_the_other_meanwhile_stand_in_no_match(
    act: Act, village: World
) -> None:
    async def refuse(work: Work) -> None:
        await neighbours.block(village, "neighbour", "resident")
        one, other = (village.people[name].resident_id for name in ("neighbour", "resident"))
        assert one is not None
        assert other is not None
        await withdraw_between(work, one, other)

    for _ in range(ROUNDS):
        await anew()
        await models.Block.all().delete()
        post = await neighbours.request(village)
        given = {"post_id": post.id, "helper_id": whose(village, "neighbour")}
        proposed, refused = await at_once(
            act("resident", PROPOSE, **given), act("neighbour", refuse)
        )
        assert (proposed in ("done", "NOT_FOUND"), refused) == (True, "done")
        states = [row.state for row in await models.HelpMatch.filter(post_id=post.id)]
        assert states == ([WITHDRAWN] if proposed == "done" else [])


async def test_whatever_is_done_at_once_nothing_waits_for_ever_and_the_places_are_right(
    act: Act, village: World
) -> None:
    for _ in range(ROUNDS):
        await anew()
        post = await neighbours.request(village, people=2)
        people = ("neighbour", "third", "moderator")
        by = {one: await matching.propose(act, village, post, "worker", one) for one in people}
        steps: list[Awaitable[Any]] = []
        for one, match in by.items():
            named = {"match_id": match.id}
            steps += [act("resident", ACCEPT, **named), act(one, ACCEPT, **named)]
            steps += [act("resident", SHARE, **named, address="Bij de molen")]
            steps += [act(one, COMPLETE, **named), act("resident", WITHDRAW, **named)]
            steps += [act(one, DECLINE, **named), act("worker", WITHDRAW, **named)]
        came = await at_once(*steps)
        assert set(came) <= {"done", RefusalCode.CONFLICT.value}
        taken = await models.HelpMatch.filter(post_id=post.id, state__in=TAKEN).count()
        assert taken <= 2
        assert await matching.state_of(post) is (MATCHED if taken == 2 else OPEN)
