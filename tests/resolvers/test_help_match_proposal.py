"""Who may bring whom together, and how little a proposal tells whoever makes it."""

from datetime import UTC, datetime, timedelta

import pytest

import models
from resolvers.refusal import RefusalCode
from tests import neighbours
from tests.neighbours import whose
from tests.resolvers import matching
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.matching import ACCEPT, DECLINE, PROPOSE, WITHDRAW
from tests.world import World

NEARBY, ONLY = models.Audience.NEIGHBOURS_NEARBY, models.Audience.NEIGHBOURS_ONLY
NOT_FOUND, CONFLICT = RefusalCode.NOT_FOUND, RefusalCode.CONFLICT
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.mark.parametrize(
    ("proposer", "by_requester", "by_whom_helps"),
    [("resident", True, False), ("neighbour", False, True), ("worker", False, False)],
)
async def test_whoever_proposes_for_oneself_has_said_yes_and_nobody_for_another(
    act: Act, village: World, proposer: str, by_requester: bool, by_whom_helps: bool
) -> None:
    post = await neighbours.request(village)
    match = await matching.propose(act, village, post, proposer, note="  Zaterdag? ")
    row = await matching.again(match)
    assert (row.state, row.note, row.hushed) == (matching.PROPOSED, "Zaterdag?", False)
    assert (row.requester_id, row.helper_id) == (
        whose(village, "resident"),
        whose(village, "neighbour"),
    )
    assert row.proposed_by_id == whose(village, proposer)
    said = (row.requester_accepted_at is not None, row.helper_accepted_at is not None)
    assert said == (by_requester, by_whom_helps)
    assert await matching.state_of(post) is models.HelpRequestState.OPEN


@pytest.mark.parametrize("persona", ["third", "moderator"])
async def test_a_neighbour_offers_oneself_and_names_nobody_else(
    act: Act, village: World, persona: str
) -> None:
    post = await neighbours.request(village)
    async with refused(RefusalCode.FORBIDDEN):
        await act(persona, PROPOSE, post_id=post.id, helper_id=whose(village, "neighbour"))
    named = await act(persona, PROPOSE, post_id=post.id, helper_id=whose(village, persona))
    assert named.helper_id == whose(village, persona)


@pytest.mark.parametrize("persona", ["stranger", "worker_elsewhere", "former", "pending", "nearby"])
async def test_who_does_not_see_the_post_proposes_nothing_for_it(
    act: Act, village: World, persona: str
) -> None:
    post = await neighbours.request(village)
    never = await matching.refusal(act, persona, post_id=matching.unknown())
    async with refused(NOT_FOUND):
        await act(persona, PROPOSE, post_id=post.id, helper_id=whose(village, "neighbour"))
    assert await matching.refusal(act, persona, post_id=post.id) == never


async def test_a_worker_proposes_nothing_where_no_professional_reads(
    act: Act, village: World
) -> None:
    post = await neighbours.request(village, ONLY)
    async with refused(NOT_FOUND):
        await act("worker", PROPOSE, post_id=post.id, helper_id=whose(village, "neighbour"))


@pytest.mark.parametrize("persona", ["resident", "worker"])
async def test_who_does_not_offer_must_say_who_is_to_help(
    act: Act, village: World, persona: str
) -> None:
    post = await neighbours.request(village)
    async with refused(RefusalCode.INVALID, "helper_id"):
        await act(persona, PROPOSE, post_id=post.id)


async def test_only_a_post_that_asks_for_help_is_helped(act: Act, village: World) -> None:
    post = await neighbours.request(village)
    await models.Post.filter(id=post.id).update(kind=models.PostKind.MESSAGE)
    async with refused(RefusalCode.INVALID, "post_id"):
        await act("neighbour", PROPOSE, post_id=post.id)


@pytest.mark.parametrize("proposer", ["resident", "worker"])
async def test_who_is_asked_is_counted_as_asked(act: Act, village: World, proposer: str) -> None:
    offers = models.HelpOffer.filter(membership_id=whose(village, "neighbour"))
    for asked in (1, 2):
        await matching.propose(act, village, await neighbours.request(village), proposer)
        offer = await offers.get()
        assert offer.asked_count == asked
        assert offer.last_asked_at is not None
        assert (datetime.now(UTC) - offer.last_asked_at).total_seconds() < 60


async def test_who_offers_was_not_asked(act: Act, village: World) -> None:
    await matching.propose(act, village, await neighbours.request(village), "neighbour")
    offer = await models.HelpOffer.get(membership_id=whose(village, "neighbour"))
    assert (offer.asked_count, offer.last_asked_at) == (0, None)


async def test_at_most_ten_of_ones_own_proposals_wait_for_an_answer(
    act: Act, village: World
) -> None:
    matches = [
        await matching.propose(act, village, await neighbours.request(village)) for _ in range(10)
    ]
    post = await neighbours.request(village)
    async with refused(CONFLICT):
        await matching.propose(act, village, post)
    await matching.propose(act, village, post, helping="third", persona="third")
    await act("neighbour", DECLINE, match_id=matches[0].id)
    await matching.propose(act, village, post)


async def test_nobody_makes_more_than_twenty_in_a_day(act: Act, village: World) -> None:
    for _ in range(20):
        post = await neighbours.request(village)
        match = await matching.propose(act, village, post)
        await act("resident", WITHDRAW, match_id=match.id)
    post = await neighbours.request(village)
    async with refused(CONFLICT):
        await matching.propose(act, village, post)
    oldest = await models.HelpMatch.all().order_by("id").first()
    assert oldest is not None
    await oldest.delete()
    oldest.id = models.base.floor(YESTERDAY)
    await oldest.save(force_create=True)
    await matching.propose(act, village, post)


async def test_the_same_is_proposed_three_times_at_most(act: Act, village: World) -> None:
    post = await neighbours.request(village)
    for _ in range(3):
        match = await matching.propose(act, village, post)
        await act("resident", WITHDRAW, match_id=match.id)
    async with refused(CONFLICT):
        await matching.propose(act, village, post)
    await matching.propose(act, village, post, helping="third")
    await matching.propose(act, village, post, "neighbour")


async def test_an_offer_holds_on_its_last_day(act: Act, village: World) -> None:
    await models.HelpOffer.all().update(ends_on=datetime.now(UTC).date())
    await matching.propose(act, village, await neighbours.request(village))


async def test_next_door_helps_where_the_request_and_the_offer_say_so(
    act: Act, village: World
) -> None:
    post, at_home = await neighbours.request(village, NEARBY), await neighbours.request(village)
    async with refused(RefusalCode.FORBIDDEN):
        await matching.propose(act, village, post, "nearby")
    async with refused(NOT_FOUND):
        await matching.propose(act, village, post, helping="nearby")
    offer = await neighbours.offer(village, "nearby")
    async with refused(NOT_FOUND):
        await matching.propose(act, village, post, "worker", helping="nearby")
    await models.HelpOffer.filter(id=offer.id).update(reach=models.HelpReach.NEARBY)
    async with refused(NOT_FOUND):
        await matching.propose(act, village, at_home, helping="nearby")
    match = await matching.propose(act, village, post, helping="nearby")
    assert match.neighbourhood_id == village.home
    await act("nearby", ACCEPT, match_id=match.id)
    other = await neighbours.request(village, NEARBY)
    offered = await matching.propose(act, village, other, "nearby", helping="nearby")
    assert offered.helper_id == whose(village, "nearby")
