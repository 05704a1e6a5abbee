"""What a resident has begun to write, and nobody else reads."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Private
from models.post import Audience, PostKind
from models.resident import Language


class Draft(Private):
    """A post that is not published yet. It is kept for 90 days after it was last changed."""

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    kind = fields.CharEnumField(PostKind, max_length=20)
    audience = fields.CharEnumField(Audience, max_length=20, default=Audience.NEIGHBOURHOOD)
    language = fields.CharEnumField(Language, max_length=2, null=True)
    title = fields.CharField(max_length=120, null=True)
    body = fields.TextField()
    updated_at = fields.DatetimeField(auto_now=True)

    class Meta:
        table = "draft"
        indexes = (("resident_id", "id"), ("updated_at",))
