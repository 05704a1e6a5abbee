"""The help offer: what a member offers the neighbours."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.help_offer
import resolvers.skill
from auth import rules
from schema.field import batch, field
from schema.node import Node, read_off
from schema.skill import Skill

if TYPE_CHECKING:
    from schema.membership import Membership


@strawberry.type(
    description="What a member offers the neighbours. No organisation ever reads it; "
    "to volunteer for one is another consent."
)
class HelpOffer(Node):
    """Read off `models.HelpOffer`."""

    is_type_of = read_off(models.HelpOffer)
    id: UUID = field("Its id.")
    created_at: datetime = field("When it was first made.")
    member: Annotated["Membership", strawberry.lazy("schema.membership")] | None = batch(
        resolvers.help_offer.members
    )
    skills: list[Skill] = batch(resolvers.skill.of_rows)
    note: str = field("A word about it; empty if there is none.")
    availability: list[models.Availability] = field("When; empty if nothing was said of it.")
    reach: models.HelpReach = field("How far.")
    ends_on: date | None = field("The last day it holds, if there is one.")
    paused: bool = field("Whether it is kept from the neighbours; only the member reads it then.")
    hears_requests: bool | None = field(
        "Whether the member is told of new requests.", only=rules.OWN_MEMBERSHIP
    )
