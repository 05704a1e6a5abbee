"""Matches that end with something else: a solved or deleted post, a move, a leave, a block."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.membership
import resolvers.post
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.grant_event import look_up
from resolvers.help_match_end import (
    withdraw_between,
    withdraw_of_member,
    withdraw_of_post,
)
from resolvers.refusal import RefusalCode
from resolvers.work import Work
from tests import neighbours
from tests.inside import Ask
from tests.neighbours import whose
from tests.resolvers import matching
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.matching import ACCEPT, ACCEPTED, COMPLETED, DECLINED, PROPOSED, WITHDRAWN
from tests.world import World

OPEN, MATCHED, SOLVED, _ = models.HelpRequestState
SOLVE, DELETE = resolvers.post.mark_solved, resolvers.post.delete_post
MOVE = resolvers.membership.move_out


async def in_each_state(act: Act, world: World, post: models.Post) -> dict[str, models.HelpMatch]:
    """Matches of the resident's request: proposed, accepted, declined, completed."""
    await neighbours.move_in(world, "fourth", models.MembershipRole.RESIDENT)
    await neighbours.offer(world, "fourth")
    matches = {"accepted": await matching.accepted(act, world, post, "third")}
    matches["proposed"] = await matching.propose(act, world, post)
    matches["declined"] = await matching.propose(act, world, post, helping="moderator")
    await act("moderator", matching.DECLINE, match_id=matches["declined"].id)
    matches["completed"] = await matching.accepted(act, world, post, "fourth")
    await act("fourth", matching.COMPLETE, match_id=matches["completed"].id)
    return matches


async def states(matches: dict[str, models.HelpMatch]) -> dict[str, str]:
    """How they stand now."""
    return {name: (await matching.again(match)).state for name, match in matches.items()}


AS_NAMED = {
    "proposed": PROPOSED,
    "accepted": ACCEPTED,
    "declined": DECLINED,
    "completed": COMPLETED,
}


async def test_a_solved_request_withdraws_what_is_proposed_and_leaves_what_was_accepted(
    act: Act, village: World
) -> None:
    post = await neighbours.request(village, people=2)
    matches = await in_each_state(act, village, post)
    heard = {one: await matching.heard(village, one) for one in ("resident", "neighbour", "third")}
    await act("resident", SOLVE, post_id=post.id)
    assert await states(matches) == AS_NAMED | {"proposed": WITHDRAWN}
    assert await matching.state_of(post) is SOLVED
    told = [matches["proposed"].id]
    assert await matching.heard(village, "resident") == heard["resident"] + told
    assert await matching.heard(village, "neighbour") == heard["neighbour"] + told
    assert await matching.heard(village, "third") == heard["third"]
    async with refused(RefusalCode.CONFLICT, "post_id"):
        await matching.propose(act, village, post)
    await act("third", matching.COMPLETE, match_id=matches["accepted"].id)
    assert await matching.state_of(post) is SOLVED


@pytest.mark.parametrize(("people", "state"), [(2, MATCHED), (3, OPEN)])
async def test_a_request_that_is_opened_again_stands_where_its_matches_stand(
    act: Act, village: World, people: int, state: models.HelpRequestState
) -> None:
    post = await neighbours.request(village, people=people)
    await in_each_state(act, village, post)
    await act("resident", SOLVE, post_id=post.id)
    await act("resident", SOLVE, post_id=post.id, solved=False)
    assert await matching.state_of(post) is state
    await matching.propose(act, village, post)


async def test_of_a_deleted_post_no_request_and_no_match_is_left_and_the_two_hear_that_it_is_gone(
    act: Act, hub: Hub, village: World
) -> None:
    post, other = await neighbours.request(village, people=2), await neighbours.request(village)
    matches = await in_each_state(act, village, post)
    kept = await matching.propose(act, village, other, "worker")
    await act("resident", DELETE, post_id=post.id)
    assert [match.id for match in await models.HelpMatch.all()] == [kept.id]
    assert [row.post_id for row in await models.HelpRequest.all()] == [other.id]
    assert not await models.Conversation.exists()
    for name, persona in (("proposed", "neighbour"), ("accepted", "third")):
        context = await Context(hub, village.people[persona].token).fresh()
        assert await gone(hub, context, village.people[persona].resident_id) == matches[name].id


