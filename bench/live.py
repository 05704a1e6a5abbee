"""The live load: sockets that follow one feed while posts are published into it at a steady rate.

`python -m bench.live` reads an `Audience` as JSON and writes a `Performance` as JSON.
"""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson
import uvloop
import websockets

from bench import document
from bench.connection import Connection
from bench.process import HOST, cpu_seconds

PROTOCOL = websockets.Subprotocol("graphql-transport-ws")
OPEN_SECONDS = 20.0
LAST_SECONDS = 20.0


@dataclass(frozen=True)
class Audience:
    """Who follows (a token a socket), who publishes, how many posts, and how many a second."""

    port: int
    pid: int
    neighbourhood_id: str
    author: str
    followers: Sequence[str]
    posts: int
    rate: float


@dataclass(frozen=True)
class Performance:
    """What came of it. `milliseconds`: from the answer of `createPost` to the last delivery, of
    each post that reached everybody; below zero where the last delivery came before the answer.
    `seconds` is from the first post until everybody had all, or the wait for that was over.
    """

    seconds: float
    publishing_seconds: float
    cpu_seconds: float
    posts: int
    delivered: int
    milliseconds: Sequence[float]


@dataclass
class Hall:
    """What has been heard so far: by how many, and when by the last, post by post."""

    followers: int
    heard: Counter[str] = field(default_factory=Counter)
    last: dict[str, float] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, post_id: str) -> None:
        """One follower has got one post."""
        self.heard[post_id] += 1
        self.last[post_id] = time.perf_counter()
        self.changed.set()

    async def wait_for(self, posts: int) -> None:
        """Until every follower has every post, or too long."""
        try:
            async with asyncio.timeout(LAST_SECONDS):
                while self.heard.total() < posts * self.followers:
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            return


async def perform(audience: Audience) -> Performance:
    """Open the sockets, publish, wait for the last delivery."""
    hall = Hall(len(audience.followers))
    async with _seated(audience, hall):
        began, spent = time.perf_counter(), cpu_seconds(audience.pid)
        answered = await _publish(audience)
        published = time.perf_counter() - began
        await hall.wait_for(audience.posts)
        spent, took = cpu_seconds(audience.pid) - spent, time.perf_counter() - began
    reached = [each for each in answered if hall.heard[each] == hall.followers and hall.followers]
    waits = [round((hall.last[each] - answered[each]) * 1000, 3) for each in reached]
    return Performance(took, published, spent, audience.posts, hall.heard.total(), waits)


@asynccontextmanager
async def _seated(audience: Audience, hall: Hall) -> AsyncIterator[None]:
    """Every follower's socket open, its subscription begun, its reader running."""
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(OPEN_SECONDS):
            sockets = [await _follow(stack, audience, token) for token in audience.followers]
        group = await stack.enter_async_context(asyncio.TaskGroup())
        readers = [group.create_task(_listen(socket, hall)) for socket in sockets]
        yield
        for reader in readers:
            reader.cancel()


async def _follow(
    stack: AsyncExitStack, audience: Audience, token: str
) -> websockets.ClientConnection:
    """A socket whose subscription has given its opening heartbeat."""
    socket = await stack.enter_async_context(
        websockets.connect(
            f"ws://{HOST}:{audience.port}/graphql", subprotocols=[PROTOCOL], compression=None
        )
    )
    greeting = {"authorization": f"Bearer {token}"}
    await _send(socket, {"type": "connection_init", "payload": greeting})
    await socket.recv()
    request = {"query": document.FEED_EVENTS, "variables": {"id": audience.neighbourhood_id}}
    await _send(socket, {"id": "1", "type": "subscribe", "payload": request})
    opening = orjson.loads(await socket.recv())
    if opening["type"] != "next" or "errors" in opening["payload"]:
        raise RuntimeError(f"the subscription began with {opening}")
    return socket


async def _listen(socket: websockets.ClientConnection, hall: Hall) -> None:
    """Hear what is published. Raises `RuntimeError` when the subscription or the socket ends."""
    async for message in socket:
        told = orjson.loads(message)
        if told["type"] != "next" or "errors" in told["payload"]:
            raise RuntimeError(f"a follower was told {told}")
        event = told["payload"]["data"]["feedEvents"]
        if event["__typename"] == "PostPublished":
            hall.hear(event["post"]["id"])
    raise RuntimeError("a follower lost its socket")


async def _publish(audience: Audience) -> dict[str, float]:
    """Publish one post after the other, never before its turn; when each was answered, by id."""
    connection = await Connection.open(audience.port, "/graphql", audience.author)
    request = document.new_post(audience.neighbourhood_id)
    answered: dict[str, float] = {}
    began = time.perf_counter()
    for number in range(audience.posts):
        await asyncio.sleep(max(0.0, began + number / audience.rate - time.perf_counter()))
        answer = orjson.loads(await connection.post(request))
        answered[answer["data"]["createPost"]["post"]["id"]] = time.perf_counter()
    connection.close()
    return answered


async def _send(socket: websockets.ClientConnection, message: dict[str, Any]) -> None:
    await socket.send(orjson.dumps(message).decode())


def main() -> None:
    """Do what is asked on the standard input."""
    audience = Audience(**orjson.loads(sys.stdin.buffer.read()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.buffer.write(orjson.dumps(asdict(runner.run(perform(audience)))))


if __name__ == "__main__":
    main()
