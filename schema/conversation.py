"""The conversation: private chats of neighbours, and the talk inside a help match."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

import models
import resolvers.chat_message
import resolvers.conversation
import resolvers.help_match
import resolvers.participant
from auth import rules
from schema.field import batch, field, holds, made
from schema.help_match import HelpMatch
from schema.membership import Membership
from schema.node import Node, read_off
from schema.page import Connection


@strawberry.type(description="Somebody who takes part in a conversation, or did.")
class Participant:
    """Read off `models.Participant`."""

    id: UUID = field("Its id.")
    display_name: str = batch(resolvers.participant.display_names)
    member: Membership | None = batch(resolvers.participant.members)
    read_to: UUID | None = batch(resolvers.participant.read_to, personal=True)
    left_at: datetime | None = field("When they left, if they did.")


@strawberry.type(description="Words in a conversation.")
class ChatMessage(Node):
    """Read off `models.ChatMessage`."""

    is_type_of = read_off(models.ChatMessage)
    id: UUID = field("Its id; later messages have higher ones.")
    body: str | None = made(resolvers.chat_message.words)
    created_at: datetime = field("When it was written.")
    deleted_at: datetime | None = field("When its author erased it, if so.")
    is_mine: bool = holds(rules.AUTHOR, "Whether the viewer wrote it, and may erase it.")
    author_name: str = batch(resolvers.chat_message.author_names)
    author: Membership | None = batch(resolvers.chat_message.authors)
    conversation: Annotated["Conversation", strawberry.lazy("schema.conversation")] | None = batch(
        resolvers.conversation.of_messages, personal=True
    )


@strawberry.type(description="A private talk, read by those who take part and by nobody else.")
class Conversation(Node):
    """Read off `models.Conversation`."""

    is_type_of = read_off(models.Conversation)
    id: UUID = field("Its id.")
    kind: models.ConversationKind = field("What brought them together.")
    title: str | None = field("What it is about, if it is of more than two.")
    match: HelpMatch | None = batch(resolvers.help_match.of_conversations, personal=True)
    created_at: datetime = field("When it began.")
    is_open: bool = batch(resolvers.conversation.are_open, personal=True)
    participants: Connection[Participant] = batch(
        resolvers.participant.of_conversations, personal=True
    )
    messages: Connection[ChatMessage] = batch(
        resolvers.chat_message.of_conversations, personal=True
    )
    last_message: ChatMessage | None = batch(resolvers.chat_message.newest, personal=True)
    unread_count: int = batch(resolvers.chat_message.unread_counts, personal=True)
