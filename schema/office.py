"""The office: what a person or a token may do for one organisation."""

from uuid import UUID

import strawberry

import models
import resolvers.office
import resolvers.organisation
import resolvers.unit
from schema.field import batch, field, made
from schema.organisation import Coverage, Organisation
from schema.page import Connection
from schema.unit import Unit


@strawberry.type(description="What the viewer may do for one organisation.")
class Office:
    """Read off `auth.viewer.Office`."""

    organisation: Organisation | None = batch(resolvers.organisation.of_rows)
    role: models.StaffRole | None = batch(resolvers.office.roles)
    unit_id: UUID | None = field("The unit it is limited to; null for the whole organisation.")
    unit: Unit | None = batch(resolvers.unit.of_rows)
    scopes: list[str] = made(resolvers.office.scopes)
    neighbourhoods: Connection[Coverage] = batch(resolvers.office.coverages)
