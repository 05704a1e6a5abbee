"""The people who work for an organisation: their roles, how these change, and how it ends."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers import unit, worker
from resolvers.context import Context
from resolvers.office import check_reach, managed_staff
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode
from resolvers.work import Work

MANAGER = models.StaffRole.MANAGER

Which = Annotated[UUID, Doc("Which member of the staff.")]
Role = Annotated[models.StaffRole, Doc("What the person does there; it decides the scopes.")]
ForUnit = Annotated[UUID | None, Doc("For which unit; left out: the whole organisation.")]


async def of_organisations(
    organisations: Sequence[models.Organisation],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Staff]]:
    """Who works there or was invited to, newest first; who has left is not among them."""
    standing = visible(models.Staff, context.viewer).filter(ended_at__isnull=True)
    ids = [each.id for each in organisations]
    return await pages_of(standing, Window(first, after), "organisation_id", ids)


async def change_staff(
    work: Work, *, staff_id: Which, role: Role, unit_id: ForUnit = None
) -> models.Staff:
    """Give somebody another role or unit, at once; the tokens they may not answer for any more end.

    Somebody who works in neighbourhoods goes on working there.
    """
    staff, office = await managed_staff(work, staff_id)
    check_reach(office, unit_id)
    await unit.check(work, staff.organisation_id, unit_id)
    if role is not MANAGER or unit_id is not None:
        await _leave_somebody_in_charge(work, staff)
        await _revoke_tokens(work, staff, but_of_unit=unit_id if role is MANAGER else None)
    staff.role, staff.unit_id = role, unit_id
    await staff.save(update_fields=["role", "unit_id"])
    _recheck(work, staff)
    return staff


async def end_staff(work: Work, *, staff_id: Which) -> models.Staff:
    """End somebody's work, at once and on open sockets too: tokens and neighbourhoods with it."""
    staff, _ = await managed_staff(work, staff_id)
    await _leave_somebody_in_charge(work, staff)
    await _revoke_tokens(work, staff)
    await worker.withdraw_all(work, staff)
    staff.ended_at, staff.invitation_hash = datetime.now(UTC), None
    staff.invitation_expires_at = None
    await staff.save(update_fields=["ended_at", "invitation_hash", "invitation_expires_at"])
    _recheck(work, staff)
    return staff


async def _leave_somebody_in_charge(work: Work, staff: models.Staff) -> None:
    """The organisation is locked, so that no two managers of the whole of it end each other."""
    in_charge = work.visible(models.Staff).filter(
        organisation_id=staff.organisation_id,
        role=MANAGER,
        unit_id__isnull=True,
        resident_id__isnull=False,
        ended_at__isnull=True,
    )
    if await in_charge.values_list("id", flat=True) == [staff.id]:
        words = "The last manager of the whole organisation stays: another one has to join first."
        raise Refusal(RefusalCode.CONFLICT, words, "staff_id")


async def _revoke_tokens(work: Work, staff: models.Staff, but_of_unit: UUID | None = None) -> None:
    """End what this person issued, but for the tokens of a unit."""
    issued = work.visible(models.ApiToken).filter(issued_by_id=staff.id, revoked_at=None)
    for token in await issued.select_for_update():
        if but_of_unit is None or token.unit_id != but_of_unit:
            token.revoked_at = datetime.now(UTC)
            await token.save(update_fields=["revoked_at"])
            work.recheck(token.id)


def _recheck(work: Work, staff: models.Staff) -> None:
    if staff.resident_id is not None:
        work.recheck(staff.resident_id)
