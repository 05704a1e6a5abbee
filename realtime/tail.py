"""The newest events of one stream, read once and shared by all who follow it in this process."""

import asyncio
import itertools
from collections import deque
from uuid import UUID

from realtime import outbox
from realtime.events import Told

SIZE = 256


class Tail:
    """At most `SIZE` events without gaps, up to and including `read_to` (None: not read yet).

    It holds what was written, for whomever: each follower's rule decides what is told.
    """

    def __init__(self, stream_id: UUID) -> None:
        self.stream_id = stream_id
        self.read_to: int | None = None
        self._told: deque[Told] = deque(maxlen=SIZE)
        self._last = self._heard = 0
        self._behind = True
        self._forgotten = 0
        self._reading = asyncio.Lock()

    @property
    def behind(self) -> int:
        """How many events are surely written and not read yet."""
        return 0 if self.read_to is None else max(0, self._last - self.read_to)

    def hear(self, sequence: int) -> bool:
        """A bell rang, perhaps falsely: whether it tells of something not told of before."""
        if sequence <= max(self._heard, self.read_to or 0):
            return False
        self._heard = sequence
        self._behind = True
        return True

    def learn(self, position: outbox.Position) -> bool:
        """The stream surely stood there: whether there is something to read."""
        self._last = max(self._last, position.last)
        if position.last <= (self.read_to or 0):
            return False
        self._behind = True
        return True

    def forget(self) -> None:
        """The history went back or is another one: what was read may never have happened."""
        self._told.clear()
        self._last = self._heard = 0
        self.read_to, self._behind = None, True
        self._forgotten += 1

    async def read(self, after: int, limit: int, epoch: int = 0) -> list[Told]:
        """The first `limit` events after a sequence, oldest first, of `epoch`. Raises `Retry`."""
        await self._catch_up(epoch)
        if not self._covers(after):
            # There was more; if all of that is trimmed, the gap before what is held here says so.
            kept = await outbox.read(self.stream_id, after, limit, epoch)
            return kept or list(itertools.islice(self._told, limit))
        if not self._told:
            return []
        start = max(0, after + 1 - self._told[0].sequence)
        return list(itertools.islice(self._told, start, start + limit))

    def _covers(self, after: int) -> bool:
        if self.read_to is not None and after >= self.read_to:
            return True
        return bool(self._told) and after + 1 >= self._told[0].sequence

    async def _catch_up(self, epoch: int) -> None:
        """Read what is new, once for all who wait here."""
        async with self._reading:
            if self._behind:
                await self._read_newest(epoch)

    async def _read_newest(self, epoch: int) -> None:
        self._behind, heard, forgotten = False, self._heard, self._forgotten
        reached = max(self._last, self.read_to or 0)
        try:
            newest = await outbox.read_newest(self.stream_id, self.read_to or 0, SIZE, epoch)
        except BaseException:
            self._behind = True
            raise
        if self._forgotten != forgotten:
            return
        self._append(newest)
        self.read_to = max(reached, newest[-1].sequence if newest else 0)
        if self._heard == heard:
            # A false bell of a high number must not silence the true ones below it.
            self._heard = self.read_to

    def _append(self, newest: list[Told]) -> None:
        if newest and self._told and newest[0].sequence != self._told[-1].sequence + 1:
            self._told.clear()
        self._told.extend(newest)
