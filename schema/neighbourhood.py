"""The neighbourhood: the unit of privacy, and the feed in it."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

import models
import resolvers.announcement_post
import resolvers.budget
import resolvers.follow
import resolvers.gathering_post
import resolvers.help_offer
import resolvers.help_request
import resolvers.house_rule
import resolvers.introduction
import resolvers.membership
import resolvers.moderation_case
import resolvers.moderation_decision
import resolvers.neighbourhood
import resolvers.organisation
import resolvers.pin
import resolvers.poll
import resolvers.post
import resolvers.statistic
from auth import rules
from schema.budget import Budget
from schema.field import batch, field, made
from schema.gathering import Gathering
from schema.help_offer import HelpOffer
from schema.help_request import HelpRequest
from schema.membership import Membership
from schema.moderation import HouseRules, ModerationCase, ModerationDecision
from schema.node import Node, read_off
from schema.organisation import Organisation
from schema.page import Connection
from schema.poll import Poll
from schema.post import Post
from schema.statistic import NeighbourhoodStatistics

KNOWN = rules.SIGNED_IN | rules.COVERED


@strawberry.type(description="How many households have joined.")
class Participation:
    """Read off `resolvers.neighbourhood.Participation`."""

    households: int = field("Households in the neighbourhood.")
    registered_households: int = field("Those of them that joined.")
    rate: float = field("The share that joined, 0 to 1.")


@strawberry.type(description="A village or quarter whose residents share one feed.")
class Neighbourhood(Node):
    """Read off `models.Neighbourhood`."""

    is_type_of = read_off(models.Neighbourhood)
    id: UUID = field("Its id.")
    slug: str = field("Its name as part of an address.")
    name: str = field("Its name.")
    place: str | None = field("The municipality it lies in.", only=KNOWN)
    opened_on: date | None = field("The day its feed was opened.", only=KNOWN)
    participation: Participation | None = made(resolvers.neighbourhood.participation, only=KNOWN)
    adjacent: (
        Connection[Annotated["Neighbourhood", strawberry.lazy("schema.neighbourhood")]] | None
    ) = batch(resolvers.neighbourhood.adjacent, only=rules.SIGNED_IN)
    organisations: Connection[Organisation] = batch(resolvers.organisation.of_neighbourhoods)
    members: Connection[Membership] | None = batch(
        resolvers.membership.members, only=rules.INHABITANT
    )
    help_offers: Connection[HelpOffer] | None = batch(
        resolvers.help_offer.help_offers, only=rules.INHABITANT
    )
    help_requests: Connection[HelpRequest] = batch(resolvers.help_request.help_requests)
    feed: Connection[Post] = batch(resolvers.post.feed, personal=True)
    calendar: Connection[Gathering] = batch(resolvers.gathering_post.of_neighbourhoods)
    polls: Connection[Poll] = batch(resolvers.poll.of_neighbourhoods)
    budgets: Connection[Budget] = batch(resolvers.budget.of_neighbourhoods)
    newcomers: Connection[Membership] | None = batch(
        resolvers.introduction.newcomers, only=rules.INHABITANT
    )
    is_followed: bool = batch(resolvers.follow.are_followed, personal=True)
    pinned: list[Post] = batch(resolvers.pin.of_neighbourhoods)
    alerts: Connection[Post] = batch(resolvers.announcement_post.alerts)
    house_rules: Connection[HouseRules] | None = batch(
        resolvers.house_rule.of_neighbourhoods, only=rules.INHABITANT
    )
    moderation_cases: Connection[ModerationCase] | None = batch(
        resolvers.moderation_case.of_neighbourhoods, only=rules.MODERATED, personal=True
    )
    moderation_log: Connection[ModerationDecision] | None = batch(
        resolvers.moderation_decision.of_neighbourhoods, only=rules.MODERATED, personal=True
    )
    statistics: NeighbourhoodStatistics | None = batch(
        resolvers.statistic.of_neighbours, only=rules.INHABITANT
    )
