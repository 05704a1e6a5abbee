"""Where a watch is in its stream, and what comes next there."""

from dataclasses import dataclass, field
from uuid import UUID

from realtime.channel import Listener
from realtime.events import Told
from realtime.hub import Hub
from realtime.outbox import Position

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Reset:
    """What came after the cursor is not known any more; the watch goes on after `position.last`."""

    position: Position


@dataclass
class Place:
    """Where a watch is in the stream: all up to `cursor` was told, or is not for this viewer.

    It is a place in the history of `epoch`; None: of the one that stands.
    """

    hub: Hub
    stream_id: UUID
    listener: Listener
    cursor: int | None
    epoch: int | None
    trimmed: int = field(default=0, init=False)

    @property
    def position(self) -> Position:
        """The place, as a client may come back to it."""
        return Position(self.cursor or 0, self.trimmed, self.epoch or 0)

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
        is_known = self.cursor is not None and self.epoch in (None, now.epoch)
        self.trimmed, self.epoch = now.trimmed, now.epoch
        if is_known and now.trimmed <= (self.cursor or 0) <= now.last:
            return False
        is_lost, self.cursor = self.cursor is not None, now.last
        return is_lost
