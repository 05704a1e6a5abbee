"""Offices: what the viewer may do for an organisation, and who manages it."""

from collections.abc import Sequence
from uuid import UUID

import models
from auth.scope import Scope
from auth.viewer import Office
from auth.visibility import visible
from resolvers.context import Context
from resolvers.organisation import covered
from resolvers.page import Page, Window, pages_of, referred
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.work import Work

MOST = 20


async def offices(context: Context) -> list[Office]:
    """What the viewer may do for organisations, as their staff or as their token; 20 at most."""
    return list(context.viewer.offices[:MOST])


async def roles(offices: Sequence[Office], context: Context) -> list[models.StaffRole | None]:
    """What the viewer does there; null for a token."""
    own = visible(models.Staff, context.viewer)
    found = await referred(own, [office.staff_id for office in offices])
    return [None if staff is None else staff.role for staff in found]


def scopes(office: Office) -> list[str]:
    """The doors that are open there, by their scopes."""
    return sorted(scope.value for scope in office.scopes)


async def coverages(
    offices: Sequence[Office],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Coverage]]:
    """The neighbourhoods it reaches today: those covered, or those of them a token is for."""
    window = Window(first, after, newest_first=False)
    rows = covered(context.viewer).filter(neighbourhood_id__in=context.viewer.covers)
    return await pages_of(rows, window, "organisation_id", [o.organisation_id for o in offices])


async def managed(work: Work, organisation_id: UUID) -> Office:
    """The viewer's office there as a manager of today; managers of one organisation take turns.

    Raises `Refusal` NOT_FOUND.
    """
    office = work.office(organisation_id, Scope.MANAGER)
    organisations = work.visible(models.Organisation).select_for_update(no_key=True)
    await organisations.get(id=organisation_id)
    # whoever went first may have taken the rights that the viewer came with
    mine = work.visible(models.Staff).filter(id=office.staff_id, unit_id=office.unit_id)
    if not await mine.filter(role=models.StaffRole.MANAGER, ended_at=None).exists():
        raise not_found("organisation")
    return office


async def managed_staff(work: Work, staff_id: UUID) -> tuple[models.Staff, Office]:
    """Somebody who works there, locked, and the office of the manager who asks.

    Raises `Refusal`: NOT_FOUND, FORBIDDEN for who is no manager of theirs, CONFLICT when ended.
    """
    seen = await work.visible(models.Staff).get_or_none(id=staff_id)
    if seen is None:
        raise not_found("member of the staff")
    if work.viewer.office_in(seen.organisation_id, Scope.MANAGER) is None:
        raise forbidden("Only a manager of the organisation may do this.")
    office = await managed(work, seen.organisation_id)
    staff = await work.find(models.Staff, staff_id, "member of the staff")
    check_reach(office, staff.unit_id)
    if staff.ended_at is not None:
        raise Refusal(RefusalCode.CONFLICT, "This person does not work there any more.")
    return staff, office


def check_reach(office: Office, unit_id: UUID | None) -> None:
    """Raises `Refusal` FORBIDDEN when a manager of one unit acts on another, or on the whole."""
    if office.unit_id not in (None, unit_id):
        raise forbidden("A manager of one unit acts on that unit only.")
