"""The house rules of a neighbourhood, version by version, and who accepted which."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Private


class HouseRules(Private):
    """One version: what stands is the highest, and no version is ever changed."""

    version = fields.IntField()
    body = fields.TextField()

    class Meta:
        table = "house_rules"
        unique_together = (("neighbourhood_id", "version"),)


class RulesAcceptance(Private):
    """That a member accepted a version."""

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    version = fields.IntField()

    class Meta:
        table = "rules_acceptance"
        unique_together = (("membership_id", "version"),)
        indexes = (("resident_id",),)
