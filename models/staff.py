"""The people who work for an organisation, and what each of them does there."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, RESTRICT, Base


class StaffRole(StrEnum):
    """What somebody does for the organisation; each role opens some scopes (`auth.scope`)."""

    MANAGER = "MANAGER"
    EDITOR = "EDITOR"
    CASE_WORKER = "CASE_WORKER"
    ANALYST = "ANALYST"


class Staff(Base):
    """One person in one organisation; `unit_id` null: for the whole of it.

    Until the invitation is taken up `resident_id` is null and `invitation_hash`, the SHA-256 of a
    single-use code, stands for the person. `ended_at` takes all rights away at once.
    """

    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=CASCADE
    )
    unit_id: UUID | None
    unit: Any = fields.ForeignKeyField(
        "models.Unit", related_name=False, on_delete=RESTRICT, null=True
    )
    resident_id: UUID | None
    resident: Any = fields.ForeignKeyField(
        "models.Resident", related_name=False, on_delete=CASCADE, null=True
    )
    role = fields.CharEnumField(StaffRole, max_length=20)
    name = fields.CharField(max_length=60)
    invitation_hash = fields.CharField(max_length=64, null=True, unique=True)
    invitation_expires_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "staff"
        indexes = (("organisation_id", "id"), ("resident_id",))
