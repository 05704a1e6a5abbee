"""What moderators decided in a case, why, and what became of it."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Private
from models.moderation_case import ReportSubject


class ModerationMeasure(StrEnum):
    """What is done about what was reported."""

    NOTHING = "NOTHING"
    HIDE = "HIDE"
    CLOSE_COMMENTS = "CLOSE_COMMENTS"
    WARN = "WARN"
    SUSPEND = "SUSPEND"
    END_MEMBERSHIP = "END_MEMBERSHIP"


class DecisionState(StrEnum):
    """Where a decision stands."""

    STANDING = "STANDING"
    APPEALED = "APPEALED"
    UPHELD = "UPHELD"
    LIFTED = "LIFTED"


class DecisionStep(StrEnum):
    """What is done about a decision."""

    APPEAL = "APPEAL"
    LIFT = "LIFT"
    UPHOLD = "UPHOLD"


class ModerationDecision(Private):
    """One measure against `resident_id`, who reads it with its `reason`; a line of the log.

    `decided_by_id` and the case are for moderators alone. `body` holds the words that it is about,
    for their author and to give them back. What is hidden by it was hidden at `hidden_at`. That
    nothing was done is never told to whom it is about.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    accused_id: UUID
    accused: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    case_id: UUID
    case: Any = fields.ForeignKeyField(
        "models.ModerationCase", related_name=False, on_delete=CASCADE
    )
    decided_by_id: UUID
    decided_by: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    subject = fields.CharEnumField(ReportSubject, max_length=10)
    subject_id = fields.UUIDField()
    post_id = fields.UUIDField(null=True)
    body = fields.TextField()
    measure = fields.CharEnumField(ModerationMeasure, max_length=20)
    reason = fields.CharField(max_length=1000)
    until = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    state = fields.CharEnumField(DecisionState, max_length=10, default=DecisionState.STANDING)
    appeal = fields.CharField(max_length=2000, default="")
    appealed_at = fields.DatetimeField(null=True)
    answer = fields.CharField(max_length=1000, default="")
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "moderation_decision"
        unique_together = (("case_id", "measure"),)
        indexes = (
            Index(fields=("neighbourhood_id", "id"), name="moderation_decision_log"),
            Index(fields=("resident_id", "id"), name="moderation_decision_resident"),
            ("accused_id",),
            ("decided_by_id",),
        )
