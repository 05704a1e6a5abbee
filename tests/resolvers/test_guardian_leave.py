"""Guardians and minors: leave given, seen by two, taken back, run out; and what ends with it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

import models
from models.transaction import transaction
from resolvers.guardian_leave import check_may_be_matched, may_be_matched
from resolvers.guardian_leave_grant import give_guardian_leave, withdraw_guardian_leave
from resolvers.membership import move_out
from resolvers.refusal import RefusalCode
from resolvers.work import Work
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.neighbourly import (
    family,
    leave,
    matched,
    offer,
    request,
    say_age,
    whose,
)
from tests.world import World

UNDER_18, ADULT = models.AgeBand
FORBIDDEN, INVALID = RefusalCode.FORBIDDEN, RefusalCode.INVALID
LEAVES = "{ viewer { guardianLeaves { nodes { id minor { displayName } guardian { displayName }"
LEAVES += " expiresAt revokedAt } } } }"


async def read(ask: Ask, persona: str) -> Any:
    answer = await ask(persona, LEAVES)
    assert answer.errors is None
    assert answer.data is not None
    return answer.data["viewer"] and answer.data["viewer"]["guardianLeaves"]["nodes"]


async def heard(world: World, persona: str) -> int:
    """How many times a persona was told of a leave."""
    resident_id = world.people[persona].resident_id
    assert resident_id is not None
    return (await ledger.told(resident_id)).count("GUARDIAN_LEAVE_CHANGED")


async def helping(act: Act, world: World) -> models.HelpRequest:
    """The minor offers help, asks for it, and is matched both ways; the minor's request."""
    await say_age(world, ADULT, "moderator")
    await offer(act, world)
    own = await request(act, world, "neighbour")
    others = await request(act, world, "moderator")
    await matched(world, own, "moderator")
    await matched(world, others, "neighbour")
    return own


async def ended(world: World, own: models.HelpRequest) -> None:
    """All help of the minor has ended, and those whom it concerns were told."""
    assert await models.HelpOffer.filter(membership_id=whose(world, "neighbour")).exists() is False
    assert (await models.HelpRequest.get(id=own.id)).state is models.HelpRequestState.WITHDRAWN
    states = {match.state for match in await models.HelpMatch.all()}
    assert states == {models.HelpMatchState.WITHDRAWN}
    others = await models.HelpRequest.get(author_id=whose(world, "moderator"))
    assert others.state is models.HelpRequestState.OPEN
    assert (await ledger.told(world.home)).count("POST_EDITED") == 1
    for persona in ("neighbour", "moderator"):
        resident_id = world.people[persona].resident_id
        assert resident_id is not None
        # whoever has moved out stands in no match any more, and hears of none
        here = await models.Membership.filter(id=whose(world, persona), ended_at=None).exists()
        told = await ledger.told(resident_id)
        assert told.count("HELP_MATCH_CHANGED") == (2 if here else 0)


async def test_leave_is_seen_by_the_two_and_by_nobody_else(
    ask: Ask, act: Act, partners: World
) -> None:
    await family(partners)
    given = await leave(act, partners)
    whole = {
        "id": str(given.id),
        "minor": {"displayName": "Neighbour"},
        "guardian": {"displayName": "Resident"},
        "expiresAt": given.expires_at.isoformat(),
        "revokedAt": None,
    }
    for persona in ("neighbour", "resident"):
        assert await read(ask, persona) == [whole]
        assert await heard(partners, persona) == 1
    for persona in ("moderator", "worker", "nearby", "stranger", "manager"):
        assert await read(ask, persona) == [], persona
        assert await heard(partners, persona) == 0
        async with refused(RefusalCode.NOT_FOUND):
            await act(persona, withdraw_guardian_leave, guardian_leave_id=given.id)
    assert await read(ask, "signed_out") is None


async def test_leave_lasts_a_year_unless_said_and_may_be_given_anew(act: Act, world: World) -> None:
    await family(world)
    given = await leave(act, world)
    assert given.expires_at - given.created_at == pytest.approx(
        timedelta(days=365), abs=timedelta(seconds=5)
    )
    end = datetime.now(UTC) + timedelta(days=3)
    again = await leave(act, world, expires_at=end)
    [row] = await models.GuardianLeave.all()
    assert (row.id, row.expires_at, row.revoked_at) == (given.id, end, None)
    assert again.id == given.id
    assert await heard(world, "neighbour") == 2


@pytest.mark.parametrize(
    "end",
    [
        datetime(2020, 3, 16, tzinfo=UTC),
        datetime.now(UTC) + timedelta(days=367),
        datetime(2099, 1, 1),
    ],
)
async def test_an_end_that_cannot_be_is_refused(act: Act, world: World, end: datetime) -> None:
    await family(world)
    async with refused(INVALID, "expires_at"):
        await leave(act, world, expires_at=end)


