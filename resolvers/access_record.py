"""Reading the ledger: by the resident, of whom it is; by a manager, of the own organisation."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.scope import Scope
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, page_of, pages_of, referred
from resolvers.paging import After, Before, First, Last
from resolvers.relation import Onward

OFFICE = rules.office(Scope.MANAGER)


async def access_records(
    context: Context,
    *,
    organisation_id: Annotated[UUID, Doc("What this organisation read.")],
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[models.AccessRecord]:
    """What staff and tokens of the viewer's organisation read, newest first; not of which resident.

    Raises `Refusal` NOT_FOUND.
    """
    context.office(organisation_id, Scope.MANAGER)
    rows = visible(models.AccessRecord, context.viewer).filter(OFFICE.where(context.viewer))
    rows = rows.filter(organisation_id=organisation_id)
    return await page_of(rows, Window(first, after, last, before))


async def of_residents(
    residents: Sequence[models.Resident],
    context: Context,
    *,
    organisation_id: Annotated[UUID | None, Doc("Only readings by this organisation.")] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.AccessRecord]]:
    """The ledger: who read what of the things the person shares, newest first."""
    rows = visible(models.AccessRecord, context.viewer)
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return await pages_of(rows, Window(first, after), "resident_id", [r.id for r in residents])


of_rows = Onward("Who read of it, newest first.", models.AccessRecord, "subject_id")


async def staff_names(
    records: Sequence[models.AccessRecord], _context: Context
) -> list[str | None]:
    """The name of the person who read; null when a program did."""
    found = await referred(models.Staff.filter(), [record.staff_id for record in records])
    return [staff.name if staff else None for staff in found]


async def token_names(
    records: Sequence[models.AccessRecord], _context: Context
) -> list[str | None]:
    """The name of the token by which a program read; null when a person did."""
    found = await referred(models.ApiToken.filter(), [record.token_id for record in records])
    return [token.name if token else None for token in found]
