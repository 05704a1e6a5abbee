"""That a resident does not want to meet a person here: each is hidden from the other."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Private


class Block(Private):
    """`resident_id` blocks the person `blocked_id`, met as `membership_id` in a neighbourhood.

    It is between persons: it holds in every neighbourhood where the two are, and both ways.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    blocked_id: UUID
    blocked: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )

    class Meta:
        table = "block"
        unique_together = (("resident_id", "blocked_id"),)
        indexes = (("blocked_id",), ("membership_id",))
