"""What a post of kind HELP_REQUEST asks for, and how far it has come."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Private
from models.post import Audience


class Urgency(StrEnum):
    """How soon help is needed."""

    TODAY = "TODAY"
    THIS_WEEK = "THIS_WEEK"
    NO_HURRY = "NO_HURRY"


class HelpRequestState(StrEnum):
    """Where a request stands. MATCHED (helpers enough) is told to its author alone."""

    OPEN = "OPEN"
    MATCHED = "MATCHED"
    SOLVED = "SOLVED"
    WITHDRAWN = "WITHDRAWN"


class HelpRequest(Private):
    """The request behind a post, one each; `audience` repeats the post's.

    It is for `people` helpers, for about so many `minutes`, between `wanted_from` and
    `wanted_until`, each if it was said; `skill` is a slug of the catalogue. SOLVED goes with
    `solved_at` of the post. `asked_at` is when its author was asked whether it still stands, once;
    `confirmed_at` when that was answered.
    """

    post_id: UUID
    post: Any = fields.OneToOneField("models.Post", related_name=False, on_delete=CASCADE)
    author_id: UUID
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    audience = fields.CharEnumField(Audience, max_length=20)
    skill = fields.CharField(max_length=40, null=True)
    urgency = fields.CharEnumField(Urgency, max_length=10, default=Urgency.NO_HURRY)
    wanted_from = fields.DatetimeField(null=True)
    wanted_until = fields.DatetimeField(null=True)
    minutes = fields.IntField(null=True)
    people = fields.IntField(default=1)
    state = fields.CharEnumField(HelpRequestState, max_length=10, default=HelpRequestState.OPEN)
    asked_at = fields.DatetimeField(null=True)
    confirmed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "help_request"
        indexes = (
            Index(fields=("neighbourhood_id", "skill", "id"), name="help_request_skill"),
            Index(fields=("author_id", "id"), name="help_request_author"),
        )
