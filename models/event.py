"""What has happened: ids and the columns that rules read, never words."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Base
from models.post import Audience


class EventKind(StrEnum):
    """The kinds of thing that happen in a neighbourhood feed."""

    POST_PUBLISHED = "POST_PUBLISHED"
    POST_EDITED = "POST_EDITED"
    POST_REMOVED = "POST_REMOVED"
    POST_SOLVED = "POST_SOLVED"
    COMMENT_ADDED = "COMMENT_ADDED"
    COMMENT_EDITED = "COMMENT_EDITED"
    COMMENT_REMOVED = "COMMENT_REMOVED"
    REACTION_CHANGED = "REACTION_CHANGED"


class Event(Base):
    """One line of the outbox, written in the transaction of the change it tells of.

    The ids are no foreign keys: an event outlives its row, which is looked up when it is told.
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

    class Meta:
        table = "event"
        unique_together = (("stream_id", "sequence"),)
