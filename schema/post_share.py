"""The share: what a resident lets one organisation read, as both of them see it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.access_record
import resolvers.case
import resolvers.comment_share
import resolvers.neighbourhood
import resolvers.organisation
import resolvers.shared_comment
import resolvers.shared_post
from auth import rules
from schema.access_record import AccessRecord
from schema.comment import Comment
from schema.field import batch, field
from schema.membership import Membership
from schema.neighbourhood import Neighbourhood
from schema.node import Node, read_off
from schema.organisation import Organisation
from schema.page import Connection
from schema.post import Post

if TYPE_CHECKING:
    from schema.case import Case

SHARE, COMMENT = models.AccessSubject.SHARE, models.AccessSubject.COMMENT


@strawberry.type(description="A comment that goes along with a share: its words, without a name.")
class SharedComment:
    """Read off `models.CommentShare`."""

    id: UUID = field("The id of the commenter's leave, by which the ledger names it.")
    body: str | None = batch(resolvers.shared_comment.bodies, recorded=COMMENT)
    created_at: datetime | None = batch(resolvers.shared_comment.moments, recorded=COMMENT)


@strawberry.type(description="The question to a commenter: may the comment go along with the post?")
class CommentShare:
    """Read off `models.CommentShare`, by the commenter and by the resident who asks."""

    id: UUID = field("Its id.")
    created_at: datetime = field("When it was asked.")
    state: models.CommentShareState = field("What the commenter answered, if so.")
    expires_at: datetime = field("When the share ends by itself.")
    revoked_at: datetime | None = field("When the author took the share back, if so.")
    organisation: Organisation | None = batch(resolvers.organisation.of_rows)
    comment: Comment | None = batch(resolvers.comment_share.comments)
    asker: Membership | None = batch(resolvers.comment_share.askers)
    access_records: Connection[AccessRecord] | None = batch(
        resolvers.access_record.of_rows, only=rules.SELF
    )


@strawberry.type(description="What the author of a post lets one organisation read of it.")
class PostShare(Node):
    """Read off `models.PostShare`."""

    is_type_of = read_off(models.PostShare)
    id: UUID = field("Its id.")
    created_at: datetime = field("When it was shared.")
    expires_at: datetime = field("When it ends by itself.")
    revoked_at: datetime | None = field("When it was taken back, if so.", only=rules.SELF)
    purpose: models.SharePurpose = field("What the author wants of the organisation.")
    with_name: bool = field("Whether the author chose to show the name.")
    organisation: Organisation | None = batch(resolvers.organisation.of_rows)
    neighbourhood: Neighbourhood | None = batch(resolvers.neighbourhood.of_rows)
    kind: models.PostKind | None = batch(resolvers.shared_post.kinds, recorded=SHARE)
    title: str | None = batch(resolvers.shared_post.titles, recorded=SHARE)
    body: str | None = batch(resolvers.shared_post.bodies, recorded=SHARE)
    posted_at: datetime | None = batch(resolvers.shared_post.moments, recorded=SHARE)
    author_name: str | None = batch(resolvers.shared_post.author_names, recorded=SHARE)
    comments: Connection[SharedComment] = batch(resolvers.shared_comment.of_shares)
    case: Annotated["Case", strawberry.lazy("schema.case")] | None = batch(resolvers.case.of_shares)
    post: Post | None = batch(resolvers.shared_post.posts, only=rules.SELF)
    comment_shares: Connection[CommentShare] | None = batch(
        resolvers.comment_share.of_shares, only=rules.SELF
    )
    access_records: Connection[AccessRecord] | None = batch(
        resolvers.access_record.of_rows, only=rules.SELF
    )
