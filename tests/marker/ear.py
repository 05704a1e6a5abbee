"""Listening: one socket a persona, with every subscription the SDL has, and all that it brought."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import orjson
import websockets

from tests.marker import document
from tests.marker.scene import Scene

SECONDS = 20.0


@dataclass
class Ear:
    """One socket, and the messages that came over it, as they came."""

    socket: websockets.ClientConnection
    heard: list[str] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)

    async def listen(self, token: str | None, wanted: Iterator[tuple[str, dict[str, Any]]]) -> None:
        """Subscribe to all that is wanted, and keep what comes until the socket closes."""
        payload = {"authorization": f"Bearer {token}"} if token else {}
        await self._send({"type": "connection_init", "payload": payload})
        for number, (text, variables) in enumerate(wanted):
            self.waiting.add(str(number))
            request = {"query": text, "variables": variables}
            await self._send({"id": str(number), "type": "subscribe", "payload": request})
        with suppress(websockets.ConnectionClosed):
            while True:
                message = await self.socket.recv()
                self.heard.append(str(message))
                self.waiting.discard(orjson.loads(message).get("id", ""))
        self.heard.append(f"{self.socket.close_code} {self.socket.close_reason}")

    async def ready(self) -> None:
        """Wait until each subscription has begun or was refused, or the socket is closed."""
        async with asyncio.timeout(SECONDS):
            while self.waiting and self.socket.close_code is None:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def _send(self, message: dict[str, Any]) -> None:
        with suppress(websockets.ConnectionClosed):
            await self.socket.send(orjson.dumps(message, default=str).decode())


@asynccontextmanager
async def listening(
    address: str, scene: Scene, personas: tuple[str, ...]
) -> AsyncIterator[dict[str, Ear]]:
    """An ear of each persona; the block runs once all of them hear."""
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
        ears = {}
        for persona in personas:
            connecting = websockets.connect(
                address, subprotocols=[websockets.Subprotocol("graphql-transport-ws")]
            )
            ears[persona] = Ear(await stack.enter_async_context(connecting))
            token = scene.world.people[persona].token
            tasks.create_task(ears[persona].listen(token, _wanted(scene)))
        await asyncio.gather(*(each.ready() for each in ears.values()))
        yield ears
        for each in ears.values():
            await each.socket.close()


async def silence(ears: dict[str, Ear], seconds: float) -> None:
    """Wait until nobody has heard anything for so long."""
    for _ in itertools.count():
        before = sum(len(each.heard) for each in ears.values())
        await asyncio.sleep(seconds)
        if sum(len(each.heard) for each in ears.values()) == before:
            return


def _wanted(scene: Scene) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every subscription, of everything that it may be of."""
    world = scene.world
    subjects = {
        "feedEvents": (world.home, world.neighbourhoods["beside"]),
        "organisationEvents": tuple(world.organisations.values()),
    }
    for door in document.doors("Subscription"):
        for text in document.subscription(door):
            for id in subjects.get(door, (None,)):
                yield text, {"id": id}
