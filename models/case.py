"""What an organisation does with a share, from the day it comes in to the day it is closed."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT
from models.post_share import Granted, SharePurpose


class CaseState(StrEnum):
    """Where a case stands."""

    RECEIVED = "RECEIVED"
    IN_PROGRESS = "IN_PROGRESS"
    REFERRED = "REFERRED"
    ANSWERED = "ANSWERED"
    CLOSED = "CLOSED"


class Case(Granted):
    """The follow-up of one share. `version` rises with each change, so that none is overwritten."""

    share_id: UUID
    share: Any = fields.OneToOneField("models.PostShare", related_name=False, on_delete=CASCADE)
    post_id: UUID
    post: Any = fields.ForeignKeyField("models.Post", related_name=False, on_delete=CASCADE)
    purpose = fields.CharEnumField(SharePurpose, max_length=20)
    state = fields.CharEnumField(CaseState, max_length=20, default=CaseState.RECEIVED)
    assignee_id: UUID | None
    assignee: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, on_delete=RESTRICT, null=True
    )
    due_on = fields.DateField(null=True)
    answer = fields.TextField(null=True)
    answered_at = fields.DatetimeField(null=True)
    satisfaction = fields.SmallIntField(null=True)
    satisfaction_word = fields.CharField(max_length=1000, null=True)
    closed_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "case"
        indexes = (
            Index(fields=("organisation_id", "state", "id"), name="case_organisation"),
            Index(fields=("resident_id", "id"), name="case_resident"),
        )


class CaseNote(Granted):
    """A note among the staff who hold the case. The resident never reads it."""

    case_id: UUID
    case: Any = fields.ForeignKeyField("models.Case", related_name=False, on_delete=CASCADE)
    staff_id: UUID | None
    staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, on_delete=RESTRICT, null=True
    )
    body = fields.TextField()

    class Meta:
        table = "case_note"
        indexes = (Index(fields=("case_id", "id"), name="case_note_case"),)


class ReferralState(StrEnum):
    """Whether the author agreed that another organisation takes over."""

    ASKED = "ASKED"
    AGREED = "AGREED"
    REFUSED = "REFUSED"


class Referral(Granted):
    """The question to the author whether another organisation may have the share as well."""

    case_id: UUID
    case: Any = fields.ForeignKeyField("models.Case", related_name=False, on_delete=CASCADE)
    to_organisation_id: UUID
    to_organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=CASCADE
    )
    reason = fields.CharField(max_length=1000)
    state = fields.CharEnumField(ReferralState, max_length=10, default=ReferralState.ASKED)

    class Meta:
        table = "referral"
        indexes = (
            Index(fields=("case_id", "id"), name="referral_case"),
            Index(fields=("resident_id", "id"), name="referral_resident"),
        )
