"""One subscriber: what it missed after a cursor, then what happens, while it may follow."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from auth.viewer import Viewer
from auth.visibility import sees
from realtime.channel import Listener
from realtime.events import OF_RIGHTS, Told
from realtime.hub import Hub
from realtime.outbox import Position

RECHECK_SECONDS = 30.0
BEAT_SECONDS = 25.0
LEAST_SECONDS = 0.1
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Reset:
    """What came after the cursor is not known any more; the watch goes on after `position.last`."""

    position: Position


@dataclass(frozen=True, slots=True)
class Beat:
    """Nothing to tell for a while; all up to `position.last` has been looked at."""

    position: Position


@dataclass
class Right:
    """The viewer's right to follow: looked up at first, when told to, and every so many seconds."""

    viewer: Viewer
    listener: Listener
    refresh: Callable[[], Awaitable[Viewer | None]]
    may_follow: Callable[[Viewer], bool]
    seconds: float
    due: float = field(default=0.0, init=False)

    async def holds(self) -> bool:
        """Whether the viewer may follow still. Raises what `refresh` raises."""
        if not self.listener.unchecked and _now() < self.due:
            return True
        self.listener.unchecked = False
        viewer = await self.refresh()
        if viewer is None or not self.may_follow(viewer):
            return False
        self.viewer = viewer
        self.due = _now() + _seconds_left(viewer, self.seconds)
        return True

    def hear(self, word: Told | Reset) -> None:
        """A word may tell that the viewer's rights have changed, before anything else does."""
        if isinstance(word, Told) and word.event.kind in OF_RIGHTS:
            self.listener.unchecked = True

    def covers(self, word: Told | Reset) -> bool:
        """Whether the word is for this viewer."""
        return isinstance(word, Reset) or sees(self.viewer, word.event)


@dataclass
class Place:
    """Where a watch is in the stream: all up to `cursor` was told, or is not for this viewer."""

    hub: Hub
    stream_id: UUID
    listener: Listener
    cursor: int | None
    trimmed: int = field(default=0, init=False)

    @property
    def position(self) -> Position:
        """The place, as a client may come back to it."""
        return Position(self.cursor or 0, self.trimmed)

    async def read(self) -> list[Told | Reset]:
        """What comes next, for whomever: a page of events, or word that the place is lost."""
        if self.listener.unplaced and await self._is_lost():
            return [Reset(self.position)]
        batch = await self.hub.read(self.stream_id, self.position.last)
        if batch and batch[0].sequence != self.position.last + 1:
            self.listener.unplaced, self.cursor = True, NOWHERE
            return await self.read()
        return list(batch)

    def move_past(self, word: Told | Reset) -> None:
        """The word is told, or is not for this viewer."""
        if isinstance(word, Told):
            self.cursor = word.sequence

    async def _is_lost(self) -> bool:
        """Find the place; go on from where the stream stands if there is none, or none is left."""
        self.listener.unplaced = False
        now = await self.hub.position(self.stream_id)
        self.trimmed = now.trimmed
        if self.cursor is not None and now.trimmed <= self.cursor <= now.last:
            return False
        is_lost, self.cursor = self.cursor is not None, now.last
        return is_lost


def watch(
    hub: Hub,
    stream_id: UUID,
    *,
    after: int | None,
    viewer: Viewer,
    refresh: Callable[[], Awaitable[Viewer | None]],
    may_follow: Callable[[Viewer], bool],
    recheck_seconds: float = RECHECK_SECONDS,
    beat_seconds: float = BEAT_SECONDS,
) -> AsyncGenerator[Told | Reset | Beat, None]:
    """What the viewer may see of a stream after a sequence (None: from now on), in order.

    Ends when `refresh` gives None or `may_follow` says no. Close it (`aclose`) to leave at once.
    Raises `NoStream`, and `Retry` when the database cannot tell now: resume after the last told.
    """
    listener = Listener()
    right = Right(viewer, listener, refresh, may_follow, recheck_seconds)
    return _follow(right, Place(hub, stream_id, listener, after), beat_seconds)


async def _follow(
    right: Right, place: Place, beat_seconds: float
) -> AsyncGenerator[Told | Reset | Beat, None]:
    """Listen first, then read: what is written in between wakes the listener."""
    with _listening(right, place):
        spoke = _now()
        while await right.holds():
            words = await place.read()
            for word in words:
                # A slow reader may come back for the next word long after the page was read.
                right.hear(word)
                if not await right.holds():
                    return
                place.move_past(word)
                if right.covers(word):
                    yield word
                    spoke = _now()
            if _now() >= spoke + beat_seconds:
                yield Beat(place.position)
                spoke = _now()
            if not words:
                await right.listener.wait(min(right.due, spoke + beat_seconds) - _now())


@contextmanager
def _listening(right: Right, place: Place) -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(place.hub.listen(place.stream_id, right.listener))
        if right.viewer.holder_id is not None:
            rights = place.hub.listen_rights(right.viewer.holder_id, right.listener)
            stack.enter_context(rights)
        yield


def _seconds_left(viewer: Viewer, most: float) -> float:
    """Seconds until the credential ends, `most` at most; a look-up is due then."""
    if viewer.expires_at is None:
        return most
    left = (viewer.expires_at - datetime.now(UTC)).total_seconds()
    return min(most, max(LEAST_SECONDS, left))


def _now() -> float:
    return asyncio.get_running_loop().time()
