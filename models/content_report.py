"""What a resident brings before the moderators of the neighbourhood, and what comes back."""

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


class ReportOutcome(StrEnum):
    """What came of a report, as whoever made it reads it."""

    WAITING = "WAITING"
    ACTED = "ACTED"
    NOT_ACTED = "NOT_ACTED"


class ContentReport(Private):
    """A report by `resident_id`, whom nobody else is ever told, about what `accused_id` wrote.

    Nobody but that resident reads this row: moderators read the case, which has its reason and
    note, and not whose they are.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    case_id: UUID
    case: Any = fields.ForeignKeyField(
        "models.ModerationCase", related_name=False, on_delete=CASCADE
    )
    accused_id: UUID
    accused: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    reason = fields.CharEnumField(ReportReason, max_length=20)
    note = fields.CharField(max_length=1000, default="")
    outcome = fields.CharEnumField(ReportOutcome, max_length=10, default=ReportOutcome.WAITING)
    answer = fields.CharField(max_length=500, default="")
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "content_report"
        unique_together = (("resident_id", "case_id"),)
        indexes = (("case_id",), ("accused_id",))


class ReportedMessage(Private):
    """A message as it stood when it was reported, or one of those around it.

    A copy: the moderators read this, and never the conversation. `resident_id` is who is accused.
    """

    case_id: UUID
    case: Any = fields.ForeignKeyField(
        "models.ModerationCase", related_name=False, on_delete=CASCADE
    )
    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    message_id = fields.UUIDField()
    author_id: UUID
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    body = fields.TextField()
    sent_at = fields.DatetimeField()

    class Meta:
        table = "reported_message"
        indexes = (Index(fields=("case_id", "id"), name="reported_message_case"),)
