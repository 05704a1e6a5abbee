"""The only owner of Broadcast: bells in, wake-ups out, one read for all who follow a stream."""

import asyncio
import contextvars
import os
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager, suppress
from typing import Self
from uuid import UUID

import broadcaster
import redis.exceptions

from realtime import outbox
from realtime.backend import Backend
from realtime.channel import Channel, Listener, RightsChannel
from realtime.cursor import Cursors
from realtime.events import Told
from realtime.outage import Outage
from realtime.outbox import Doorbell, Position
from realtime.tail import Tail

RESYNCHRONISE_SECONDS = 0.05
LOST = (redis.exceptions.RedisError, OSError, TimeoutError)


class Hub:
    """Rings and hears bells, and reads each stream's new events once for all its listeners.

    An async context manager, one a process. PostgreSQL is the truth and Redis only wakes: while
    it is away, listeners are woken by a look at the streams every `poll_seconds`. `cursors` are
    signed with the `secret`; without one, no other process understands them.
    """

    def __init__(
        self, redis_url: str, prefix: str, poll_seconds: float = 1.0, secret: str = ""
    ) -> None:
        self.cursors = Cursors(bytes.fromhex(secret) or os.urandom(32))
        self._epoch = 0
        self._prefix = prefix
        self._poll_seconds = poll_seconds
        self._channels: dict[str, Channel] = {}
        self.rights = RightsChannel()
        self._resynchronise = asyncio.Event()
        self._quiet_until = 0.0
        self._closing = False
        self._ringing = Outage("ringing the doorbell")
        self._looking = Outage("looking at the streams")
        self._backend = Backend(redis_url, prefix, self._gap)
        self._broadcast = broadcaster.Broadcast(backend=self._backend)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        # A task started later must not inherit the caller's transaction, so it gets this context.
        self._context = contextvars.copy_context()
        await self._stack.enter_async_context(self._broadcast)
        self._tasks = await self._stack.enter_async_context(asyncio.TaskGroup())
        self._tasks.create_task(self._poll())
        self.rights.carrier = self._carry(self._rights_channel, self.rights)
        return self

    async def __aexit__(self, *failure: object) -> None:
        # The poll ends by itself: a statement that is broken off disturbs the closing of the pool.
        self._closing = True
        self._resynchronise.set()
        self.rights.carrier.cancel()
        for channel in self._channels.values():
            channel.carrier.cancel()
        await self._stack.aclose()

    @property
    def connected(self) -> bool:
        """Whether bells of other processes are heard; without, events come by the poll."""
        return self._backend.connected

    @contextmanager
    def listen(self, stream_id: UUID, listener: Listener | None = None) -> Iterator[Listener]:
        """A listener, or the one given, that is woken when the stream may have something new."""
        listener = listener or Listener()
        name = self._stream_channel(stream_id)
        channel = self._channels.get(name) or self._open(stream_id)
        channel.listeners.add(listener)
        try:
            yield listener
        finally:
            channel.listeners.discard(listener)
            if not channel.listeners:
                del self._channels[name]
                channel.carrier.cancel()

    async def ring(self, *doorbells: Doorbell) -> None:
        """Tell all processes that streams have something new; call it after the commit.

        Never raises; a second at most for all. A lost bell makes the event late by a poll.
        """
        bells = {self._stream_channel(bell.stream_id): str(bell) for bell in doorbells}
        await self._tell(bells, is_urgent=False)

    async def recheck(self, holder_id: UUID) -> None:
        """Have every watch on behalf of a resident or token look at its rights again, everywhere.

        Never raises and takes a second at most; a watch looks again by itself in any case.
        """
        self.rights.hear(str(holder_id))
        await self._tell({self._rights_channel: str(holder_id)}, is_urgent=True)

    async def read(self, stream_id: UUID, after: int, limit: int = 200) -> list[Told]:
        """The first `limit` events after a sequence, oldest first, for whomever. Raises `Retry`."""
        channel = self._channels.get(self._stream_channel(stream_id))
        if channel is None:
            return await outbox.read(stream_id, after, limit, self._epoch)
        return await channel.tail.read(after, limit, self._epoch)

    async def position(self, stream_id: UUID) -> Position:
        """Where the stream stands in the database. Raises `NoStream`, `Retry`."""
        position = await outbox.position(stream_id)
        self._learn(position.epoch)
        return position

    def _stream_channel(self, stream_id: UUID) -> str:
        return f"{self._prefix}:stream:{stream_id}"

    @property
    def _rights_channel(self) -> str:
        return f"{self._prefix}:rights"

    async def _tell(self, messages: Mapping[str, str], *, is_urgent: bool) -> None:
        """By channel, to this process directly, to the others through Redis.

        While Redis is away only what is urgent waits for it; a bell does once a poll.
        """
        for name in self._channels.keys() & messages.keys():
            self._channels[name].hear(messages[name])
        loop = asyncio.get_running_loop()
        if loop.time() < self._quiet_until and not is_urgent:
            return
        try:
            await self._backend.publish_all(messages)
            self._ringing.end()
        except LOST as error:
            self._ringing.begin(error)
            self._quiet_until = loop.time() + self._poll_seconds

    def _open(self, stream_id: UUID) -> Channel:
        channel = Channel(Tail(stream_id))
        name = self._stream_channel(stream_id)
        channel.carrier = self._carry(name, channel)
        self._channels[name] = channel
        return channel

    def _carry(self, name: str, channel: Channel | RightsChannel) -> asyncio.Task[None]:
        """Have a channel hear what is told on it, by whatever process."""

        async def carry() -> None:
            async with self._broadcast.subscribe(name) as subscriber:
                while True:
                    event = await subscriber.get()
                    channel.hear(event.message)

        return self._tasks.create_task(carry(), context=self._context.copy())

    def _gap(self, name: str) -> None:
        """Messages may have been missed: look at the streams now, or have rights looked at."""
        if name == self._rights_channel:
            self.rights.wake()
        elif name in self._channels:
            self._resynchronise.set()

    async def _poll(self) -> None:
        """Look at the streams at every interval, sooner after a gap."""
        while not self._closing:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._poll_seconds):
                    await self._resynchronise.wait()
            self._resynchronise.clear()
            try:
                await self._look()
                self._looking.end()
            except Exception as error:
                # Whatever it was, the next look may succeed: a feed may be late, never deaf.
                self._looking.begin(error)
            await asyncio.sleep(RESYNCHRONISE_SECONDS)

    async def _look(self) -> None:
        """One statement for all streams with listeners; wake those whose stream has moved."""
        followed = {
            channel.tail.stream_id: (channel, channel.tail, channel.tail.read_to)
            for channel in self._channels.values()
        }
        positions = await outbox.positions(followed) if followed else {}
        for stream_id, position in positions.items():
            self._learn(position.epoch)
            channel, tail, read_before = followed[stream_id]
            if read_before is not None and position.last < read_before:
                tail.forget()
                channel.wake_to_place()
            elif tail.learn(position):
                channel.wake()

    def _learn(self, epoch: int) -> None:
        """Another epoch than before: nothing that was read is known to have happened."""
        if self._epoch not in (0, epoch):
            for channel in self._channels.values():
                channel.tail.forget()
                channel.wake_to_place()
        self._epoch = epoch
