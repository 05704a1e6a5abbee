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

    A talk of two has `pair_ids`, the two in the order of their ids, also when one of them has left;
    a DIRECT one is the only one of its pair. A MATCH belongs to `match_id`. `last_message_id` is
    the newest message, or its own id before the first: under the lock of this row, ids rise.
    """

    kind = fields.CharEnumField(ConversationKind, max_length=10)
    match_id: UUID | None
    match: Any = fields.OneToOneField(
        "models.HelpMatch", related_name=False, on_delete=CASCADE, null=True
    )
    title = fields.CharField(max_length=60, null=True)
    participant_ids: Any = ArrayField(element_type="uuid")
    pair_ids: Any = ArrayField(element_type="uuid", null=True)
    last_message_id = fields.UUIDField()

    class Meta:
        table = "conversation"


class Participant(Private):
    """One member's seat in a conversation: read up to `read_to_id`, left at `left_at`.

    `reader_ids` are who may see it: whoever takes part, and of a seat that was left, whoever took
    part then and has not left since. `last_message_id` is the newest message that the member may
    read, or the seat's own id before the first: the member's list of talks is paged by it.
    """

    conversation_id: UUID
    conversation: Any = fields.ForeignKeyField(
        "models.Conversation", related_name=False, on_delete=CASCADE
    )
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    reader_ids: Any = ArrayField(element_type="uuid")
    pair_ids: Any = ArrayField(element_type="uuid", null=True)
    last_message_id = fields.UUIDField()
    read_to_id = fields.UUIDField(null=True)
    left_at = fields.DatetimeField(null=True)

    class Meta:
        table = "participant"
        unique_together = (("conversation_id", "membership_id"),)
        indexes = (
            Index(fields=("membership_id", "last_message_id"), name="participant_membership"),
        )


class ChatMessage(Private):
    """What a participant wrote. `reader_ids`: who took part then, and has not left since.

    `pair_ids` repeats the conversation's. `deleted_at` makes it a tombstone without words.
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
    pair_ids: Any = ArrayField(element_type="uuid", null=True)
    body = fields.TextField()
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "chat_message"
        indexes = (
            Index(fields=("conversation_id", "id"), name="chat_message_conversation"),
            Index(fields=("author_id", "id"), name="chat_message_author"),
        )
