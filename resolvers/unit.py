"""Units: the parts of an organisation to which a case may be referred."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.viewer import Office
from auth.visibility import visible
from resolvers.context import Context
from resolvers.office import managed
from resolvers.organisation import Which
from resolvers.page import Page, Window, pages_of, referred
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.text import checked_line
from resolvers.work import Work

NAME, MOST = 80, 100


async def of_organisations(
    organisations: Sequence[models.Organisation],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Unit]]:
    """The parts of it to which a case may be referred, oldest first."""
    window = Window(first, after, newest_first=False)
    rows = visible(models.Unit, context.viewer)
    return await pages_of(rows, window, "organisation_id", [each.id for each in organisations])


async def of_rows(
    rows: Sequence[models.Staff | models.ApiToken | Office], context: Context
) -> list[models.Unit | None]:
    """The unit it is for; null for the whole organisation."""
    return await referred(visible(models.Unit, context.viewer), [row.unit_id for row in rows])


async def add_unit(
    work: Work,
    *,
    organisation_id: Which,
    name: Annotated[str, Doc("What it is called, 80 at most; no other unit of it is.")],
) -> models.Unit:
    """Add a part to which cases may be referred. For managers of the whole organisation."""
    if (await managed(work, organisation_id)).unit_id is not None:
        raise forbidden("Only a manager of the whole organisation adds units.")
    units = work.visible(models.Unit).filter(organisation_id=organisation_id)
    clean = checked_line(name, "name", NAME)
    if await units.filter(name=clean).exists():
        raise Refusal(RefusalCode.CONFLICT, "There is a unit of this name.", "name")
    if await units.count() >= MOST:
        raise Refusal(RefusalCode.CONFLICT, f"An organisation has {MOST} units at most.")
    return await models.Unit.create(organisation_id=organisation_id, name=clean)


async def check(work: Work, organisation_id: UUID, unit_id: UUID | None) -> None:
    """Raises `Refusal` NOT_FOUND for a unit that is not of the organisation."""
    units = work.visible(models.Unit).filter(organisation_id=organisation_id)
    if unit_id is not None and not await units.filter(id=unit_id).exists():
        raise not_found("unit")
