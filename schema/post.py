"""The post: what is published in the feed of a neighbourhood."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.announcement_post
import resolvers.announcement_reply
import resolvers.comment
import resolvers.comment_count
import resolvers.gathering_post
import resolvers.help_match
import resolvers.help_request
import resolvers.membership
import resolvers.mention
import resolvers.neighbourhood
import resolvers.picture
import resolvers.poll
import resolvers.post_revision
import resolvers.reaction
from auth import rules
from schema.comment import Comment
from schema.field import batch, field, holds, made
from schema.gathering import Gathering
from schema.help_match import HelpMatch
from schema.help_request import HelpRequest
from schema.membership import Membership
from schema.node import Node, read_off
from schema.organisation import Organisation
from schema.page import Connection
from schema.picture import Picture
from schema.poll import Poll
from schema.reaction import Reactable, ReactionCount

if TYPE_CHECKING:
    from schema.neighbourhood import Neighbourhood


@strawberry.type(description="How a post read before an edit.")
class PostRevision:
    """Read off `models.PostRevision`."""

    id: UUID = field("Its id.")
    title: str | None = field("The title, as it was.")
    body: str = field("The words, as they were.")
    created_at: datetime = field("When they were replaced.")


@strawberry.type(description="What a neighbour published, or an organisation announced.")
class Post(Reactable, Node):
    """Read off `models.Post`."""

    is_type_of = read_off(models.Post)
    id: UUID = field("Its id.")
    kind: models.PostKind = field("What it is about.")
    audience: models.Audience = field("Who may read it, and what is written under it.")
    language: models.Language = field("In which language it is.")
    title: str | None = field("Its title, if it has one.")
    body: str = field("Its words.")
    created_at: datetime = field("When it was published.")
    edited_at: datetime | None = field("When its words last changed, if they did.")
    pinned_at: datetime | None = field("Since when it is kept on top of its feed, if it is.")
    comments_closed_at: datetime | None = field("When moderators closed its comments, if so.")
    solved_at: datetime | None = field("When its author called it solved, if so.")
    is_mine: bool = holds(rules.AUTHOR, "Whether the viewer wrote it, and may change it.")
    author: Membership | None = batch(resolvers.membership.authors)
    organisation: Organisation | None = batch(resolvers.announcement_post.announcers)
    purpose: models.AnnouncementPurpose | None = batch(resolvers.announcement_post.of_posts)
    urgent_until: datetime | None = field("An alert until then, if the organisation said so.")
    read_by: Organisation | None = batch(resolvers.announcement_reply.read_by)
    neighbourhood: Annotated["Neighbourhood", strawberry.lazy("schema.neighbourhood")] | None = (
        batch(resolvers.neighbourhood.of_rows)
    )
    help_request: HelpRequest | None = batch(resolvers.help_request.of_posts)
    gathering: Gathering | None = batch(resolvers.gathering_post.of_posts)
    poll: Poll | None = batch(resolvers.poll.of_posts)
    pictures: list[Picture] = batch(resolvers.picture.of_posts, personal=True)
    mentions: list[Membership] = batch(resolvers.mention.of_posts)
    comment_count: int = batch(resolvers.comment_count.of_posts)
    comments: Connection[Comment] = batch(resolvers.comment.of_posts)
    reactions: list[ReactionCount] = made(resolvers.reaction.counts)
    my_reaction: models.ReactionKind | None = batch(resolvers.reaction.mine_on_posts, personal=True)
    history: Connection[PostRevision] | None = batch(
        resolvers.post_revision.history, only=rules.AUTHOR | rules.MODERATOR
    )

    matches: Connection[HelpMatch] | None = batch(resolvers.help_match.of_posts, only=rules.AUTHOR)
