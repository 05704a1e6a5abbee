"""A guardian's leave, given and taken back: with it ends all help of the minor."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.viewer import SIGNED_OUT, Standing
from models.transaction import transaction
from realtime import outbox
from realtime.hub import Hub
from resolvers import guardian_leave, help_end, person, personal
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.work import Work

LONGEST = timedelta(days=366)
USUAL = timedelta(days=365)
AT_ONCE = 50


async def give_guardian_leave(
    work: Work,
    *,
    membership_id: Annotated[UUID, Doc("A minor of the viewer's own household.")],
    expires_at: Annotated[
        datetime | None, Doc("When it ends by itself: a year if not said, and at most.")
    ] = None,
) -> models.GuardianLeave:
    """Let a minor of one's household help neighbours and be helped; given again, it has a new end.

    The minor must have said to be under 18, and the viewer to be of age.
    """
    minor = await work.find(models.Membership, membership_id, "membership")
    standing = await check_guardian(work, minor)
    end = _checked_end(expires_at)
    leave = await _standing(minor.id)
    if leave is not None and leave.guardian_id != standing.membership_id:
        raise Refusal(RefusalCode.CONFLICT, "Another housemate has given leave already.")
    if leave is None:
        leave = await models.GuardianLeave.create(
            neighbourhood_id=minor.neighbourhood_id,
            resident_id=minor.resident_id,
            membership_id=minor.id,
            guardian_id=standing.membership_id,
            expires_at=end,
        )
    else:
        leave.expires_at = end
        await leave.save(update_fields=["expires_at"])
    await announce(work, [leave])
    return leave


async def withdraw_guardian_leave(
    work: Work, *, guardian_leave_id: Annotated[UUID, Doc("Which leave.")]
) -> models.GuardianLeave:
    """Take leave back: what the minor offers, asks and helps with ends at once."""
    seen = await work.visible(models.GuardianLeave).get_or_none(id=guardian_leave_id)
    if seen is not None:
        await guardian_leave.lock([seen.resident_id])
    leave = await work.find(models.GuardianLeave, guardian_leave_id, "leave")
    if not rules.GUARDIAN.holds(work.viewer, leave):
        raise forbidden("Only the guardian takes leave back.")
    if leave.revoked_at is None:
        await end(work, [leave], datetime.now(UTC))
    return leave


async def end(work: Work, leaves: Sequence[models.GuardianLeave], now: datetime) -> None:
    """End leave, and the help of each minor whom it was for."""
    await close(leaves, now)
    for leave in leaves:
        await help_end.end_of_member(work, leave.membership_id)
    await announce(work, leaves)


async def close(leaves: Sequence[models.GuardianLeave], now: datetime) -> None:
    """Leave that has expired ended then; other leave ends now."""
    for leave in leaves:
        leave.revoked_at = min(leave.expires_at, now)
        await leave.save(update_fields=["revoked_at"])


async def end_of_member(work: Work, membership_id: UUID) -> None:
    """Whoever moves out is no minor of the household any more, and nobody's guardian in it."""
    await end_of_guardian(work, membership_id)
    had = models.GuardianLeave.filter(membership_id=membership_id, revoked_at=None)
    leaves = await had.select_for_update()
    await close(leaves, datetime.now(UTC))
    await announce(work, leaves)


async def end_of_guardian(work: Work, membership_id: UUID) -> None:
    """The leave that a member gave ends, for the member may give none any more."""
    given = models.GuardianLeave.filter(guardian_id=membership_id, revoked_at=None)
    minors = await given.values_list("resident_id")
    await guardian_leave.lock([resident_id for (resident_id,) in minors])
    await end(work, await given.order_by("id").select_for_update(), datetime.now(UTC))


async def end_due(hub: Hub, now: datetime) -> int:
    """End leave that has expired, at most `AT_ONCE`; gives how much.

    Nobody is matched in between: whether one may be asks for the moment of expiry.
    """
    work = Work(SIGNED_OUT)
    expired = models.GuardianLeave.filter(revoked_at=None, expires_at__lte=now)
    async with transaction():
        due = await expired.order_by("expires_at").limit(AT_ONCE).values_list("id", "resident_id")
        if not due:
            return 0
        await guardian_leave.lock([resident_id for _, resident_id in due])
        leaves = await expired.filter(id__in=[id for id, _ in due]).select_for_update()
        await end(work, leaves, now)
        bells = await outbox.announce_all(work.events)
    await hub.ring(*bells)
    return len(leaves)


async def check_guardian(work: Work, minor: models.Membership) -> Standing:
    """The viewer's standing as a guardian of a minor. Raises `Refusal` FORBIDDEN, INVALID."""
    standing = work.viewer.standing_in(minor.neighbourhood_id)
    ages = await guardian_leave.ages([minor.id, *work.viewer.membership_ids])
    home = None if standing is None else standing.household_id
    if standing is None or home is None or home != minor.household_id or minor.id not in ages:
        raise forbidden("Only a housemate may do this.")
    own = ages.get(standing.membership_id)
    if minor.id == standing.membership_id or own is None or own.band is not models.AgeBand.ADULT:
        raise forbidden("Only a housemate who said to be of age may do this.")
    if ages[minor.id].band is not models.AgeBand.UNDER_18:
        words = "This housemate has not said to be under 18."
        raise Refusal(RefusalCode.INVALID, words, "membership_id")
    return standing


async def announce(work: Work, leaves: Sequence[models.GuardianLeave]) -> None:
    """Tell the minor and the guardian, also where one blocks the other."""
    if not leaves:
        return
    kind = models.EventKind.GUARDIAN_LEAVE_CHANGED
    people = await person.residents_of(leave.guardian_id for leave in leaves)
    for leave in leaves:
        for resident_id in (leave.resident_id, people[leave.guardian_id]):
            work.announce(personal.to_resident(resident_id, kind, leave))


async def _standing(membership_id: UUID) -> models.GuardianLeave | None:
    """The leave that stands for a minor; one that has expired is closed, for a new one follows."""
    given = models.GuardianLeave.filter(membership_id=membership_id, revoked_at=None)
    leave = await given.select_for_update().get_or_none()
    now = datetime.now(UTC)
    if leave is None or leave.expires_at > now:
        return leave
    await close([leave], now)
    return None


def _checked_end(expires_at: datetime | None) -> datetime:
    """When leave ends. Raises `Refusal` INVALID for the past and for after a year."""
    now = datetime.now(UTC)
    end = now + USUAL if expires_at is None else expires_at
    if end.tzinfo is None or not now < end <= now + LONGEST:
        words = "Give a moment within a year from now, with its time zone."
        raise Refusal(RefusalCode.INVALID, words, "expires_at")
    return end
