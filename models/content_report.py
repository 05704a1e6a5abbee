"""What a resident brings before the moderators of the neighbourhood."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Private


class ReportReason(StrEnum):
    """Which house rule was broken."""

    HARASSMENT = "HARASSMENT"
    DISCRIMINATION = "DISCRIMINATION"
    PRIVACY = "PRIVACY"
    FRAUD = "FRAUD"
    ADVERTISING = "ADVERTISING"
    OTHER = "OTHER"


class ContentReport(Private):
    """A report by `resident_id`, whom nobody else is ever told, about what `accused_id` wrote."""

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    accused_id: UUID
    accused: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    message_id = fields.UUIDField()
    reason = fields.CharEnumField(ReportReason, max_length=20)
    note = fields.CharField(max_length=1000, default="")

    class Meta:
        table = "content_report"
        unique_together = (("resident_id", "message_id"),)
        indexes = (
            Index(fields=("neighbourhood_id", "id"), name="content_report_neighbourhood"),
            ("accused_id",),
        )


class ReportedMessage(Private):
    """A message as it stood when it was reported, or one of those around it.

    A copy: the moderators read this, and never the conversation.
    """

    report_id: UUID
    report: Any = fields.ForeignKeyField(
        "models.ContentReport", related_name=False, on_delete=CASCADE
    )
    accused_id: UUID
    accused: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    message_id = fields.UUIDField()
    author_id: UUID
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    body = fields.TextField()
    sent_at = fields.DatetimeField()

    class Meta:
        table = "reported_message"
        indexes = (Index(fields=("report_id", "id"), name="reported_message_report"),)
