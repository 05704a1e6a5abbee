"""The comment: a reply under a post, and one level of replies to it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.comment
import resolvers.comment_author
import resolvers.comment_count
import resolvers.mention
import resolvers.post
import resolvers.reaction
from auth import rules
from schema.field import batch, field, holds, made
from schema.membership import Membership
from schema.node import Node, read_off
from schema.organisation import Organisation
from schema.page import Connection
from schema.reaction import Reactable, ReactionCount

if TYPE_CHECKING:
    from schema.post import Post


@strawberry.type(description="Words under a post.")
class Comment(Reactable, Node):
    """Read off `models.Comment`."""

    is_type_of = read_off(models.Comment)
    id: UUID = field("Its id.")
    body: str | None = made(resolvers.comment_author.words)
    created_at: datetime = field("When it was written.")
    edited_at: datetime | None = field("When its words last changed, if they did.")
    deleted_at: datetime | None = field("When its author erased it, if so.")
    is_mine: bool = holds(rules.AUTHOR, "Whether the viewer wrote it, and may change it.")
    author: Membership | None = batch(resolvers.comment_author.authors)
    organisation: Organisation | None = batch(resolvers.comment_author.organisations)
    post: Annotated["Post", strawberry.lazy("schema.post")] | None = batch(resolvers.post.of_rows)
    mentions: list[Membership] = batch(resolvers.mention.of_comments)
    reply_count: int = batch(resolvers.comment_count.of_comments)
    replies: Connection[Annotated["Comment", strawberry.lazy("schema.comment")]] = batch(
        resolvers.comment.replies
    )
    reactions: list[ReactionCount] = made(resolvers.reaction.counts)
    my_reaction: models.ReactionKind | None = batch(
        resolvers.reaction.mine_on_comments, personal=True
    )
