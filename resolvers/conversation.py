"""Conversations: private chats of two or a few neighbours, and the talk inside a help match."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.viewer import Viewer
from auth.visibility import visible
from models.base import uuid7
from resolvers import seat, talk
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode
from resolvers.relation import One
from resolvers.text import checked_line
from resolvers.work import Work

TITLE = 60
DIRECT, GROUP, MATCH = (
    models.ConversationKind.DIRECT,
    models.ConversationKind.GROUP,
    models.ConversationKind.MATCH,
)
OVER = (models.HelpMatchState.DECLINED, models.HelpMatchState.WITHDRAWN)
OF_RESIDENT = "select id from membership where resident_id = parent.id"


async def conversation(context: Context, *, id: seat.Which) -> models.Conversation | None:
    """One conversation; null when there is none in which the viewer takes part."""
    return await visible(models.Conversation, context.viewer).get_or_none(id=id)


async def of_residents(
    residents: Sequence[models.Resident],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Conversation]]:
    """The conversations in which the person takes part, the one with the newest message first."""
    seats = visible(models.Participant, context.viewer)
    own = seats.filter(rules.OWN_MEMBERSHIP.where(context.viewer))
    window = Window(first, after, by="last_message_id")
    ids = [resident.id for resident in residents]
    pages = await pages_of(own, window, "membership_id", ids, through=OF_RESIDENT)
    wanted = {each.conversation_id for page in pages for each in page.nodes}
    rows = await visible(models.Conversation, context.viewer).filter(id__in=wanted)
    found = {row.id: row for row in rows}
    return [_of_seats(page, found) for page in pages]


of_messages = One("The conversation it was written in.", models.Conversation, "conversation_id")


async def of_matches(
    matches: Sequence[models.HelpMatch], context: Context
) -> list[models.Conversation | None]:
    """The talk of the two, once both have accepted; null for who does not take part in it."""
    rows = visible(models.Conversation, context.viewer).filter(match_id__in=[m.id for m in matches])
    talks = {talk.match_id: talk for talk in await rows}
    return [talks.get(match.id) for match in matches]


async def are_open(conversations: Sequence[models.Conversation], context: Context) -> list[bool]:
    """Whether one can write: not alone, and not in the talk of a match that came to nothing."""
    opened = await open_among(context.viewer, conversations)
    return [each.id in opened for each in conversations]


async def open_among(viewer: Viewer, conversations: Sequence[models.Conversation]) -> set[UUID]:
    """Those of the conversations in which something can be written."""
    matches = {each.match_id for each in conversations if each.match_id is not None}
    if matches:
        rows = visible(models.HelpMatch, viewer).filter(id__in=matches)
        matches = {match.id for match in await rows.exclude(state__in=OVER)}
    return {
        each.id
        for each in conversations
        if len(each.participant_ids) > 1 and (each.match_id is None or each.match_id in matches)
    }


async def start_conversation(
    work: Work,
    *,
    membership_ids: seat.Whom,
    title: Annotated[str | None, Doc("What it is about, for more than two; 60 at most.")] = None,
) -> models.Conversation:
    """Begin a chat with one neighbour, or with a few under a title: 8 at most with the viewer.

    There is one chat of the same two: to ask again gives it, and brings back who had left it.
    """
    members = await seat.addressees(work, membership_ids)
    own = work.standing(members[0].neighbourhood_id)
    ids = [own.membership_id, *(each.id for each in members)]
    if len(members) > 1:
        named = checked_line(title or "", "title", TITLE)
        return await _begin(work, GROUP, own.neighbourhood_id, ids, title=named)
    if title is not None:
        raise Refusal(RefusalCode.INVALID, "A talk of two has no title.", "title")
    return await _direct(work, own.neighbourhood_id, ids)


async def open_for_match(work: Work, match: models.HelpMatch) -> models.Conversation:
    """The talk of the two whom a match brings together; the match is locked."""
    found = await models.Conversation.get_or_none(match_id=match.id)
    if found is not None:
        return found
    ids = [match.requester_id, match.helper_id]
    ids.sort(key=lambda id: id not in work.viewer.membership_ids)
    return await _begin(work, MATCH, match.neighbourhood_id, ids, match_id=match.id)


def _of_seats(
    page: Page[models.Participant], found: Mapping[UUID, models.Conversation]
) -> Page[models.Conversation]:
    """The conversations of a page of seats, without what was left or hidden a moment ago."""
    pairs = zip(page.cursors, page.nodes, strict=True)
    kept = [(cursor, found.get(seat.conversation_id)) for cursor, seat in pairs]
    listed = [(cursor, row) for cursor, row in kept if row is not None]
    return Page([row for _, row in listed], [cursor for cursor, _ in listed], page.page_info)


async def _direct(work: Work, neighbourhood_id: UUID, ids: Sequence[UUID]) -> models.Conversation:
    """The one chat of the two. Their memberships are locked: two who ask at once come in turn."""
    chats = models.Conversation.filter(kind=DIRECT, pair_ids=sorted(ids))
    found = await chats.select_for_update().get_or_none()
    if found is None:
        return await _begin(work, DIRECT, neighbourhood_id, ids)
    if gone := [id for id in ids if id not in found.participant_ids]:
        await seat.take(found, gone)
        await talk.tell(work, ids[0], found)
    return found


async def erase_of_matches(work: Work, match_ids: Sequence[UUID]) -> None:
    """No word is left of the talk inside matches that are erased, and whoever took part is told."""
    rows = models.Conversation.filter(match_id__in=match_ids).order_by("id")
    conversations = await rows.select_for_update()
    await talk.tell(work, None, *conversations)
    await models.Conversation.filter(id__in=[each.id for each in conversations]).delete()


async def _begin(
    work: Work,
    kind: models.ConversationKind,
    neighbourhood_id: UUID,
    ids: Sequence[UUID],
    *,
    title: str | None = None,
    match_id: UUID | None = None,
) -> models.Conversation:
    """A conversation of these members; the first of them is who begins it."""
    id = uuid7()
    begun = await models.Conversation.create(
        id=id,
        neighbourhood_id=neighbourhood_id,
        kind=kind,
        match_id=match_id,
        title=title,
        participant_ids=[],
        pair_ids=None if kind is GROUP else sorted(ids),
        last_message_id=id,
    )
    await seat.take(begun, ids)
    await talk.tell(work, ids[0], begun)
    return begun
