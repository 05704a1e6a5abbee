"""The doorbell's wire: a broadcaster backend on one Redis subscription that heals itself."""

import asyncio
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import broadcaster
import redis.asyncio
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff

from realtime.outage import Outage

QUEUE_SIZE = 1024
CONNECT_SECONDS = SEND_SECONDS = 2.0
PUBLISH_SECONDS = 1.0
PUBLISH_CONNECTIONS = 8
RECONNECT = ExponentialWithJitterBackoff(cap=2.0, base=0.1)
MOST_FAILURES = 10


class Backend(broadcaster.BroadcastBackend):
    """Redis publish/subscribe for `broadcaster.Broadcast`.

    `on_gap(channel)` is called when messages on a channel may have been missed until now: at each
    confirmed subscription (the first, and again after every reconnect) and when the queue was full.
    """

    def __init__(
        self, url: str, prefix: str, on_gap: Callable[[str], None], *, ping_seconds: float = 5.0
    ) -> None:
        self.connected = False
        # A subscription that holds no channel is not read from, so this one is always held.
        self._own = f"{prefix}:alive"
        self._on_gap = on_gap
        self._ping_seconds = ping_seconds
        self._wanted = {self._own}
        self._changed = asyncio.Event()
        self._queue: asyncio.Queue[broadcaster.Event] = asyncio.Queue(QUEUE_SIZE)
        self._echoes: dict[str, asyncio.Event] = {}
        self._outage = Outage("listening to the doorbell")
        self._publisher = _publisher(url)
        self._subscriber = _subscriber(url)
        self._supervisor: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Start listening; returns at once, and keeps trying while Redis is away."""
        self._supervisor = asyncio.create_task(self._supervise())

    async def disconnect(self) -> None:
        """Stop listening and close every connection."""
        if self._supervisor is not None:
            self._supervisor.cancel()
            await asyncio.wait([self._supervisor], timeout=SEND_SECONDS)
        await self._subscriber.aclose()
        await self._publisher.aclose()

    async def subscribe(self, group: str) -> None:
        """Want a channel. Never waits: a failure or a cancellation here corrupts Broadcast."""
        self._wanted.add(group)
        self._changed.set()

    async def unsubscribe(self, group: str) -> None:
        """Want a channel no longer."""
        self._wanted.discard(group)
        self._changed.set()

    async def publish(self, channel: str, message: Any) -> None:
        """As `publish_all`, one message."""
        await self.publish_all({channel: message})

    async def publish_all(self, messages: Mapping[str, str]) -> None:
        """Send messages, by channel, to all who listen, in one round trip.

        Raises `RedisError`, `OSError`; `TimeoutError` in a second.
        """
        pipeline = self._publisher.pipeline(transaction=False)
        for channel, message in messages.items():
            pipeline.publish(channel, message)
        async with asyncio.timeout(PUBLISH_SECONDS):
            await pipeline.execute()

    async def ping(self) -> None:
        """Ask Redis whether it is there. Raises as `publish_all` does, after a longer while."""
        await self._publisher.ping()

    async def echo(self) -> None:
        """Ring a bell for this process, and wait for it, without a limit. Raises likewise."""
        word, heard = uuid.uuid4().hex, asyncio.Event()
        self._echoes[word] = heard
        try:
            await self.publish(self._own, word)
            await heard.wait()
        finally:
            del self._echoes[word]

    async def next_published(self) -> broadcaster.Event:
        """The next message of any wanted channel."""
        return await self._queue.get()

    async def _supervise(self) -> None:
        """Whatever ends a connection, the next is tried: a feed may be late, never deaf."""
        failures = 0
        while True:
            try:
                await self._serve()
            except* Exception as errors:
                self._outage.begin(errors.exceptions[0])
            failures = 0 if self.connected else min(failures + 1, MOST_FAILURES)
            self.connected = False
            await asyncio.sleep(RECONNECT.compute(failures))

    async def _serve(self) -> None:
        """One connection, until it fails. One task sends and one reads: a PubSub bears no more."""
        async with self._subscriber.pubsub() as pubsub:
            async with asyncio.timeout(CONNECT_SECONDS):
                await pubsub.subscribe(self._own)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._send(pubsub))
                tasks.create_task(self._read(pubsub))

    async def _send(self, pubsub: PubSub) -> None:
        """Ask for what is wanted, give back what is not, and ping."""
        asked = {self._own}
        while True:
            self._changed.clear()
            wanted = set(self._wanted)
            async with asyncio.timeout(SEND_SECONDS):
                if wanted - asked:
                    await pubsub.subscribe(*(wanted - asked))
                if asked - wanted:
                    await pubsub.unsubscribe(*(asked - wanted))
                if asked == wanted:
                    await pubsub.ping()
            asked = wanted
            with suppress(TimeoutError):
                async with asyncio.timeout(self._ping_seconds):
                    await self._changed.wait()

    async def _read(self, pubsub: PubSub) -> None:
        """Take what arrives; two ping intervals of silence mean that nobody is there."""
        while True:
            message = await pubsub.get_message(timeout=2 * self._ping_seconds)
            if message is None:
                raise TimeoutError
            if message["type"] == "subscribe":
                self._confirm(message["channel"].decode())
            elif message["type"] == "message":
                self._take(message["channel"].decode(), message["data"].decode(errors="replace"))

    def _confirm(self, channel: str) -> None:
        if channel != self._own:
            self._on_gap(channel)
            return
        self.connected = True
        self._outage.end()

    def _take(self, channel: str, payload: str) -> None:
        """Queue a message; anybody may publish anything, so its bytes need not have been text."""
        if channel == self._own:
            if heard := self._echoes.get(payload):
                heard.set()
            return
        try:
            self._queue.put_nowait(broadcaster.Event(channel, payload))
        except asyncio.QueueFull:
            self._on_gap(channel)


def _publisher(url: str) -> redis.asyncio.Redis:
    pool = redis.asyncio.BlockingConnectionPool.from_url(
        url,
        max_connections=PUBLISH_CONNECTIONS,
        timeout=PUBLISH_SECONDS,
        socket_timeout=PUBLISH_SECONDS / 3,
        socket_connect_timeout=PUBLISH_SECONDS,
        retry=Retry(ExponentialWithJitterBackoff(cap=0.2, base=0.01), 5),
    )
    return redis.asyncio.Redis.from_pool(pool)


def _subscriber(url: str) -> redis.asyncio.Redis:
    """Without retries, which would hide that messages were missed.

    And without a socket timeout, by which a send loses a cancellation (Python 3.11): the time of
    each send is limited here, and silence is noticed by the ping.
    """
    return redis.asyncio.Redis.from_url(
        url,
        socket_timeout=None,
        socket_connect_timeout=CONNECT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
