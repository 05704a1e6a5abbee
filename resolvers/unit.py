"""Units: the parts of an organisation to which a case may be referred."""

from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from resolvers.office import managed
from resolvers.organisation import Which
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.relation import One, Onward
from resolvers.text import checked_line
from resolvers.work import Work

NAME, MOST = 80, 100


of_organisations = Onward(
    "The parts of it to which a case may be referred, oldest first.",
    models.Unit,
    "organisation_id",
    newest_first=False,
)


of_rows = One("The unit it is for; null for the whole organisation.", models.Unit, "unit_id")


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
