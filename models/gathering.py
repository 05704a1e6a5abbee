"""What a post of kind EVENT invites to, and who comes."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Private
from models.post import Audience


class AttendanceState(StrEnum):
    """Whether a member comes. WAITING is given by the platform, where there is no place left."""

    GOING = "GOING"
    MAYBE = "MAYBE"
    NOT_GOING = "NOT_GOING"
    WAITING = "WAITING"


class Gathering(Private):
    """The gathering behind a post, one each; `audience` repeats the post's.

    `starts_key` is a UUID of version 7 of the moment it starts: the calendar is paged by it.
    Counters are kept in the writing transaction; with a `capacity`, so many may be GOING.
    """

    post_id: UUID
    post: Any = fields.OneToOneField("models.Post", related_name=False, on_delete=CASCADE)
    author_id: UUID
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    audience = fields.CharEnumField(Audience, max_length=20)
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField(null=True)
    starts_key = fields.UUIDField(unique=True)
    place = fields.CharField(max_length=200)
    capacity = fields.IntField(null=True)
    going_count = fields.IntField(default=0)
    maybe_count = fields.IntField(default=0)
    waiting_count = fields.IntField(default=0)
    cancelled_at = fields.DatetimeField(null=True)
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "gathering"
        indexes = (
            Index(fields=("neighbourhood_id", "starts_key"), name="gathering_calendar"),
            ("author_id",),
        )


class Attendance(Private):
    """That a member comes, perhaps comes, or does not; `audience` repeats the post's.

    Whoever waits moves up in the order of `waits_since_id`. `remind_at` is `remind_minutes` before
    the start; `reminded_at` is when that was done.
    """

    post_id: UUID
    post: Any = fields.ForeignKeyField("models.Post", related_name=False, on_delete=CASCADE)
    gathering_id: UUID
    gathering: Any = fields.ForeignKeyField(
        "models.Gathering", related_name=False, on_delete=CASCADE
    )
    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    audience = fields.CharEnumField(Audience, max_length=20)
    state = fields.CharEnumField(AttendanceState, max_length=10)
    waits_since_id = fields.UUIDField(null=True)
    remind_minutes = fields.IntField(null=True)
    remind_at = fields.DatetimeField(null=True)
    reminded_at = fields.DatetimeField(null=True)

    class Meta:
        table = "attendance"
        unique_together = (("gathering_id", "membership_id"),)
        indexes = (
            Index(fields=("gathering_id", "state", "id"), name="attendance_list"),
            ("post_id",),
            ("membership_id",),
            ("resident_id", "id"),
            ("remind_at",),
        )
