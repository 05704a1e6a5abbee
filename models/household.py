"""The household, the counted unit, and the codes that invite its residents."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, SET_NULL, Private


class Household(Private):
    """One front door: a street and a house number; several residents may live behind it."""

    street = fields.CharField(max_length=80)
    house_number = fields.CharField(max_length=20)
    registered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "household"
        unique_together = (("neighbourhood_id", "street", "house_number"),)


class InvitationKind(StrEnum):
    """How an invitation reached the household."""

    LETTER = "LETTER"
    HOUSEHOLD = "HOUSEHOLD"


class InvitationCode(Private):
    """A single-use code for one household; only its SHA-256 is stored."""

    household_id: UUID
    household: Any = fields.ForeignKeyField(
        "models.Household", related_name=False, on_delete=CASCADE
    )
    kind = fields.CharEnumField(InvitationKind, max_length=20)
    hash = fields.CharField(max_length=64, unique=True)
    issued_by_id: UUID | None
    issued_by: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=SET_NULL, null=True
    )
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "invitation_code"
        indexes = (("issued_by_id", "id"), ("household_id",))
