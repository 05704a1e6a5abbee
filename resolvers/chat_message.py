"""Messages: what is written in a conversation, in order, and erased by its author alone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from tortoise.expressions import RawSQL
from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from models.base import uuid7_after
from resolvers import conversation, membership, participant, seat, talk
from resolvers.context import Context
from resolvers.lateral import counts_of
from resolvers.page import Window, pages_of
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.relation import Many, One
from resolvers.text import checked
from resolvers.work import Work

BODY = 4_000
MOST_UNREAD = 99

Conversations = Sequence[models.Conversation]
Messages = Sequence[models.ChatMessage]


of_conversations = Many(
    "What was written since the viewer came, oldest first: ask for the `last` ones.",
    models.ChatMessage,
    "conversation_id",
    newest_first=False,
)


async def newest(conversations: Conversations, context: Context) -> list[models.ChatMessage | None]:
    """The newest message that the viewer can read."""
    messages = visible(models.ChatMessage, context.viewer)
    ids = [each.id for each in conversations]
    pages = await pages_of(messages, Window(1), "conversation_id", ids)
    return [page.nodes[0] if page.nodes else None for page in pages]


async def unread_counts(conversations: Conversations, context: Context) -> list[int]:
    """How many messages of others the viewer has not read; 99 at most."""
    mine = rules.OWN_MEMBERSHIP.where(context.viewer)
    wanted = {each.id for each in conversations}
    rows = visible(models.Participant, context.viewer).filter(mine, conversation_id__in=wanted)
    seats = {seat.conversation_id: seat.id for seat in await rows}
    others = visible(models.ChatMessage, context.viewer).filter(
        conversation_id=participant.OF_SEAT, deleted_at__isnull=True
    )
    unread = others.exclude(author_id__in=context.viewer.membership_ids).filter(
        id__gt=RawSQL(f"coalesce({participant.READ_TO}, '{UUID(int=0)}')")
    )
    counts = await counts_of(unread.limit(MOST_UNREAD), None, list(seats.values()))
    unread_in = dict(zip(seats, counts, strict=True))
    return [unread_in.get(each.id, 0) for each in conversations]


def words(message: models.ChatMessage) -> str | None:
    """Its words; null when its author erased them."""
    return None if message.deleted_at else message.body


authors = One(
    "Who wrote it; null where the viewer may not open the profile.", models.Membership, "author_id"
)


async def author_names(messages: Messages, _context: Context) -> list[str]:
    """The name by which the neighbours know who wrote it."""
    names = await membership.names_of([message.author_id for message in messages])
    return [names[message.author_id].display_name for message in messages]


async def send_message(
    work: Work,
    *,
    conversation_id: seat.Which,
    body: Annotated[str, Doc("The words, at most 4,000 characters.")],
) -> models.ChatMessage:
    """Write in a conversation in which the viewer takes part."""
    within = await work.find(models.Conversation, conversation_id, "conversation")
    if within.id not in await conversation.open_among(work.viewer, [within]):
        raise Refusal(RefusalCode.CONFLICT, "This conversation is closed.", "conversation_id")
    message = await models.ChatMessage.create(
        id=uuid7_after(within.last_message_id),
        neighbourhood_id=within.neighbourhood_id,
        conversation_id=within.id,
        author_id=talk.own_seat(work, within),
        reader_ids=within.participant_ids,
        pair_ids=within.pair_ids,
        body=checked(body, "body", BODY),
    )
    await _move_up(work, within, message)
    kind = models.EventKind.MESSAGE_SENT
    await talk.tell(work, message.author_id, within, kind=kind, row=message)
    return message


async def delete_message(
    work: Work, *, message_id: Annotated[UUID, Doc("Which message.")]
) -> models.ChatMessage:
    """Erase a message of one's own; an empty place keeps the conversation readable."""
    message = await work.find(models.ChatMessage, message_id, "message")
    if message.deleted_at is not None:
        raise not_found("message")
    if not rules.AUTHOR.holds(work.viewer, message):
        raise forbidden("Only its author may erase a message.")
    message.body, message.deleted_at = "", datetime.now(UTC)
    await message.save(update_fields=["body", "deleted_at"])
    [within] = await work.visible(models.Conversation).filter(id=message.conversation_id)
    kind = models.EventKind.MESSAGE_REMOVED
    await talk.tell(work, message.author_id, within, kind=kind, row=message)
    return message


async def _move_up(work: Work, within: models.Conversation, message: models.ChatMessage) -> None:
    """The conversation stands first in the list of each who can read the message.

    It is locked, and the id is above that of the message before: whatever their clocks say, who
    writes at the same moment writes in order.
    """
    within.last_message_id = message.id
    await within.save(update_fields=["last_message_id"])
    seats = models.Participant.filter(conversation_id=within.id, left_at=None)
    readers = seats.exclude(membership_id__in=work.viewer.blocked)
    await readers.update(last_message_id=message.id)
    await seats.filter(membership_id=message.author_id).update(read_to_id=message.id)
