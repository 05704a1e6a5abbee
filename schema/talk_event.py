"""What happens in the talk of neighbours, as each of them hears of it."""

from uuid import UUID

import strawberry

import models
from schema.conversation import ChatMessage, Conversation
from schema.event import ResidentEvent, of_kind, row, subject

Kind = models.EventKind


@strawberry.type(description="Somebody wrote in a conversation.")
class MessageSent(ResidentEvent):
    """Kind MESSAGE_SENT."""

    message: ChatMessage = row("The message.")
    is_type_of = of_kind(Kind.MESSAGE_SENT)


@strawberry.type(description="Somebody erased a message.")
class MessageRemoved(ResidentEvent):
    """Kind MESSAGE_REMOVED."""

    message_id: UUID = subject("The message that was.")
    is_type_of = of_kind(Kind.MESSAGE_REMOVED)


@strawberry.type(
    description="A conversation was begun, or somebody came, left, or read what was written."
)
class ConversationChanged(ResidentEvent):
    """Kind CONVERSATION_CHANGED."""

    conversation: Conversation = row("The conversation as it is now.")
    is_type_of = of_kind(Kind.CONVERSATION_CHANGED, gone=False)


@strawberry.type(description="A conversation is not to be seen any more.")
class ConversationGone(ResidentEvent):
    """Kind CONVERSATION_CHANGED."""

    conversation_id: UUID = subject("The conversation that was.")
    is_type_of = of_kind(Kind.CONVERSATION_CHANGED, gone=True)


@strawberry.type(description="A member is not to be seen any more: forget all that they wrote.")
class MemberHidden(ResidentEvent):
    """Kind MEMBER_HIDDEN."""

    membership_id: UUID = subject("The membership that was.")
    is_type_of = of_kind(Kind.MEMBER_HIDDEN)


KINDS = (MessageSent, MessageRemoved, ConversationChanged, ConversationGone, MemberHidden)
