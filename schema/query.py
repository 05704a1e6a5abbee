"""Every door that reads, with its lock."""

import strawberry

import resolvers.access_record
import resolvers.announcement
import resolvers.api_token
import resolvers.budget
import resolvers.case
import resolvers.conversation
import resolvers.dashboard
import resolvers.help_match
import resolvers.membership
import resolvers.neighbourhood
import resolvers.node
import resolvers.office
import resolvers.organisation
import resolvers.post
import resolvers.post_share
import resolvers.resident
import resolvers.search
import resolvers.skill
import resolvers.statistic
import resolvers.volunteer
import resolvers.webhook
from schema.access_record import AccessRecord
from schema.announcement import Announcement
from schema.api_token import ApiToken
from schema.budget import Budget
from schema.case import Case
from schema.conversation import Conversation
from schema.door import door
from schema.guards import (
    ANNOUNCEMENTS_READ,
    ANYBODY,
    CASES_READ,
    MANAGER,
    POLLS_WRITE,
    PUBLIC,
    RESIDENT,
    SHARES_READ,
    STATISTICS_READ,
    VOLUNTEERS_READ,
    WEBHOOKS_MANAGE,
)
from schema.help_match import HelpMatch
from schema.membership import Membership
from schema.neighbourhood import Neighbourhood
from schema.node import Node
from schema.office import Office
from schema.organisation import Organisation
from schema.page import Connection
from schema.post import Post
from schema.post_share import PostShare
from schema.resident import Resident
from schema.search import SearchHit
from schema.skill import Skill
from schema.statistic import Dashboard, NeighbourhoodStatistics, Statistics
from schema.volunteer import Volunteer
from schema.webhook import Webhook


@strawberry.type(description="What can be read.")
class Query:
    """The reading page."""

    node: Node | None = door(resolvers.node.node, lock=PUBLIC)
    nodes: list[Node | None] = door(resolvers.node.nodes, lock=PUBLIC)
    viewer: Resident | None = door(resolvers.resident.viewer, lock=PUBLIC)
    neighbourhood: Neighbourhood | None = door(resolvers.neighbourhood.neighbourhood, lock=PUBLIC)
    neighbourhoods: Connection[Neighbourhood] = door(
        resolvers.neighbourhood.neighbourhoods, lock=PUBLIC
    )
    organisation: Organisation | None = door(resolvers.organisation.organisation, lock=PUBLIC)
    organisations: Connection[Organisation] = door(
        resolvers.organisation.organisations, lock=PUBLIC
    )
    offices: list[Office] = door(resolvers.office.offices, lock=ANYBODY)
    tokens: Connection[ApiToken] = door(resolvers.api_token.tokens, lock=MANAGER)
    membership: Membership | None = door(resolvers.membership.membership, lock=RESIDENT)
    post: Post | None = door(resolvers.post.post, lock=RESIDENT)
    search: Connection[SearchHit] = door(resolvers.search.search, lock=RESIDENT)
    match: HelpMatch | None = door(resolvers.help_match.match, lock=RESIDENT)
    conversation: Conversation | None = door(resolvers.conversation.conversation, lock=RESIDENT)
    skills: Connection[Skill] = door(resolvers.skill.skills, lock=PUBLIC)
    volunteer: Volunteer | None = door(resolvers.volunteer.volunteer, lock=VOLUNTEERS_READ)
    volunteers: Connection[Volunteer] = door(resolvers.volunteer.volunteers, lock=VOLUNTEERS_READ)

    announcement: Announcement | None = door(
        resolvers.announcement.announcement, lock=ANNOUNCEMENTS_READ
    )
    announcements: Connection[Announcement] = door(
        resolvers.announcement.announcements, lock=ANNOUNCEMENTS_READ
    )

    budgets: Connection[Budget] = door(resolvers.budget.budgets, lock=POLLS_WRITE)

    share: PostShare | None = door(resolvers.post_share.share, lock=SHARES_READ)
    shares: Connection[PostShare] = door(resolvers.post_share.shares, lock=SHARES_READ)
    access_records: Connection[AccessRecord] = door(
        resolvers.access_record.access_records, lock=MANAGER
    )

    webhooks: Connection[Webhook] = door(resolvers.webhook.webhooks, lock=WEBHOOKS_MANAGE)
    case: Case | None = door(resolvers.case.case, lock=CASES_READ)
    cases: Connection[Case] = door(resolvers.case.cases, lock=CASES_READ)

    statistics: Statistics | None = door(resolvers.statistic.statistics, lock=STATISTICS_READ)
    series: Connection[NeighbourhoodStatistics] = door(
        resolvers.statistic.series, lock=STATISTICS_READ
    )
    dashboard: Dashboard | None = door(resolvers.dashboard.dashboard, lock=STATISTICS_READ)
