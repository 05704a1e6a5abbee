"""A guardian's leave for a minor of the same household to help and be helped."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Private


class GuardianLeave(Private):
    """`guardian_id`, an adult member of the household, lets the minor `membership_id` be matched.

    `resident_id` is the minor. It holds until `expires_at`, and can be taken back before.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    guardian_id: UUID
    guardian: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "guardian_leave"
        indexes = (("membership_id",), ("guardian_id",), ("resident_id",))
