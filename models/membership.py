"""One resident in one neighbourhood: the face that neighbours see."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations.constraints import UniqueConstraint

from models.base import CASCADE, SET_NULL, Private


class MembershipState(StrEnum):
    """Where a membership stands."""

    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    ENDED = "ENDED"


class MembershipRole(StrEnum):
    """What a member does in the neighbourhood."""

    RESIDENT = "RESIDENT"
    MODERATOR = "MODERATOR"
    NEIGHBOURHOOD_WORKER = "NEIGHBOURHOOD_WORKER"


class Verification(StrEnum):
    """How it was made sure that the member lives, or works, there."""

    LETTER = "LETTER"
    HOUSEHOLD = "HOUSEHOLD"
    STAFF = "STAFF"


class Membership(Private):
    """A resident's place in a neighbourhood: display name and street, never the house number.

    `nearby_count` counts the member's live items that were chosen for neighbours nearby; while
    it is above zero, residents of adjacent neighbourhoods may read the display name. A professional
    works for `organisation_id`. Until `suspended_until` an active membership opens nothing, and
    looks to neighbours as it did.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    household_id: UUID | None
    household: Any = fields.ForeignKeyField(
        "models.Household", related_name=False, on_delete=SET_NULL, null=True
    )
    organisation_id: UUID | None
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=SET_NULL, null=True
    )
    display_name = fields.CharField(max_length=60)
    street = fields.CharField(max_length=80, null=True)
    about = fields.CharField(max_length=1000, default="")
    role = fields.CharEnumField(MembershipRole, max_length=30, default=MembershipRole.RESIDENT)
    state = fields.CharEnumField(MembershipState, max_length=10, default=MembershipState.PENDING)
    verification = fields.CharEnumField(Verification, max_length=20, null=True)
    verified_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    nearby_count = fields.IntField(default=0)
    suspended_until = fields.DatetimeField(null=True)

    class Meta:
        table = "membership"
        indexes = (
            Index(fields=("neighbourhood_id", "state", "id"), name="membership_members"),
            ("resident_id",),
            ("household_id",),
        )
        constraints = (
            UniqueConstraint(
                fields=("resident_id", "neighbourhood_id"),
                name="membership_once",
                condition="state <> 'ENDED'",
            ),
        )
