"""A reply under a post, and a reply to that reply; no deeper."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Reactable
from models.post import Audience


class Comment(Reactable):
    """A comment. `audience` repeats the post's, so that its rule reads its own columns.

    `deleted_at` makes it a tombstone that keeps the conversation readable; `removed_at` is set when
    the post above it is gone, or by moderators, and hides it. An answer has no author but an
    `organisation_id`. `announcer_id` is the organisation under whose announcement it stands, and
    which may read it.
    """

    post_id: UUID
    post: Any = fields.ForeignKeyField("models.Post", related_name=False, on_delete=CASCADE)
    parent_id: UUID | None
    parent: Any = fields.ForeignKeyField(
        "models.Comment", related_name=False, on_delete=CASCADE, null=True
    )
    author_id: UUID | None
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT, null=True
    )
    organisation_id: UUID | None
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=RESTRICT, null=True
    )
    announcer_id: UUID | None
    announcer: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=RESTRICT, null=True
    )
    audience = fields.CharEnumField(Audience, max_length=20)
    body = fields.TextField()
    reply_count = fields.IntField(default=0)
    edited_at = fields.DatetimeField(null=True)
    deleted_at = fields.DatetimeField(null=True)
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "comment"
        indexes = (
            Index(fields=("post_id", "id"), name="comment_post"),
            Index(fields=("parent_id", "id"), name="comment_parent"),
            Index(fields=("author_id", "id"), name="comment_author"),
        )
