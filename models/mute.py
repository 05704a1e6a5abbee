"""That a resident does not want to hear a person: for the resident alone, who is never told of."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Private


class Mute(Private):
    """`resident_id` mutes the person `muted_id`, met as `membership_id` in a neighbourhood.

    One way, unlike a block: both go on seeing each other, and what is muted is set apart.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    muted_id: UUID
    muted: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )

    class Meta:
        table = "mute"
        unique_together = (("resident_id", "muted_id"),)
        indexes = (("muted_id",), ("membership_id",))
