"""Notifications: why a resident is told of something, how soon, and where."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, SET_NULL, Base, Private
from models.event import EventKind


class Reason(StrEnum):
    """Why somebody is told: each has one switch."""

    POST = "POST"
    ANNOUNCEMENT = "ANNOUNCEMENT"
    ALERT = "ALERT"
    COMMENT = "COMMENT"
    THREAD = "THREAD"
    MENTION = "MENTION"
    EVENT = "EVENT"
    HELP = "HELP"
    MESSAGE = "MESSAGE"
    SHARE = "SHARE"
    VOLUNTEERING = "VOLUNTEERING"
    MODERATION = "MODERATION"


class Frequency(StrEnum):
    """How soon somebody is told."""

    NONE = "NONE"
    DIRECT = "DIRECT"
    HOURLY = "HOURLY"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"


class NotificationSwitch(Base):
    """How soon a resident wants to be told for one reason; without a row, what is usual."""

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    reason = fields.CharEnumField(Reason, max_length=20)
    frequency = fields.CharEnumField(Frequency, max_length=10)

    class Meta:
        table = "notification_switch"
        unique_together = (("resident_id", "reason"),)


class NotificationHours(Base):
    """The hours of a resident's day, in minutes since midnight by the clocks of the Low Countries.

    Nothing is sent from `quiet_from` until `quiet_until`; both null: there are no quiet hours.
    Digests come at `digest_at`.
    """

    resident_id: UUID
    resident: Any = fields.OneToOneField("models.Resident", related_name=False, on_delete=CASCADE)
    quiet_from = fields.SmallIntField(null=True)
    quiet_until = fields.SmallIntField(null=True)
    digest_at = fields.SmallIntField(default=8 * 60)

    class Meta:
        table = "notification_hours"


class LetterState(StrEnum):
    """Where a letter stands. DROPPED: nothing was left to say when it was to be sent."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    DROPPED = "DROPPED"
    FAILED = "FAILED"


class Letter(Base):
    """An e-mail to a resident, without its words: these are read when it is sent, and never kept.

    With `frequency` DIRECT it tells of the notifications that name it; another is a digest, which
    tells of the posts with ids after `after_id` up to `through_id` too.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    frequency = fields.CharEnumField(Frequency, max_length=10)
    state = fields.CharEnumField(LetterState, max_length=10, default=LetterState.QUEUED)
    after_id = fields.UUIDField(null=True)
    through_id = fields.UUIDField(null=True)
    settled_at = fields.DatetimeField(null=True)

    class Meta:
        table = "letter"
        indexes = (("resident_id", "id"), ("created_at",))


class Digest(Base):
    """When a resident's next digest of a frequency is due, and up to which post all was told."""

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    frequency = fields.CharEnumField(Frequency, max_length=10)
    due_at = fields.DatetimeField()
    told_id = fields.UUIDField()

    class Meta:
        table = "digest"
        unique_together = (("resident_id", "frequency"),)
        indexes = (("due_at",),)


class Notification(Private):
    """That a resident is told of an event, for one reason. It has ids, and never words.

    `author_id` is the membership whose doing it is, if it is anybody's.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    reason = fields.CharEnumField(Reason, max_length=20)
    event_id = fields.UUIDField()
    kind = fields.CharEnumField(EventKind, max_length=30)
    author_id = fields.UUIDField(null=True)
    post_id = fields.UUIDField(null=True)
    comment_id = fields.UUIDField(null=True)
    subject_id = fields.UUIDField(null=True)
    read_at = fields.DatetimeField(null=True)
    letter_id: UUID | None
    letter: Any = fields.ForeignKeyField(
        "models.Letter", null=True, related_name=False, on_delete=SET_NULL
    )

    class Meta:
        table = "notification"
        unique_together = (("resident_id", "event_id"),)
        indexes = (("resident_id", "id"), ("letter_id",), ("created_at",))


class PushDevice(Base):
    """A browser that takes web push: its address at a push service and the keys it reads with.

    The address is a secret of the browser's; `hash` is its SHA-256, by which it is known again.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    client = fields.CharField(max_length=200)
    hash = fields.CharField(max_length=64, unique=True)
    endpoint = fields.CharField(max_length=1000)
    public_key = fields.CharField(max_length=100)
    auth_secret = fields.CharField(max_length=40)
    failure_count = fields.IntField(default=0)

    class Meta:
        table = "push_device"
        indexes = (("resident_id", "id"),)
