"""The people who work for an organisation, as their colleagues know them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.neighbourhood
import resolvers.organisation
import resolvers.unit
import resolvers.worker
from schema.field import batch, field
from schema.node import Node, read_off
from schema.page import Connection
from schema.unit import Unit

if TYPE_CHECKING:
    from schema.neighbourhood import Neighbourhood
    from schema.organisation import Organisation


@strawberry.type(description="That somebody is sent to a neighbourhood as its professional.")
class Assignment:
    """Read off `models.Membership`, of which an organisation reads no more than this."""

    verified_at: datetime | None = strawberry.field(name="since", description="From when.")
    neighbourhood: Annotated["Neighbourhood", strawberry.lazy("schema.neighbourhood")] | None = (
        batch(resolvers.neighbourhood.of_rows)
    )


@strawberry.type(description="Somebody who works for an organisation.")
class Staff(Node):
    """Read off `models.Staff`."""

    is_type_of = read_off(models.Staff)
    id: UUID = field("Its id.")
    name: str = field("The name by which colleagues know the person.")
    role: models.StaffRole = field("What the person does there.")
    unit: Unit | None = batch(resolvers.unit.of_rows)
    organisation: Annotated["Organisation", strawberry.lazy("schema.organisation")] | None = batch(
        resolvers.organisation.of_rows
    )
    created_at: datetime = field("When the person was invited.")
    invitation_expires_at: datetime | None = field(
        "Until when the invitation may be taken up; null when it was."
    )
    ended_at: datetime | None = field("When the work ended, if it did.")
    assignments: Connection[Assignment] = batch(resolvers.worker.of_staff)


@strawberry.type(description="An invitation to work for an organisation, shown this once.")
class NewStaff:
    """Read off `resolvers.staff_invitation.NewStaff`."""

    code: str = field("The code to give to the person.")
    staff: Staff = field("The person, as colleagues see them from now on.")
