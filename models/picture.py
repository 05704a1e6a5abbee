"""A picture that belongs to a post: its words and measures; the file is in an object store."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Private
from models.post import Audience


class PictureState(StrEnum):
    """Where a picture stands. REFUSED: what was uploaded is no picture that we read."""

    AWAITED = "AWAITED"
    UPLOADED = "UPLOADED"
    READY = "READY"
    REFUSED = "REFUSED"


class PictureSize(StrEnum):
    """How large a picture is shown: its longer side."""

    SMALL = "SMALL"
    MEDIUM = "MEDIUM"
    LARGE = "LARGE"


class Picture(Private):
    """A picture of `author_id`; with a post, its `place` among the pictures of that.

    `audience` repeats the post's. `width` and `height` are those of the largest size, in pixels.
    """

    author_id: UUID
    author: Any = fields.ForeignKeyField("models.Membership", related_name=False, on_delete=CASCADE)
    post_id: UUID | None
    post: Any = fields.ForeignKeyField(
        "models.Post", related_name=False, on_delete=CASCADE, null=True
    )
    audience = fields.CharEnumField(Audience, max_length=20, default=Audience.NEIGHBOURHOOD)
    state = fields.CharEnumField(PictureState, max_length=10, default=PictureState.AWAITED)
    alt = fields.CharField(max_length=500)
    place = fields.SmallIntField(default=0)
    width = fields.IntField(null=True)
    height = fields.IntField(null=True)
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "picture"
        indexes = (("post_id", "place"), ("author_id", "id"), ("created_at",))
