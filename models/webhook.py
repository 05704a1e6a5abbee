"""Where an organisation wants to be told of what happens, and each attempt to tell it."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Base
from models.event import EventKind


class Webhook(Base):
    """An address that is told of `kinds` of event, with the rights of who made it.

    `token_id` is the token it was made with, if it was not a person: it acts no wider than that
    token, or the one it was rotated into, may. Its signing secret is derived from the server's
    and `secret_version`: it is stored nowhere.
    `told_sequence` is how far the organisation's stream was read for it.
    """

    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=CASCADE
    )
    issued_by_id: UUID
    issued_by: Any = fields.ForeignKeyField("models.Staff", related_name=False, on_delete=RESTRICT)
    token_id: UUID | None
    token: Any = fields.ForeignKeyField(
        "models.ApiToken", related_name=False, on_delete=RESTRICT, null=True
    )
    url = fields.CharField(max_length=500)
    kinds: Any = ArrayField(element_type="text")
    secret_version = fields.IntField(default=1)
    told_sequence = fields.BigIntField()
    failure_count = fields.IntField(default=0)
    paused_at = fields.DatetimeField(null=True)
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "webhook"
        indexes = (("organisation_id", "id"),)


class DeliveryState(StrEnum):
    """Where a delivery stands. WITHDRAWN: what it told of may not be told any more."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    WITHDRAWN = "WITHDRAWN"


class WebhookDelivery(Base):
    """One event on its way to one address: ids only, never words."""

    webhook_id: UUID
    webhook: Any = fields.ForeignKeyField("models.Webhook", related_name=False, on_delete=CASCADE)
    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=CASCADE
    )
    event_id = fields.UUIDField()
    sequence = fields.BigIntField()
    kind = fields.CharEnumField(EventKind, max_length=30)
    subject_id = fields.UUIDField()
    state = fields.CharEnumField(DeliveryState, max_length=10, default=DeliveryState.PENDING)
    attempts = fields.IntField(default=0)
    next_attempt_at = fields.DatetimeField()
    status = fields.IntField(null=True)
    error = fields.CharField(max_length=200, null=True)
    delivered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "webhook_delivery"
        unique_together = (("webhook_id", "event_id"),)
        indexes = (Index(fields=("webhook_id", "id"), name="webhook_delivery_log"),)
