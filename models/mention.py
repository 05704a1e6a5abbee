"""A member who is named in a post or a comment, and told of it."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Private
from models.post import Audience


class Mention(Private):
    """That `membership_id` is mentioned by `author_id`; `audience` repeats the post's."""

    post_id: UUID
    post: Any = fields.ForeignKeyField("models.Post", related_name=False, on_delete=CASCADE)
    comment_id: UUID | None
    comment: Any = fields.ForeignKeyField(
        "models.Comment", related_name=False, on_delete=CASCADE, null=True
    )
    author_id: UUID
    author: Any = fields.ForeignKeyField("models.Membership", related_name=False, on_delete=CASCADE)
    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    audience = fields.CharEnumField(Audience, max_length=20)

    class Meta:
        table = "mention"
        indexes = (
            ("post_id",),
            ("comment_id",),
            ("resident_id", "id"),
            ("author_id",),
            ("membership_id",),
        )
