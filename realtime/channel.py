"""One upstream subscription, and the listeners it wakes."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

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
    """Those who listen to one channel and how each is woken; a stream's channel has a tail."""

    carrier: asyncio.Task[None]

    def __init__(self, tail: Tail | None) -> None:
        self.tail = tail
        self.listeners: dict[Listener, Callable[[], None]] = {}

    def wake(self) -> None:
        """Wake all, each in its way."""
        for wake in self.listeners.values():
            wake()

    def wake_to_place(self) -> None:
        """Wake all, for the stream went back."""
        for listener in self.listeners:
            listener.wake_to_place()

    def hear(self, message: str) -> None:
        """A message came; on a stream's channel only a sequence not read yet means anything."""
        if self.tail is None or self.tail.hear(_sequence(message)):
            self.wake()


def _sequence(message: str) -> int:
    """The sequence in "stream:sequence"; 0, which wakes nobody, in anything else."""
    try:
        return int(message.rpartition(":")[2])
    except ValueError:
        return 0
