"""Upstream subscriptions, and the listeners they wake."""

import asyncio
from contextlib import suppress
from typing import Protocol
from uuid import UUID

from realtime.tail import Tail


class Listener:
    """One wake-up flag, no queue: whoever waits on it then asks what is new.

    `unchecked`: the resident's rights may have changed. `unplaced`: the place in the stream must be
    found, at first and when the stream went back. Whoever acts on these lowers them.
    """

    def __init__(self) -> None:
        self.unchecked = True
        self.unplaced = True
        self.woken = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Until woken, `seconds` at most; the flag is lowered, so read after it and not before."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.woken.wait()
        self.woken.clear()

    def wake(self) -> None:
        """There may be something to read."""
        self.woken.set()

    def wake_to_check(self) -> None:
        """What the resident may follow may have changed."""
        self.unchecked = True
        self.woken.set()

    def wake_to_place(self) -> None:
        """The stream went back: what comes after the place reached so far is not known."""
        self.unplaced = True
        self.woken.set()


class Channel:
    """The channel of one stream: those who listen to it, and what was read of its end."""

    carrier: asyncio.Task[None]

    def __init__(self, tail: Tail) -> None:
        self.tail = tail
        self.listeners: set[Listener] = set()

    def wake(self) -> None:
        """Wake all."""
        for listener in self.listeners:
            listener.wake()

    def wake_to_place(self) -> None:
        """Wake all, for the stream went back."""
        for listener in self.listeners:
            listener.wake_to_place()

    def hear(self, message: str) -> None:
        """A message came; only a sequence not read yet means anything."""
        if self.tail.hear(_sequence(message)):
            self.wake()


class RightsListener(Protocol):
    """Whoever is to look at the rights of a holder again."""

    def wake_to_check(self) -> None:
        """The rights may have changed."""


class RightsChannel:
    """The one channel for word of changed rights, whosever: it comes seldom, and each hears own."""

    carrier: asyncio.Task[None]

    def __init__(self) -> None:
        self._listeners: dict[UUID, set[RightsListener]] = {}

    def join(self, holder_id: UUID, listener: RightsListener) -> None:
        """Wake it from now on; what changed before, it is to look up now."""
        self._listeners.setdefault(holder_id, set()).add(listener)

    def leave(self, holder_id: UUID, listener: RightsListener) -> None:
        """Wake it no more, if it was to be woken."""
        listeners = self._listeners.get(holder_id, set())
        listeners.discard(listener)
        if not listeners:
            self._listeners.pop(holder_id, None)

    def hear(self, message: str) -> None:
        """The rights of a holder, if the message names one, may have changed."""
        with suppress(ValueError):
            for listener in [*self._listeners.get(UUID(message), ())]:
                listener.wake_to_check()

    def wake(self) -> None:
        """Anybody's rights may have changed."""
        for listeners in [*self._listeners.values()]:
            for listener in [*listeners]:
                listener.wake_to_check()


def _sequence(message: str) -> int:
    """The sequence in "stream:sequence"; 0, which wakes nobody, in anything else."""
    try:
        return int(message.rpartition(":")[2])
    except ValueError:
        return 0
