"""Participants: who takes part in a conversation, and how far each has read."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from tortoise.expressions import RawSQL
from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers import membership, talk
from resolvers.context import Context
from resolvers.page import Window, pages_of
from resolvers.refusal import not_found
from resolvers.relation import One, Onward
from resolvers.work import Work

# the conversation of the seat that is the parent, and how far its member has read there
OF_SEAT = RawSQL("(select conversation_id from participant where id = parent.id)")
READ_TO = "(select read_to_id from participant where id = parent.id)"

Seats = Sequence[models.Participant]


of_conversations = Onward(
    "Who takes part, and who has left since the viewer came, in the order of their coming.",
    models.Participant,
    "conversation_id",
    newest_first=False,
)


members = One(
    "The profile; null where the viewer may not open it, as that of a helper from elsewhere.",
    models.Membership,
    "membership_id",
)


async def display_names(seats: Seats, _context: Context) -> list[str]:
    """The name by which the neighbours know them."""
    names = await membership.names_of([seat.membership_id for seat in seats])
    return [names[seat.membership_id].display_name for seat in seats]


async def read_to(seats: Seats, context: Context) -> list[UUID | None]:
    """The newest message they have read, of those that the viewer can read; null for none."""
    messages = visible(models.ChatMessage, context.viewer).filter(conversation_id=OF_SEAT)
    read = messages.filter(id__lte=RawSQL(READ_TO))
    pages = await pages_of(read, Window(1), None, [seat.id for seat in seats])
    return [page.nodes[0].id if page.nodes else None for page in pages]


async def mark_read(
    work: Work,
    *,
    conversation_id: Annotated[UUID, Doc("In which conversation.")],
    message_id: Annotated[UUID, Doc("All up to this message is read; a mark never goes back.")],
) -> models.Conversation:
    """Say how far one has read; the others who take part see it."""
    conversation = await work.visible(models.Conversation).get_or_none(id=conversation_id)
    if conversation is None:
        raise not_found("conversation")
    messages = work.visible(models.ChatMessage).filter(conversation_id=conversation.id)
    if not await messages.filter(id=message_id).exists():
        raise not_found("message")
    own = talk.own_seat(work, conversation)
    seats = work.visible(models.Participant).select_for_update()
    seat = await seats.get(conversation_id=conversation.id, membership_id=own)
    if seat.read_to_id is None or seat.read_to_id < message_id:
        seat.read_to_id = message_id
        await seat.save(update_fields=["read_to_id"])
        await talk.tell(work, own, conversation)
    return conversation
