"""Following a stream: events since a cursor, then as they happen, for as long as one may."""

import base64
import binascii
import struct
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, TypeVar
from uuid import UUID

from typing_extensions import Doc

import models
from auth.viewer import Viewer
from realtime import events, watch
from resolvers.context import Context
from resolvers.refusal import Refusal, RefusalCode, not_found

Word = events.Told | watch.Reset | watch.Beat
After = Annotated[str | None, Doc("Resume after this cursor; left out: from now on.")]

CURSOR = struct.Struct(">16sQ")


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
        return _mark(self.id, word)


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
        yield _mark(source.id, watch.Beat(now))
        sequence = now.last
    else:
        sequence = decode(after, source.id)
    if context.handover is not None:
        context.handover.take(context, source, sequence)
        return
    async with aclosing(words(context, source, sequence)) as heard:
        async for word in heard:
            context.batches.forget()
            if told := await source.tell(context, word):
                yield told


def words(context: Context, source: Source, sequence: int) -> AsyncGenerator[Word, None]:
    """What this viewer may hear of a stream after a sequence, for as long as that is so."""
    return watch.watch(
        context.hub,
        source.id,
        after=sequence,
        viewer=context.viewer,
        refresh=context.renew,
        may_follow=source.may_follow,
    )


def encode(stream_id: UUID, sequence: int) -> str:
    """The opaque cursor at a place in a stream."""
    return base64.urlsafe_b64encode(CURSOR.pack(stream_id.bytes, sequence)).decode()


def decode(cursor: str, stream_id: UUID) -> int:
    """The sequence a cursor stands at. Raises `Refusal` INVALID for none of this stream."""
    try:
        raw = base64.b64decode(cursor, altchars=b"-_", validate=True)
        stream, sequence = CURSOR.unpack(raw)
    except (ValueError, binascii.Error, struct.error):
        stream, sequence = b"", 0
    if stream != stream_id.bytes or sequence >= 1 << 63:
        raise Refusal(RefusalCode.INVALID, "This is no cursor of this feed.", "after")
    return int(sequence)


def _mark(stream_id: UUID, word: watch.Reset | watch.Beat) -> Mark:
    return Mark(
        cursor=encode(stream_id, word.position.last),
        id=models.base.uuid7(),
        at=datetime.now(UTC),
        reset=isinstance(word, watch.Reset),
    )
