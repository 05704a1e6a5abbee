"""Following a stream: events since a cursor, then as they happen, for as long as one may."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, TypeVar
from uuid import UUID

from typing_extensions import Doc

import models
from auth.viewer import Viewer
from realtime import cursor, events, watch
from realtime.cursor import Spot
from realtime.place import Reset
from resolvers.context import Context
from resolvers.refusal import Refusal, RefusalCode, not_found

Word = events.Told | Reset | watch.Beat
After = Annotated[str | None, Doc("Resume after this cursor; left out: from now on.")]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event as a subscriber gets it: `cursor` resumes after it, `id` drops a repeat."""

    cursor: str
    id: UUID
    at: datetime
    kind: models.EventKind


@dataclass(frozen=True)
class Mark:
    """Word about the stream itself: that history is gone (`reset`), or a heartbeat."""

    cursor: str
    id: UUID
    at: datetime
    reset: bool


H = TypeVar("H", bound=Happening)


@dataclass(frozen=True)
class Source:
    """A stream to follow: `what` it is of, who may, and how an event is looked up for a viewer.

    `look_up` gives None for what the viewer may not see any more.
    """

    id: UUID
    what: str
    may_follow: Callable[[Viewer], bool]
    look_up: Callable[[Context, events.Told], Awaitable[Happening | None]]

    async def tell(self, context: Context, word: Word) -> Happening | Mark | None:
        """The word as the viewer of `context` gets it; None when it is not for this viewer."""
        if isinstance(word, events.Told):
            return await self.look_up(context, word)
        return _mark(context, self.id, word)


async def follow(
    context: Context, source: Source, after: str | None
) -> AsyncGenerator[Happening | Mark, None]:
    """What happens on a stream, in order, at least once, as long as the viewer may follow it.

    With a handover, whoever holds it goes on from where this leaves off. Raises `Refusal`.
    """
    if not source.may_follow(context.viewer):
        raise not_found(source.what)
    if after is None:
        now = await context.hub.position(source.id)
        yield _mark(context, source.id, watch.Beat(now))
        spot = Spot(now.last, now.epoch)
    else:
        spot = _read(context, source.id, after)
    if context.handover is not None:
        context.handover.take(context, source, spot)
        return
    async with aclosing(words(context, source, spot)) as heard:
        async for word in heard:
            context.batches.forget()
            if told := await source.tell(context, word):
                yield told


def words(context: Context, source: Source, spot: Spot) -> AsyncGenerator[Word, None]:
    """What this viewer may hear of a stream after a place, for as long as that is so."""
    return watch.watch(
        context.hub,
        source.id,
        spot.sequence,
        spot.epoch,
        viewer=context.viewer,
        refresh=context.renew,
        may_follow=source.may_follow,
    )


def place(word: Word) -> Spot:
    """Where whoever has heard a word goes on."""
    if isinstance(word, events.Told):
        return Spot(word.sequence, word.epoch)
    return Spot(word.position.last, word.position.epoch)


def _read(context: Context, stream_id: UUID, after: str) -> Spot:
    """The place a cursor stands at. Raises `Refusal` INVALID for any but the viewer's own."""
    try:
        return context.hub.cursors.read(after, stream_id, context.viewer.holder_id)
    except cursor.NoCursor:
        raise Refusal(RefusalCode.INVALID, "This is no cursor of this feed.", "after") from None


def _mark(context: Context, stream_id: UUID, word: Reset | watch.Beat) -> Mark:
    return Mark(
        cursor=context.cursor(place(word), stream_id),
        id=models.base.uuid7(),
        at=datetime.now(UTC),
        reset=isinstance(word, Reset),
    )
