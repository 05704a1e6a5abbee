"""Seats in a conversation: taken by who comes, left by who goes, and how many there are."""

from collections.abc import Collection, Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from models.base import uuid7
from models.database import connection
from resolvers import talk
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.work import Work

MOST = 8
ACTIVE = models.MembershipState.ACTIVE
GROUP, MATCH = models.ConversationKind.GROUP, models.ConversationKind.MATCH

AT_ONCE = 5_000

LEAVE = (
    """
    update conversation set participant_ids = array_remove(participant_ids, $2) where id = any($1)
    """,
    """
    update participant set reader_ids = array_remove(reader_ids, $2),
           left_at = case when membership_id = $2 then now() else left_at end
    where conversation_id = any($1) and $2 = any(reader_ids)
    """,
)
# so many rows a statement: one for all of a long talk might never be done in time
FORGET = """
update chat_message set reader_ids = array_remove(reader_ids, $2) where id = any(array(
    select id from chat_message where conversation_id = $1 and $2 = any(reader_ids) limit $3))
"""

Which = Annotated[UUID, Doc("Which conversation.")]
Whom = Annotated[
    list[UUID], Doc("The members, by their memberships in a neighbourhood of the viewer's.")
]


async def add_participants(
    work: Work, *, conversation_id: Which, membership_ids: Whom
) -> models.Conversation:
    """Bring neighbours into a conversation of several; they read what is written after that."""
    members = await addressees(work, membership_ids)
    conversation = await work.find(models.Conversation, conversation_id, "conversation")
    if conversation.kind is not GROUP:
        raise forbidden("A talk of two stays one.")
    if members[0].neighbourhood_id != conversation.neighbourhood_id:
        raise forbidden("Only members of one neighbourhood talk together.")
    ids = [each.id for each in members if each.id not in conversation.participant_ids]
    if len(conversation.participant_ids) + len(ids) > MOST:
        raise Refusal(RefusalCode.INVALID, f"At most {MOST} take part.", "membership_ids")
    await _check_never_left(work, conversation, ids)
    if ids:
        await take(conversation, ids)
        await talk.tell(work, talk.own_seat(work, conversation), conversation)
    return conversation


async def leave_conversation(work: Work, *, conversation_id: Which) -> models.Conversation:
    """Leave a conversation and all that was written in it; the others see that one has left."""
    conversation = await work.find(models.Conversation, conversation_id, "conversation")
    if conversation.kind is MATCH:
        raise forbidden("The talk of a match ends with the match.")
    own = talk.own_seat(work, conversation)
    await talk.tell(work, own, conversation)
    await _leave([conversation], own)
    while (await connection().execute_query(FORGET, [conversation.id, own, AT_ONCE]))[0]:
        continue
    return conversation


async def end_of_member(work: Work, membership_id: UUID) -> None:
    """Whoever does not live here any more takes part in nothing; who is no member reads nothing."""
    seats = models.Participant.filter(membership_id=membership_id, left_at=None)
    ids = await seats.values_list("conversation_id", flat=True)
    rows = models.Conversation.filter(id__in=ids).order_by("id")
    conversations = await rows.select_for_update()
    if conversations:
        await talk.tell(work, membership_id, *conversations)
        await _leave(conversations, membership_id)


async def addressees(work: Work, membership_ids: Sequence[UUID]) -> list[models.Membership]:
    """The members who may be written to, locked along with the viewer's own memberships.

    Raises `Refusal`: INVALID, NOT_FOUND for whom the viewer may not see, FORBIDDEN for who is not
    active, or not of a neighbourhood of the viewer's.
    """
    wanted = set(membership_ids)
    if not 1 <= len(wanted) < MOST:
        raise Refusal(RefusalCode.INVALID, f"Name 1 to {MOST - 1} members.", "membership_ids")
    if not wanted.isdisjoint(work.viewer.membership_ids):
        raise Refusal(RefusalCode.INVALID, "You take part anyway.", "membership_ids")
    both = work.visible(models.Membership).filter(id__in=wanted | work.viewer.membership_ids)
    locked = await both.order_by("id").select_for_update(no_key=True)
    members = [each for each in locked if each.id in wanted]
    if len(members) < len(wanted):
        raise not_found("member")
    _check_neighbours(locked, members, work.viewer.membership_ids)
    return members


async def take(conversation: models.Conversation, newcomers: Sequence[UUID]) -> None:
    """Give each a seat; who takes part sees the newcomers, and they see who takes part."""
    conversation.participant_ids = [*conversation.participant_ids, *newcomers]
    await conversation.save(update_fields=["participant_ids"])
    left = models.Participant.filter(conversation_id=conversation.id, membership_id__in=newcomers)
    returning = await left.values_list("membership_id", flat=True)
    await left.update(left_at=None, read_to_id=None, last_message_id=uuid7())
    await models.Participant.bulk_create(
        _seat(conversation, id) for id in newcomers if id not in returning
    )
    seated = models.Participant.filter(conversation_id=conversation.id, left_at=None)
    await seated.update(reader_ids=conversation.participant_ids)


def _seat(conversation: models.Conversation, membership_id: UUID) -> models.Participant:
    id = uuid7()
    return models.Participant(
        id=id,
        neighbourhood_id=conversation.neighbourhood_id,
        conversation_id=conversation.id,
        membership_id=membership_id,
        reader_ids=conversation.participant_ids,
        pair_ids=conversation.pair_ids,
        last_message_id=id,
    )


async def _leave(conversations: Sequence[models.Conversation], membership_id: UUID) -> None:
    ids = [each.id for each in conversations]
    for statement in LEAVE:
        await connection().execute_query(statement, [ids, membership_id])


def _check_neighbours(
    locked: Sequence[models.Membership],
    members: Sequence[models.Membership],
    own_ids: Collection[UUID],
) -> None:
    """All active, and in one neighbourhood where the viewer is, as of the moment of the lock."""
    homes = {row.neighbourhood_id for row in locked if row.id in own_ids and row.state is ACTIVE}
    if any(row.state is not ACTIVE or row.neighbourhood_id not in homes for row in members):
        raise forbidden("Only active members of your own neighbourhood can be written to.")
    if len({row.neighbourhood_id for row in members}) > 1:
        words = "Only members of one neighbourhood talk together."
        raise Refusal(RefusalCode.INVALID, words, "membership_ids")


async def _check_never_left(
    work: Work, conversation: models.Conversation, membership_ids: Collection[UUID]
) -> None:
    """Whoever has left is not brought back: leaving would be no way out."""
    seats = models.Participant.filter(conversation_id=conversation.id)
    if await seats.filter(membership_id__in=membership_ids).exists():
        raise forbidden("Somebody of them has left this conversation.")
