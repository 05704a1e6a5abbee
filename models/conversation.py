"""Private talk: inside a help match, or a chat of two or a few neighbours."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Private


class ConversationKind(StrEnum):
    """What brought the participants together. Only a GROUP has more than two."""

    MATCH = "MATCH"
    DIRECT = "DIRECT"
    GROUP = "GROUP"


class Conversation(Private):
    """A conversation; `participant_ids` are the memberships that take part at this moment.

    A MATCH belongs to `match_id`. `last_message_id` is the newest message, or its own id before the
    first: ids rise with time, so that it is what a list by activity is paged by.
    """

    kind = fields.CharEnumField(ConversationKind, max_length=10)
    match_id: UUID | None
    match: Any = fields.OneToOneField(
        "models.HelpMatch", related_name=False, on_delete=CASCADE, null=True
    )
    title = fields.CharField(max_length=60, null=True)
    participant_ids: Any = ArrayField(element_type="uuid")
    last_message_id = fields.UUIDField()

    class Meta:
        table = "conversation"


class Participant(Private):
    """One member's seat in a conversation: read up to `read_to_id`, left at `left_at`."""

    conversation_id: UUID
    conversation: Any = fields.ForeignKeyField(
        "models.Conversation", related_name=False, on_delete=CASCADE
    )
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    read_to_id = fields.UUIDField(null=True)
    left_at = fields.DatetimeField(null=True)

    class Meta:
        table = "participant"
        unique_together = (("conversation_id", "membership_id"),)
        indexes = (Index(fields=("membership_id", "id"), name="participant_membership"),)


class ChatMessage(Private):
    """What a participant wrote. `reader_ids`: who took part then, and has not left since.

    `deleted_at` makes it a tombstone without words.
    """

    conversation_id: UUID
    conversation: Any = fields.ForeignKeyField(
        "models.Conversation", related_name=False, on_delete=CASCADE
    )
    author_id: UUID
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    reader_ids: Any = ArrayField(element_type="uuid")
    body = fields.TextField()
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "chat_message"
        indexes = (
            Index(fields=("conversation_id", "id"), name="chat_message_conversation"),
            Index(fields=("author_id", "id"), name="chat_message_author"),
        )
