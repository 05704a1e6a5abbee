"""The match: two neighbours brought together, as the few whom it concerns read it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.conversation
import resolvers.help_match
import resolvers.help_match_party
import resolvers.neighbourhood
from auth import rules
from schema.field import batch, field, made
from schema.node import Node, read_off

if TYPE_CHECKING:
    from schema.conversation import Conversation
    from schema.neighbourhood import Neighbourhood
    from schema.post import Post


@strawberry.type(description="Somebody in a match: the name, also across the border.")
class MatchParty:
    """Read off `resolvers.help_match_party.MatchParty`."""

    membership_id: UUID = field("The id of the membership.")
    display_name: str = field("The name neighbours read.")
    street: str | None = field("The street, for those who live there too.", only=rules.MEMBER)


@strawberry.type(
    description="A neighbour who asks for help and one who gives it, brought together. It is there "
    "for these two, and for the neighbourhood worker who proposed it; for nobody else."
)
class HelpMatch(Node):
    """Read off `models.HelpMatch`."""

    is_type_of = read_off(models.HelpMatch)
    id: UUID = field("Its id.")
    created_at: datetime = field("When it was proposed.")
    state: models.HelpMatchState = field("Where it stands.")
    ended_at: datetime | None = field("When it was declined, withdrawn or completed, if so.")
    proposed_by: models.HelpMatchRole = made(resolvers.help_match.proposed_by)
    my_role: models.HelpMatchRole = batch(resolvers.help_match.roles, personal=True)
    next_steps: list[models.HelpMatchStep] = batch(resolvers.help_match.next_steps, personal=True)
    post: Annotated["Post", strawberry.lazy("schema.post")] | None = batch(
        resolvers.help_match.posts
    )
    neighbourhood: Annotated["Neighbourhood", strawberry.lazy("schema.neighbourhood")] | None = (
        batch(resolvers.neighbourhood.of_rows)
    )
    conversation: Annotated["Conversation", strawberry.lazy("schema.conversation")] | None = batch(
        resolvers.conversation.of_matches, personal=True
    )
    requester: MatchParty | None = batch(resolvers.help_match_party.asking)
    helper: MatchParty | None = batch(resolvers.help_match_party.helping)
    worker: MatchParty | None = batch(resolvers.help_match_party.proposing, personal=True)
    note: str | None = field("What was said when it was proposed.", only=rules.PARTY)
    requester_accepted_at: datetime | None = field(
        "When the requester said yes, if so; proposing is saying yes.", only=rules.PARTY
    )
    helper_accepted_at: datetime | None = field(
        "When the helper said yes, if so; offering is saying yes.", only=rules.PARTY
    )
    address: str | None = field(
        "Where the helper is to come to, if the requester told, until it ends.", only=rules.PARTY
    )
    requester_thanked_at: datetime | None = field(
        "When the requester thanked, if so.", only=rules.PARTY
    )
    requester_thanks: str | None = field("In what words, if in any.", only=rules.PARTY)
    helper_thanked_at: datetime | None = field("When the helper thanked, if so.", only=rules.PARTY)
    helper_thanks: str | None = field("In what words, if in any.", only=rules.PARTY)
