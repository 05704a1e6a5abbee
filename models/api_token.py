"""The credential of a partner's program: scopes, neighbourhoods and an end."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from models.base import CASCADE, RESTRICT, SET_NULL, Base


class ApiToken(Base):
    """An organisation's token; only its SHA-256 is stored, and enough of it to recognise it by.

    `scopes` are those of `auth.scope`, `neighbourhood_ids` null means all that are covered, and
    `replaces_id` is the token it was rotated from.
    """

    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=CASCADE
    )
    unit_id: UUID | None
    unit: Any = fields.ForeignKeyField(
        "models.Unit", related_name=False, on_delete=RESTRICT, null=True
    )
    issued_by_id: UUID
    issued_by: Any = fields.ForeignKeyField("models.Staff", related_name=False, on_delete=RESTRICT)
    name = fields.CharField(max_length=60)
    prefix = fields.CharField(max_length=20)
    last_four = fields.CharField(max_length=4)
    hash = fields.CharField(max_length=64, unique=True)
    scopes: Any = ArrayField(element_type="text")
    neighbourhood_ids: Any = ArrayField(element_type="uuid", null=True)
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    use_count = fields.BigIntField(default=0)
    replaces_id: UUID | None
    replaces: Any = fields.ForeignKeyField(
        "models.ApiToken", related_name=False, on_delete=SET_NULL, null=True
    )

    class Meta:
        table = "api_token"
        indexes = (("organisation_id", "id"), ("issued_by_id",))
