"""What becomes of a match, and of the request it is for: places, the address, the talk, thanks."""

import pytest

import models
from resolvers.refusal import RefusalCode
from tests import neighbours
from tests.neighbours import whose
from tests.resolvers import matching
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import holding, refused, told
from tests.resolvers.matching import (
    ACCEPT,
    ACCEPTED,
    COMPLETE,
    COMPLETED,
    DECLINE,
    SHARE,
    THANK,
    WITHDRAW,
)
from tests.world import World

CONFLICT, TOO_LONG = RefusalCode.CONFLICT, RefusalCode.TOO_LONG
OPEN, MATCHED, *_ = models.HelpRequestState


async def test_a_request_takes_as_many_as_it_asks_for_and_is_open_again_when_one_leaves(
    act: Act, village: World
) -> None:
    post = await neighbours.request(village, people=2)
    first = await matching.accepted(act, village, post)
    assert await matching.state_of(post) is OPEN
    await matching.accepted(act, village, post, "third")
    assert await matching.state_of(post) is MATCHED

    offered = await matching.propose(act, village, post, "moderator", helping="moderator")
    async with refused(CONFLICT):
        await act("resident", ACCEPT, match_id=offered.id)
    await act("neighbour", WITHDRAW, match_id=first.id)
    assert await matching.state_of(post) is OPEN
    assert (await act("resident", ACCEPT, match_id=offered.id)).state is ACCEPTED
    assert await matching.state_of(post) is MATCHED


async def test_of_a_full_request_only_who_completes_it_hears(act: Act, village: World) -> None:
    post = await neighbours.request(village)
    await matching.accepted(act, village, post, "third")
    match = await matching.propose(act, village, post, "worker")
    assert (await act("neighbour", ACCEPT, match_id=match.id)).state is matching.PROPOSED
    async with refused(CONFLICT):
        await act("resident", ACCEPT, match_id=match.id)


async def test_a_place_stays_taken_when_the_help_was_given(act: Act, village: World) -> None:
    post = await neighbours.request(village)
    match = await matching.accepted(act, village, post)
    other = await matching.propose(act, village, post, helping="third")
    await act("resident", COMPLETE, match_id=match.id)
    assert await matching.state_of(post) is MATCHED
    async with refused(CONFLICT):
        await act("third", ACCEPT, match_id=other.id)


async def test_two_are_brought_together_once_however_many_proposed_it(
    act: Act, village: World
) -> None:
    post = await neighbours.request(village, people=2)
    by_worker = await matching.propose(act, village, post, "worker")
    colleague = await matching.propose(act, village, post, "other_worker")
    for match in (by_worker, colleague):
        await act("neighbour", ACCEPT, match_id=match.id)
    await act("resident", ACCEPT, match_id=by_worker.id)
    async with refused(CONFLICT):
        await act("resident", ACCEPT, match_id=colleague.id)
    await act("resident", DECLINE, match_id=colleague.id)
    assert (await matching.again(by_worker)).state is ACCEPTED


async def test_a_talk_opens_when_both_have_said_yes_and_not_before(
    act: Act, village: World
) -> None:
    match = await matching.propose(act, village, await neighbours.request(village), "worker")
    await act("resident", ACCEPT, match_id=match.id)
    assert not await models.Conversation.exists()
    await act("neighbour", ACCEPT, match_id=match.id)
    talk = await models.Conversation.get(match_id=match.id)
    assert talk.kind is models.ConversationKind.MATCH
    assert set(talk.participant_ids) == {whose(village, "resident"), whose(village, "neighbour")}


@pytest.mark.parametrize(
    ("persona", "verb"),
    [
        *(("resident", COMPLETE), ("neighbour", COMPLETE)),
        *(("resident", WITHDRAW), ("neighbour", WITHDRAW)),
    ],
)
async def test_the_address_is_erased_with_the_match_whoever_ends_it(
    act: Act, village: World, persona: str, verb: object
) -> None:
    match = await matching.accepted(act, village, await neighbours.request(village))
    await act("resident", SHARE, match_id=match.id, address="Bij de molen")
    await act("resident", SHARE, match_id=match.id, address="Achter de molen")
    assert await holding("Bij de molen") == []
    assert await holding("Achter de molen") == ["help_match"]
    await act(persona, verb, match_id=match.id)
    assert await holding("Achter de molen") == []


async def test_what_is_too_long_or_empty_is_refused_and_not_kept(act: Act, village: World) -> None:
    post = await neighbours.request(village)
    async with refused(TOO_LONG, "note"):
        await matching.propose(act, village, post, note="x" * 501)
    match = await matching.accepted(act, village, post)
    async with refused(TOO_LONG, "address"):
        await act("resident", SHARE, match_id=match.id, address="x" * 201)
    async with refused(RefusalCode.INVALID, "address"):
        await act("resident", SHARE, match_id=match.id, address="  ")
    await act("resident", SHARE, match_id=match.id, address="x" * 200)
    await act("resident", COMPLETE, match_id=match.id)
    async with refused(TOO_LONG, "words"):
        await act("neighbour", THANK, match_id=match.id, words="x" * 501)
    await act("neighbour", THANK, match_id=match.id, words="x" * 500)


async def test_thanks_need_no_words_and_are_given_once_by_each(act: Act, village: World) -> None:
    match = await matching.accepted(act, village, await neighbours.request(village))
    await act("neighbour", COMPLETE, match_id=match.id)
    for persona in ("resident", "neighbour"):
        await act(persona, THANK, match_id=match.id)
        async with refused(CONFLICT):
            await act(persona, THANK, match_id=match.id, words="Nogmaals!")
    row = await matching.again(match)
    assert (row.state, row.requester_thanks, row.helper_thanks) == (COMPLETED, "", "")
    assert row.requester_thanked_at is not None
    assert row.helper_thanked_at is not None


async def test_each_step_is_told_to_the_two_and_the_neighbourhood_hears_none(
    act: Act, village: World
) -> None:
    match = await matching.propose(act, village, await neighbours.request(village))
    await act("neighbour", ACCEPT, match_id=match.id)
    await act("resident", SHARE, match_id=match.id, address="Bij de molen")
    await act("neighbour", COMPLETE, match_id=match.id)
    await act("neighbour", THANK, match_id=match.id)
    for persona in ("resident", "neighbour"):
        stream = village.people[persona].resident_id
        assert stream is not None
        kinds = [each for each in await told(stream) if each != "CONVERSATION_CHANGED"]
        assert kinds == ["HELP_MATCH_CHANGED"] * 5
    streams = {village.people[one].resident_id for one in ("resident", "neighbour")}
    assert {event.stream_id for event in await models.Event.all()} == streams
    assert (await models.Stream.get(id=village.home)).last_sequence == 0
