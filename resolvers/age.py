"""Being of age: said by oneself, or by a housemate for whom a leave was given; and what follows."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from resolvers import guardian_leave, guardian_leave_grant, help_end
from resolvers.refusal import forbidden
from resolvers.work import Work

UNDER_18, ADULT = models.AgeBand


async def say_age_band(work: Work, resident: models.Resident, band: models.AgeBand) -> None:
    """Set the age band of the viewer's own locked account, to be saved by the caller.

    Raises `Refusal` FORBIDDEN for a minor of whom a leave was ever given: a housemate says it then.
    """
    if band is resident.age_band:
        return
    if band is ADULT and await _was_given_leave(work):
        raise forbidden("A housemate gave leave for you: let a housemate say that you are of age.")
    resident.age_band = band
    if band is UNDER_18:
        await _end_all(work)


async def say_of_age(
    work: Work,
    *,
    membership_id: Annotated[UUID, Doc("A housemate who said to be under 18.")],
) -> models.Membership:
    """Say that a housemate is of age now; it takes one who said to be of age."""
    minor = await work.find(models.Membership, membership_id, "membership")
    await guardian_leave_grant.check_guardian(work, minor)
    await guardian_leave.lock([minor.resident_id])
    await models.Resident.filter(id=minor.resident_id).update(age_band=ADULT)
    standing = models.GuardianLeave.filter(resident_id=minor.resident_id, revoked_at=None)
    leaves = await standing.select_for_update()
    await guardian_leave_grant.close(leaves, datetime.now(UTC))
    await guardian_leave_grant.announce(work, leaves)
    return minor


async def _was_given_leave(work: Work) -> bool:
    own = work.visible(models.GuardianLeave).filter(rules.SELF.where(work.viewer))
    return await own.exists()


async def _end_all(work: Work) -> None:
    """Whoever is under 18 helps and asks by leave only, and is nobody's guardian."""
    for membership_id in sorted(work.viewer.membership_ids):
        await help_end.end_of_member(work, membership_id)
        await guardian_leave_grant.end_of_guardian(work, membership_id)