async def gone(hub: Hub, context: Context, stream_id: UUID | None) -> UUID | None:
    """The match that the newest event of a stream tells to be gone."""
    assert stream_id is not None
    event = (await hub.read(stream_id, (await hub.position(stream_id)).last - 1))[-1]
    told = await look_up(context, event)
    return told.subject_id if told is not None and told.row is None else None


async def test_who_moves_out_stands_in_no_match_on_either_side(act: Act, village: World) -> None:
    post = await neighbours.request(village, people=2)
    matches = await in_each_state(act, village, post)
    theirs = await neighbours.request(village, persona="third")
    matches["on the other side"] = await matching.propose(act, village, theirs, "third")
    heard = await matching.heard(village, "resident")
    await act("third", MOVE, membership_id=whose(village, "third"))
    gone = {"accepted": WITHDRAWN, "on the other side": WITHDRAWN}
    assert await states(matches) == AS_NAMED | gone
    assert await matching.heard(village, "resident") == [*heard, matches["accepted"].id]
    assert await matching.state_of(post) is OPEN


async def test_a_minor_without_leave_any_more_stands_in_no_match(act: Act, village: World) -> None:
    post = await neighbours.request(village)
    match = await matching.accepted(act, village, post)
    for times in (1, 2):
        await act("third", withdraw_of_member, membership_id=whose(village, "neighbour"))
        assert (await matching.again(match)).state is WITHDRAWN
        told = [match.id] * 3
        assert await matching.heard(village, "resident") == told, times
        assert await matching.heard(village, "neighbour") == told
    assert await matching.state_of(post) is OPEN


async def refuse(work: Work, *, world: World) -> None:
    """The third neighbour blocks the resident, as a block does it; twice changes nothing more."""
    await neighbours.block(world, "third", "resident")
    people = [world.people[persona].resident_id for persona in ("third", "resident")]
    for one, other in (people, people[::-1], people):
        assert one is not None
        assert other is not None
        await withdraw_between(work, one, other)


async def test_a_block_withdraws_what_stands_between_the_two_and_no_more(
    act: Act, ask: Ask, village: World
) -> None:
    post = await neighbours.request(village, people=3)
    matches = await in_each_state(act, village, post)
    matches["by a worker"] = await matching.propose(act, village, post, "worker", "third")
    theirs = await neighbours.request(village, persona="third")
    offered = await matching.propose(act, village, theirs, "resident", "resident")
    matches["on the other side"] = offered

    before = {one: await matching.heard(village, one) for one in ("third", "resident")}
    await act("third", refuse, world=village)
    between = ("accepted", "on the other side", "by a worker")
    assert await states(matches) == AS_NAMED | dict.fromkeys(between, WITHDRAWN)
    for persona, heard in before.items():
        ended = (await matching.heard(village, persona))[len(heard) :]
        assert sorted(ended) == sorted(matches[name].id for name in between)
        one = "query ($id: ID!) { match(id: $id) { id } }"
        assert (await ask(persona, one, id=offered.id)).data == {"match": None}


async def over(act: Act, world: World, post: models.Post) -> None:
    await act("resident", withdraw_of_post, post_id=post.id)


async def left(act: Act, world: World, _post: models.Post) -> None:
    await act("resident", withdraw_of_member, membership_id=whose(world, "resident"))


@pytest.mark.parametrize("ending", [over, left], ids=lambda ending: ending.__name__)
async def test_an_end_that_comes_twice_is_told_once(
    act: Act, village: World, ending: Callable[..., Awaitable[Any]]
) -> None:
    post = await neighbours.request(village)
    match = await matching.propose(act, village, post)
    await ending(act, village, post)
    heard = await matching.heard(village, "neighbour")
    assert heard == [match.id] * 2
    await ending(act, village, post)
    assert await matching.heard(village, "neighbour") == heard
    async with refused(RefusalCode.CONFLICT):
        await act("neighbour", ACCEPT, match_id=match.id)
