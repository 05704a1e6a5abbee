"""What moderators judge: one thing that was reported, by however many, and never by whom."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Private


class ReportSubject(StrEnum):
    """What is reported."""

    POST = "POST"
    COMMENT = "COMMENT"
    MESSAGE = "MESSAGE"
    PROFILE = "PROFILE"


class ModerationCase(Private):
    """A thing as it stood when it was first reported; one undecided case of each.

    `resident_id` is the person it is about, who never reads it, and `accused_id` the membership.
    `reasons` and `notes` are those of all reports, in the order of the alphabet: no row of a report
    is read by a moderator, so that neither an id nor an order tells of whoever made it.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    accused_id: UUID
    accused: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    subject = fields.CharEnumField(ReportSubject, max_length=10)
    subject_id = fields.UUIDField()
    post_id = fields.UUIDField(null=True)
    body = fields.TextField()
    reasons: Any = ArrayField(element_type="TEXT", default=list)
    notes: Any = ArrayField(element_type="TEXT", default=list)
    decided_at = fields.DatetimeField(null=True)

    class Meta:
        table = "moderation_case"
        indexes = (
            Index(fields=("neighbourhood_id", "id"), name="moderation_case_neighbourhood"),
            ("accused_id",),
            ("resident_id",),
        )
