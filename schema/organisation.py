"""The organisation: a partner of the neighbourhoods it covers."""

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.neighbourhood
import resolvers.organisation
import resolvers.staff
import resolvers.unit
from auth import rules
from schema.field import batch, field
from schema.node import Node, read_off
from schema.page import Connection
from schema.staff import Staff
from schema.unit import Unit

if TYPE_CHECKING:
    from schema.neighbourhood import Neighbourhood


@strawberry.type(description="That an organisation covers a neighbourhood.")
class Coverage:
    """Read off `models.Coverage`."""

    since: date = field("The day from which it does.")
    neighbourhood: Annotated["Neighbourhood", strawberry.lazy("schema.neighbourhood")] | None = (
        batch(resolvers.neighbourhood.of_rows)
    )


@strawberry.type(description="A town, a service centre or another partner of the neighbourhoods.")
class Organisation(Node):
    """Read off `models.Organisation`."""

    is_type_of = read_off(models.Organisation)
    id: UUID = field("Its id.")
    slug: str = field("Its name as part of an address.")
    name: str = field("Its name.")
    kind: models.OrganisationKind = field("What kind of partner it is.")
    description: str = field("What it says of itself.")
    neighbourhoods: Connection[Coverage] = batch(resolvers.organisation.coverages)
    units: Connection[Unit] | None = batch(resolvers.unit.of_organisations, only=rules.OWN_OFFICE)
    staff: Connection[Staff] | None = batch(resolvers.staff.of_organisations, only=rules.COLLEAGUE)
