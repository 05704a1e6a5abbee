"""The mention: that a member is named in a post or a comment."""

from uuid import UUID

import strawberry

import models
import resolvers.mention
import resolvers.post
from schema.comment import Comment
from schema.event import ResidentEvent, of_kind, row
from schema.field import batch, field
from schema.post import Post


@strawberry.type(description="That the viewer is mentioned.")
class Mention:
    """Read off `models.Mention`."""

    id: UUID = field("Its id.")
    post: Post | None = batch(resolvers.post.of_rows)
    comment: Comment | None = batch(resolvers.mention.comments)


@strawberry.type(description="Somebody mentions the viewer.")
class Mentioned(ResidentEvent):
    """Kind MENTIONED."""

    mention: Mention = row("Where.")
    is_type_of = of_kind(models.EventKind.MENTIONED)


KINDS = (Mentioned,)
