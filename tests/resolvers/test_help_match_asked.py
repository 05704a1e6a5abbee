"""Who may be asked to help, and who may be matched at all; of others nothing is told."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
from resolvers.refusal import RefusalCode
from tests import neighbours
from tests.neighbours import whose
from tests.resolvers import matching
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.matching import ACCEPT, PROPOSE
from tests.world import World

NOT_FOUND, CONFLICT = RefusalCode.NOT_FOUND, RefusalCode.CONFLICT
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


async def no_offer(world: World) -> None:
    await models.HelpOffer.filter(membership_id=whose(world, "neighbour")).delete()


async def paused(world: World) -> None:
    await models.HelpOffer.all().update(paused=True)


async def ended(world: World) -> None:
    await models.HelpOffer.all().update(ends_on=YESTERDAY.date())


async def another_street(world: World) -> None:
    await models.HelpOffer.all().update(reach=models.HelpReach.STREET)
    await models.Membership.filter(id=whose(world, "neighbour")).update(street="Kerkstraat")


async def moved_out(world: World) -> None:
    own = models.Membership.filter(id=whose(world, "neighbour"))
    await own.update(state=models.MembershipState.ENDED, ended_at=YESTERDAY)


async def said_no_age(world: World) -> None:
    await models.Resident.filter(id=world.people["neighbour"].resident_id).update(age_band=None)


async def minor(world: World) -> None:
    await models.Resident.filter(id=world.people["neighbour"].resident_id).update(
        age_band=models.AgeBand.UNDER_18
    )


async def leave(world: World, persona: str = "neighbour", **more: Any) -> None:
    """The leave of a guardian for a minor."""
    await models.GuardianLeave.create(
        neighbourhood_id=world.home,
        resident_id=world.people[persona].resident_id,
        membership_id=whose(world, persona),
        guardian_id=whose(world, "third"),
        **{"expires_at": datetime.now(UTC) + timedelta(days=9), **more},
    )


async def leave_ended(world: World) -> None:
    await minor(world)
    await leave(world, expires_at=YESTERDAY)


async def leave_taken_back(world: World) -> None:
    await minor(world)
    await leave(world, revoked_at=YESTERDAY)


async def blocks_the_viewer(world: World) -> None:
    await neighbours.block(world, "neighbour", "resident")
    await neighbours.block(world, "neighbour", "worker")


async def is_blocked_by_the_viewer(world: World) -> None:
    await neighbours.block(world, "resident", "neighbour")
    await neighbours.block(world, "worker", "neighbour")


@pytest.mark.parametrize("persona", ["resident", "worker"])
@pytest.mark.parametrize(
    "happened",
    [
        *(no_offer, paused, ended, another_street, moved_out, minor),
        *(leave_ended, leave_taken_back, blocks_the_viewer, is_blocked_by_the_viewer),
    ],
    ids=lambda happened: happened.__name__,
)
async def test_who_may_not_be_asked_is_nobody_to_ask_and_none_hears_why(
    act: Act, village: World, happened: Callable[[World], Awaitable[None]], persona: str
) -> None:
    post = await neighbours.request(village)
    await happened(village)
    never = await matching.refusal(act, persona, post_id=post.id, helper_id=matching.unknown())
    async with refused(NOT_FOUND):
        await matching.propose(act, village, post, persona)
    named = {"post_id": post.id, "helper_id": whose(village, "neighbour")}
    assert await matching.refusal(act, persona, **named) == never


@pytest.mark.parametrize("named", ["resident", "worker", "pending", "former", "stranger"])
async def test_neither_oneself_nor_who_does_not_live_there_is_a_neighbour_to_ask(
    act: Act, village: World, named: str
) -> None:
    post = await neighbours.request(village)
    for persona in ("resident", "pending", "former", "stranger", "worker"):
        await neighbours.offer(village, persona)
    async with refused(NOT_FOUND):
        await act("resident", PROPOSE, post_id=post.id, helper_id=whose(village, named))


async def test_a_minor_with_a_guardians_leave_is_asked_and_one_in_the_same_street(
    act: Act, village: World
) -> None:
    post = await neighbours.request(village)
    await minor(village)
    await leave(village)
    await models.HelpOffer.all().update(reach=models.HelpReach.STREET)
    match = await matching.propose(act, village, post)
    assert (await act("neighbour", ACCEPT, match_id=match.id)).state is matching.ACCEPTED


@pytest.mark.parametrize("happened", [said_no_age, minor], ids=lambda happened: happened.__name__)
async def test_who_may_not_be_matched_neither_offers_nor_accepts_and_is_told_what_is_missing(
    act: Act, village: World, happened: Callable[[World], Awaitable[None]]
) -> None:
    post, other = await neighbours.request(village), await neighbours.request(village)
    match = await matching.propose(act, village, other)
    await happened(village)
    async with refused(RefusalCode.FORBIDDEN):
        await matching.propose(act, village, post, "neighbour")
    async with refused(RefusalCode.FORBIDDEN):
        await act("neighbour", ACCEPT, match_id=match.id)


async def test_a_request_of_a_minor_without_leave_is_over_like_any_that_is(
    act: Act, village: World
) -> None:
    post, solved = await neighbours.request(village), await neighbours.request(village)
    await models.HelpRequest.filter(post_id=solved.id).update(state="SOLVED")
    mine = models.Resident.filter(id=village.people["resident"].resident_id)
    await mine.update(age_band=models.AgeBand.UNDER_18)
    for persona in ("neighbour", "worker"):
        given = {"helper_id": whose(village, "neighbour")}
        over = await matching.refusal(act, persona, post_id=solved.id, **given)
        assert over[0] is CONFLICT
        assert await matching.refusal(act, persona, post_id=post.id, **given) == over
    async with refused(RefusalCode.FORBIDDEN):
        await matching.propose(act, village, post)
    await leave(village, "resident")
    await matching.propose(act, village, post, "neighbour")


async def test_who_has_not_said_to_be_of_age_is_asked_and_says_so_before_saying_yes(
    act: Act, village: World
) -> None:
    silent = models.Resident.filter(
        id__in=[village.people[one].resident_id for one in ("resident", "neighbour")]
    )
    match = await matching.propose(act, village, await neighbours.request(village), "worker")
    await silent.update(age_band=None)
    for persona in ("resident", "neighbour"):
        async with refused(RefusalCode.FORBIDDEN):
            await act(persona, ACCEPT, match_id=match.id)
    await act("worker", matching.WITHDRAW, match_id=match.id)
    match = await matching.propose(act, village, await neighbours.request(village), "worker")
    own = models.Resident.filter(id=village.people["resident"].resident_id)
    await own.update(age_band=models.AgeBand.ADULT)
    assert (await act("resident", ACCEPT, match_id=match.id)).state is matching.PROPOSED
    await silent.update(age_band=models.AgeBand.ADULT)
    assert (await act("neighbour", ACCEPT, match_id=match.id)).state is matching.ACCEPTED


async def test_a_yes_that_was_said_does_not_count_when_its_leave_is_over(
    act: Act, village: World
) -> None:
    match = await matching.propose(act, village, await neighbours.request(village), "neighbour")
    await minor(village)
    async with refused(CONFLICT):
        await act("resident", ACCEPT, match_id=match.id)
