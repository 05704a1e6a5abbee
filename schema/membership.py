"""The membership: the face that neighbours see of each other."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.help_offer
import resolvers.house_rule
import resolvers.introduction
import resolvers.invitation
import resolvers.membership
import resolvers.mute
import resolvers.neighbourhood
from auth import rules
from schema.field import batch, field
from schema.help_offer import HelpOffer
from schema.node import Node, read_off
from schema.organisation import Organisation
from schema.page import Connection

if TYPE_CHECKING:
    from schema.neighbourhood import Neighbourhood
    from schema.post import Post


@strawberry.type(description="An invitation to a household. Its code is shown once, when made.")
class Invitation:
    """Read off `models.InvitationCode`."""

    id: UUID = field("Its id.")
    kind: models.InvitationKind = field("How it reached the household.")
    created_at: datetime = field("When it was made.")
    expires_at: datetime = field("When it ends by itself.")
    used_at: datetime | None = field("When it was used, if it was.")
    revoked_at: datetime | None = field("When it was taken back, if it was.")


@strawberry.type(description="A front door: the counted unit.")
class Household:
    """Read off `models.Household`."""

    id: UUID = field("Its id.")
    street: str = field("The street.")
    house_number: str = field("The house number; only those who live there ever see it.")


@strawberry.type(description="A resident, as the neighbours know them.")
class Membership(Node):
    """Read off `models.Membership`."""

    is_type_of = read_off(models.Membership)
    id: UUID = field("Its id.")
    display_name: str = field("The name neighbours read.")
    street: str | None = field("The street, never the house number.", only=rules.NEIGHBOUR)
    about: str | None = field("A word about themselves.", only=rules.NEIGHBOUR)
    role: models.MembershipRole = field("What they do in the neighbourhood.")
    state: models.MembershipState = field("Where the membership stands.")
    created_at: datetime | None = field("Member since.", only=rules.NEIGHBOUR)
    verification: models.Verification | None = field("How it was verified.", only=rules.SELF)
    verified_at: datetime | None = field("When it was verified.", only=rules.SELF)
    suspended_until: datetime | None = field(
        "Suspended by the moderators until then, if so.", only=rules.SELF
    )
    accepted_rules: int | None = batch(resolvers.house_rule.accepted, only=rules.SELF)
    is_muted: bool = batch(resolvers.mute.are_muted, personal=True)
    ended_at: datetime | None = field("When it ended, if it did.", only=rules.NEIGHBOUR)
    neighbourhood: Annotated["Neighbourhood", strawberry.lazy("schema.neighbourhood")] | None = (
        batch(resolvers.neighbourhood.of_rows)
    )
    introduction: Annotated["Post", strawberry.lazy("schema.post")] | None = batch(
        resolvers.introduction.of_memberships
    )
    help_offer: HelpOffer | None = batch(resolvers.help_offer.of_memberships, personal=True)
    organisation: Organisation | None = batch(resolvers.membership.senders)
    household: Household | None = batch(resolvers.membership.households, only=rules.SELF)
    invitations: Connection[Invitation] | None = batch(
        resolvers.invitation.of_memberships, only=rules.SELF
    )
