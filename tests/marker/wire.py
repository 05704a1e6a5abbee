"""All that goes through Valkey while the test runs, and all that is left in it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import redis.asyncio


@dataclass
class Wire:
    """The commands that Valkey was given, the messages it passed on, and the keys it holds."""

    commands: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything."""
        return "\n".join([*self.commands, *self.messages, *self.keys])


@asynccontextmanager
async def tapped(url: str) -> AsyncIterator[Wire]:
    """A wire that is listened to while the block runs; the keys are read at its end."""
    wire = Wire()
    async with redis.asyncio.Redis.from_url(url) as client:
        monitor, pubsub = client.monitor(), client.pubsub()
        async with monitor, pubsub:
            await pubsub.psubscribe("*")
            tasks = [
                asyncio.create_task(_commands(monitor, wire)),
                asyncio.create_task(_messages(pubsub, wire)),
            ]
            try:
                yield wire
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        async for key in client.scan_iter("*"):
            wire.keys.append(f"{key!r} {await client.dump(key)!r}")


async def _commands(monitor: redis.asyncio.client.Monitor, wire: Wire) -> None:
    async for command in monitor.listen():
        wire.commands.append(command["command"])


async def _messages(pubsub: redis.asyncio.client.PubSub, wire: Wire) -> None:
    async for message in pubsub.listen():
        wire.messages.append(f"{message['channel']!r} {message['data']!r}")