async def test_only_a_housemate_of_age_gives_leave_and_only_for_a_minor(
    act: Act, world: World
) -> None:
    await family(world)
    await say_age(world, ADULT, "moderator", "nearby", "stranger", "worker")
    minor = whose(world, "neighbour")
    for persona in ("moderator", "worker", "neighbour"):
        async with refused(FORBIDDEN):
            await act(persona, give_guardian_leave, membership_id=minor)
    for persona in ("nearby", "stranger"):
        async with refused(RefusalCode.NOT_FOUND):
            await act(persona, give_guardian_leave, membership_id=minor)
    for guardian in (None, UNDER_18):
        await say_age(world, guardian, "resident")
        async with refused(FORBIDDEN):
            await leave(act, world)
    await say_age(world, ADULT, "resident")
    for said in (None, ADULT):
        await say_age(world, said, "neighbour")
        async with refused(INVALID, "membership_id"):
            await leave(act, world)
    async with refused(FORBIDDEN):
        await leave(act, world, "resident")


async def test_a_second_guardian_does_not_take_the_place_of_the_first(
    act: Act, world: World
) -> None:
    await family(world)
    await family(world, guardian="moderator")
    household = (await models.Membership.get(id=whose(world, "moderator"))).household_id
    await models.Membership.filter(id=whose(world, "resident")).update(household_id=household)
    given = await leave(act, world)
    minor = whose(world, "neighbour")
    async with refused(RefusalCode.CONFLICT):
        await act("moderator", give_guardian_leave, membership_id=minor)
    async with refused(RefusalCode.NOT_FOUND):
        await act("moderator", withdraw_guardian_leave, guardian_leave_id=given.id)
    await act("resident", withdraw_guardian_leave, guardian_leave_id=given.id)
    again = await act("moderator", give_guardian_leave, membership_id=minor)
    assert again.id != given.id


async def test_only_the_guardian_takes_leave_back(act: Act, world: World) -> None:
    await family(world)
    given = await leave(act, world)
    async with refused(FORBIDDEN):
        await act("neighbour", withdraw_guardian_leave, guardian_leave_id=given.id)
    async with refused(RefusalCode.NOT_FOUND):
        await act("resident", withdraw_guardian_leave, guardian_leave_id=UUID(int=7))


async def test_with_leave_taken_back_all_help_of_the_minor_ends(
    ask: Ask, act: Act, world: World
) -> None:
    await family(world)
    given = await leave(act, world)
    own = await helping(act, world)
    await act("resident", withdraw_guardian_leave, guardian_leave_id=given.id)
    await ended(world, own)
    [node] = await read(ask, "neighbour")
    assert node["revokedAt"] is not None
    assert await heard(world, "neighbour") == await heard(world, "resident") == 2
    await act("resident", withdraw_guardian_leave, guardian_leave_id=given.id)
    assert await heard(world, "resident") == 2
    for verb in (offer(act, world), request(act, world, "neighbour")):
        async with refused(FORBIDDEN):
            await verb


async def test_a_minor_who_blocks_the_guardian_does_not_keep_the_leave(
    act: Act, world: World
) -> None:
    await family(world)
    given = await leave(act, world)
    await models.Block.create(
        neighbourhood_id=world.home,
        resident_id=world.people["neighbour"].resident_id,
        blocked_id=world.people["resident"].resident_id,
        membership_id=whose(world, "resident"),
    )
    await act("resident", withdraw_guardian_leave, guardian_leave_id=given.id)
    assert (await models.GuardianLeave.get(id=given.id)).revoked_at is not None
    assert await heard(world, "neighbour") == await heard(world, "resident") == 2


@pytest.mark.parametrize("leaver", ["neighbour", "resident"])
async def test_leave_ends_when_one_of_the_two_moves_out(
    act: Act, world: World, leaver: str
) -> None:
    await family(world)
    given = await leave(act, world)
    own = await helping(act, world)
    await act(leaver, move_out, membership_id=whose(world, leaver))
    await ended(world, own)
    assert (await models.GuardianLeave.get(id=given.id)).revoked_at is not None
    assert await heard(world, "neighbour") == await heard(world, "resident") == 2


async def test_who_may_be_matched(act: Act, world: World) -> None:
    await say_age(world, ADULT, "moderator", "former", "pending", "worker")
    await family(world)
    ids = {name: whose(world, name) for name in world.people if name != "signed_out"}

    async def those() -> set[str]:
        async with transaction():
            found = await may_be_matched(ids.values())
        return {name for name, id in ids.items() if id in found}

    assert await those() == {"resident", "moderator", "worker"}
    given = await leave(act, world)
    assert await those() == {"resident", "moderator", "worker", "neighbour"}
    await models.GuardianLeave.filter(id=given.id).update(expires_at=datetime.now(UTC))
    assert await those() == {"resident", "moderator", "worker"}


async def check(work: Work, *, membership_id: UUID) -> models.Membership:
    membership = await work.find(models.Membership, membership_id, "membership")
    await check_may_be_matched(work, membership)
    return membership


async def test_the_viewer_is_told_what_is_missing_to_be_matched(act: Act, world: World) -> None:
    await family(world)
    for persona, band in (("moderator", None), ("neighbour", UNDER_18)):
        await say_age(world, band, persona)
        async with refused(FORBIDDEN):
            await act(persona, check, membership_id=whose(world, persona))
    await leave(act, world)
    for persona in ("resident", "neighbour"):
        await act(persona, check, membership_id=whose(world, persona))
