"""The keys by which a client repeats a mutation without repeating the change."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Base


class MutationKey(Base):
    """A key that a resident's client chose, the door it was used at, and the object it answered."""

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    key = fields.CharField(max_length=64)
    door = fields.CharField(max_length=60)
    fingerprint = fields.CharField(max_length=64)
    object_id = fields.UUIDField(null=True)

    class Meta:
        table = "mutation_key"
        unique_together = (("resident_id", "key"),)
        indexes = (("created_at",),)
