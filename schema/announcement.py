"""The announcement: what an organisation tells the neighbourhoods it covers."""

from datetime import datetime
from uuid import UUID

import strawberry

import models
import resolvers.announcement_poll
import resolvers.announcement_post
import resolvers.announcement_reply
import resolvers.neighbourhood
from auth import rules
from auth.scope import Scope
from schema.field import batch, field, made
from schema.neighbourhood import Neighbourhood
from schema.node import Node, read_off
from schema.page import Connection
from schema.poll import PollOption, PollResult
from schema.reaction import ReactionCount

REPLY = models.AccessSubject.REPLY
READS = rules.office(Scope.ANNOUNCEMENTS_READ)


@strawberry.type(description="What a neighbour wrote under an announcement.")
class AnnouncementReply:
    """Read off `resolvers.announcement_reply.AnnouncementReply`."""

    id: UUID = field("Its id.")
    display_name: str = field(
        "The name that neighbours read; nothing else of them.", recorded=REPLY
    )
    body: str = field("The words.", recorded=REPLY)
    created_at: datetime = field("When it was written.", recorded=REPLY)
    edited_at: datetime | None = field("When its words last changed, if so.", recorded=REPLY)
    neighbourhood: Neighbourhood | None = batch(resolvers.neighbourhood.of_rows, recorded=REPLY)


@strawberry.type(description="What an organisation tells neighbourhoods: a post in each of them.")
class Announcement(Node):
    """Read off `models.Announcement`."""

    is_type_of = read_off(models.Announcement)
    id: UUID = field("Its id.")
    purpose: models.AnnouncementPurpose = field("What it is for.")
    title: str = field("Its title.")
    body: str = field("Its words.")
    created_at: datetime = field("When it was made.")
    publish_at: datetime = field("When it is to be published.")
    published_at: datetime | None = field("When it was published, if it was.")
    edited_at: datetime | None = field("When its words last changed, if they did.")
    withdrawn_at: datetime | None = field("When it was taken back, if it was.")
    urgent_until: datetime | None = field("Until when it stands among the alerts, if it does.")
    neighbourhoods: Connection[Neighbourhood] = batch(resolvers.announcement_post.neighbourhoods)
    comment_count: int | None = batch(resolvers.announcement_post.comment_counts, only=READS)
    reactions: list[ReactionCount] | None = batch(resolvers.announcement_post.reactions, only=READS)
    poll_options: list[PollOption] | None = made(resolvers.announcement_poll.options)
    poll_results: list[PollResult] | None = batch(resolvers.announcement_poll.results, only=READS)
    replies: Connection[AnnouncementReply] | None = batch(
        resolvers.announcement_reply.replies, only=READS
    )
