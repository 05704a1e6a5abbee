"""A neighbourhood next door that a resident wants to read of."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Private


class Follow(Private):
    """That a resident follows a neighbourhood: it opens nothing that was not open before."""

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)

    class Meta:
        table = "follow"
        unique_together = (("resident_id", "neighbourhood_id"),)
