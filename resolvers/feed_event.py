"""The live feed of a neighbourhood: events since a cursor, then as they happen."""

import base64
import binascii
import struct
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.viewer import Viewer
from auth.visibility import visible
from realtime import events, watch
from resolvers.context import Context
from resolvers.refusal import Refusal, RefusalCode, not_found

Word = events.Told | watch.Reset | watch.Beat

CURSOR = struct.Struct(">16sQ")


@dataclass(frozen=True)
class Happening:
    """One event as a subscriber gets it: `cursor` resumes after it, `id` drops a repeat.

    `post` or `comment` is the row, looked up for this viewer at the moment of telling.
    """

    cursor: str
    id: UUID
    at: datetime
    kind: models.EventKind
    post_id: UUID | None
    comment_id: UUID | None
    post: models.Post | None = None
    comment: models.Comment | None = None

    @property
    def subject(self) -> models.Post | models.Comment | None:
        """What was reacted to."""
        return self.comment or self.post


@dataclass(frozen=True)
class Mark:
    """Word about the stream itself: that history is gone (`reset`), or a heartbeat."""

    cursor: str
    id: UUID
    at: datetime
    reset: bool


async def feed_events(
    context: Context,
    *,
    neighbourhood_id: Annotated[UUID, Doc("The feed of which neighbourhood.")],
    after: Annotated[str | None, Doc("Resume after this cursor; left out: from now on.")] = None,
) -> AsyncGenerator[Happening | Mark, None]:
    """What happens in a neighbourhood, in order, at least once, as long as one may read it."""
    if not _may_follow(context.viewer, neighbourhood_id):
        raise not_found("neighbourhood")
    if after is None:
        now = await context.hub.position(neighbourhood_id)
        yield _mark(neighbourhood_id, watch.Beat(now))
        sequence = now.last
    else:
        sequence = decode(after, neighbourhood_id)
    if context.handover is not None:
        context.handover.take(context, neighbourhood_id, sequence)
        return
    async with aclosing(follow(context, neighbourhood_id, sequence)) as words:
        async for word in words:
            context.batches.forget()
            if told := await look_up(context, neighbourhood_id, word):
                yield told


def follow(context: Context, neighbourhood_id: UUID, sequence: int) -> AsyncGenerator[Word, None]:
    """What this viewer may hear of a neighbourhood after a sequence, for as long as that is so."""
    return watch.watch(
        context.hub,
        neighbourhood_id,
        after=sequence,
        viewer=context.viewer,
        refresh=context.renew,
        may_follow=lambda viewer: _may_follow(viewer, neighbourhood_id),
    )


async def look_up(context: Context, neighbourhood_id: UUID, word: Word) -> Happening | Mark | None:
    """The word with its row; None when the viewer may not see the row any more."""
    if not isinstance(word, events.Told):
        return _mark(neighbourhood_id, word)
    event = word.event
    comment_id = getattr(event, "comment_id", None)
    happening = Happening(
        cursor=encode(word.stream_id, word.sequence),
        id=word.id,
        at=word.at,
        kind=event.kind,
        post_id=event.post_id,
        comment_id=comment_id,
    )
    if isinstance(event, events.PostRemoved | events.CommentRemoved):
        return happening
    if comment_id is not None:
        comments = visible(models.Comment, context.viewer)
        comment = await comments.get_or_none(id=comment_id, deleted_at__isnull=True)
        return None if comment is None else replace(happening, comment=comment)
    post = await visible(models.Post, context.viewer).get_or_none(id=event.post_id)
    return None if post is None else replace(happening, post=post)


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


def _may_follow(viewer: Viewer, neighbourhood_id: UUID) -> bool:
    """Members and professionals follow it all; members next door, what was chosen for them."""
    return neighbourhood_id in viewer.member_of | viewer.works_in | viewer.nearby


def _mark(stream_id: UUID, told: watch.Reset | watch.Beat) -> Mark:
    return Mark(
        cursor=encode(stream_id, told.position.last),
        id=models.base.uuid7(),
        at=datetime.now(UTC),
        reset=isinstance(told, watch.Reset),
    )
