"""What has happened: ids and the columns that rules read, never words."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Base
from models.post import Audience


class EventKind(StrEnum):
    """The kinds of thing that happen, on the stream of whoever may hear of it."""

    POST_PUBLISHED = "POST_PUBLISHED"
    POST_EDITED = "POST_EDITED"
    POST_REMOVED = "POST_REMOVED"
    POST_SOLVED = "POST_SOLVED"
    COMMENT_ADDED = "COMMENT_ADDED"
    COMMENT_EDITED = "COMMENT_EDITED"
    COMMENT_REMOVED = "COMMENT_REMOVED"
    REACTION_CHANGED = "REACTION_CHANGED"
    SHARE_GRANTED = "SHARE_GRANTED"
    SHARE_ENDED = "SHARE_ENDED"
    SHARED_COMMENTS_CHANGED = "SHARED_COMMENTS_CHANGED"
    COMMENT_SHARE_CHANGED = "COMMENT_SHARE_CHANGED"
    CASE_CHANGED = "CASE_CHANGED"
    REFERRAL_CHANGED = "REFERRAL_CHANGED"
    REPLY_ADDED = "REPLY_ADDED"
    REPLY_EDITED = "REPLY_EDITED"
    REPLY_REMOVED = "REPLY_REMOVED"
    VOLUNTEER_CHANGED = "VOLUNTEER_CHANGED"
    CONTACT_CHANGED = "CONTACT_CHANGED"
    ACCESS_RECORDED = "ACCESS_RECORDED"
    HELP_WANTED = "HELP_WANTED"
    HELP_REQUEST_ASKED = "HELP_REQUEST_ASKED"
    HELP_MATCH_CHANGED = "HELP_MATCH_CHANGED"
    GUARDIAN_LEAVE_CHANGED = "GUARDIAN_LEAVE_CHANGED"
    CONVERSATION_CHANGED = "CONVERSATION_CHANGED"
    MESSAGE_SENT = "MESSAGE_SENT"
    MESSAGE_REMOVED = "MESSAGE_REMOVED"
    MEMBER_HIDDEN = "MEMBER_HIDDEN"
    CONTENT_REPORTED = "CONTENT_REPORTED"
    NOTIFICATION_ADDED = "NOTIFICATION_ADDED"
    CASE_DECIDED = "CASE_DECIDED"
    REPORT_ANSWERED = "REPORT_ANSWERED"
    DECISION_CHANGED = "DECISION_CHANGED"
    ATTENDANCE_CHANGED = "ATTENDANCE_CHANGED"
    GATHERING_CHANGED = "GATHERING_CHANGED"
    REMINDER_DUE = "REMINDER_DUE"
    MENTIONED = "MENTIONED"
    PICTURE_CHANGED = "PICTURE_CHANGED"


class Event(Base):
    """One line of the outbox, written in the transaction of the change it tells of.

    The ids are no foreign keys: an event outlives its row, which is looked up when it is told.
    On an organisation's stream `scope` is what a listener needs and `unit_id` who holds the matter;
    on a resident's, `resident_id` is the resident. `subject_id` is the share, case, consent...
    """

    stream_id: UUID
    stream: Any = fields.ForeignKeyField("models.Stream", related_name=False, on_delete=CASCADE)
    sequence = fields.BigIntField()
    kind = fields.CharEnumField(EventKind, max_length=30)
    neighbourhood_id = fields.UUIDField(null=True)
    audience = fields.CharEnumField(Audience, max_length=20, null=True)
    author_id = fields.UUIDField(null=True)
    post_id = fields.UUIDField(null=True)
    comment_id = fields.UUIDField(null=True)
    subject_id = fields.UUIDField(null=True)
    resident_id = fields.UUIDField(null=True)
    organisation_id = fields.UUIDField(null=True)
    unit_id = fields.UUIDField(null=True)
    scope = fields.CharField(max_length=30, null=True)

    class Meta:
        table = "event"
        unique_together = (("stream_id", "sequence"),)
        # what is old is looked for once a minute
        indexes = (("created_at", "stream_id"),)
