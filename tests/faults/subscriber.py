"""A subscriber as a frontend is: it follows a feed and resumes by cursor whenever that ends."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
import websockets

FEED = """
subscription ($id: ID!, $after: String) {
  feedEvents(neighbourhoodId: $id, after: $after) {
    __typename cursor id
    ... on PostPublished { post { body } }
  }
}
"""
PROTOCOL = websockets.Subprotocol("graphql-transport-ws")
LOST = (OSError, TimeoutError, EOFError, websockets.WebSocketException)
MOST_BACKOFF = 1.0


@dataclass(frozen=True, slots=True)
class Receipt:
    """One event as it came: on which connection of this subscriber, and when (loop time)."""

    marker: str
    id: str
    connection: int
    at: float


@dataclass(eq=False)
class Subscriber:
    """Follows one stream with one token; `due` are the beginnings of the markers for it.

    `ping_seconds` is how soon a connection that says nothing is given up: at most twice of it. One
    who notes only every so many cursors (`notes`) hears some events again when it resumes.
    """

    name: str
    addresses: list[str]
    token: str
    stream_id: UUID
    due: frozenset[str]
    ping_seconds: float | None = 1.0
    open_seconds: float = 5.0
    notes: int = 1
    receipts: list[Receipt] = field(default_factory=list)
    markers: set[str] = field(default_factory=set)
    refusals: list[str] = field(default_factory=list)
    resets: int = 0
    connection: int = 0
    cursor: str | None = None
    connected: websockets.ClientConnection | None = None
    _failures: int = 0

    async def run(self) -> None:
        """Follow until cancelled, whatever happens to a connection."""
        while True:
            try:
                await self._follow(self.addresses[self.connection % len(self.addresses)])
            except LOST:
                pass
            finally:
                self.connected = None
            self.connection += 1
            self._failures += 1
            longest = min(MOST_BACKOFF, 0.05 * 2 ** min(self._failures, 6))
            await asyncio.sleep(longest * random.uniform(0.5, 1))

    def entitled(self, marker: str) -> bool:
        """Whether a marker is for it."""
        return marker.rpartition("/")[0] in self.due

    def drop(self) -> None:
        """Lose the connection at once, without a word to the server."""
        if self.connected is not None:
            self.connected.transport.abort()

    async def _follow(self, address: str) -> None:
        async with websockets.connect(
            f"ws://{address}/graphql",
            subprotocols=[PROTOCOL],
            open_timeout=self.open_seconds,
            close_timeout=0.2,
            ping_interval=self.ping_seconds,
            ping_timeout=self.ping_seconds,
            compression=None,
            proxy=None,
        ) as socket:
            self.connected = socket
            async with asyncio.timeout(self.open_seconds):
                await _subscribe(socket, self.token, self.stream_id, self.cursor)
            while self._takes(orjson.loads(await socket.recv())):
                pass

    def _takes(self, message: dict[str, Any]) -> bool:
        """Keep what a message tells; whether the stream goes on after it."""
        if message["type"] != "next":
            return message["type"] not in ("complete", "error")
        payload = message["payload"]
        if errors := payload.get("errors"):
            self.refusals += [str(error.get("extensions", {}).get("code")) for error in errors]
            return False
        self._keep(payload["data"]["feedEvents"])
        return True

    def _keep(self, event: dict[str, Any]) -> None:
        self._failures = 0
        if self.cursor is None or len(self.receipts) % self.notes == 0:
            self.cursor = event["cursor"]
        self.resets += event["__typename"] == "FeedReset"
        if event["__typename"] == "PostPublished":
            marker = event["post"]["body"].partition("\n")[0]
            now = asyncio.get_running_loop().time()
            self.receipts.append(Receipt(marker, event["id"], self.connection, now))
            self.markers.add(marker)


@asynccontextmanager
async def deaf(address: str, token: str, stream_id: UUID) -> AsyncIterator[None]:
    """A subscriber who does not read a word of the feed, behind a small buffer."""
    host, port = address.split(":")
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.setblocking(False)
    await asyncio.get_running_loop().sock_connect(raw, (host, int(port)))
    async with websockets.connect(
        f"ws://{address}/graphql",
        sock=raw,
        subprotocols=[PROTOCOL],
        max_queue=1,
        ping_interval=None,
        compression=None,
        proxy=None,
    ) as connection:
        await _subscribe(connection, token, stream_id, None)
        try:
            yield
        finally:
            connection.transport.abort()


async def _subscribe(
    socket: websockets.ClientConnection, token: str, stream_id: UUID, cursor: str | None
) -> None:
    """Say who it is, wait for the greeting, and ask for what comes after the cursor, or now."""
    await socket.send(_message("connection_init", authorization=f"Bearer {token}"))
    await socket.recv()
    after = {} if cursor is None else {"after": cursor}
    await socket.send(_message("subscribe", query=FEED, variables={"id": str(stream_id), **after}))


def _message(kind: str, **payload: Any) -> str:
    message: dict[str, Any] = {"type": kind, "payload": payload}
    if kind == "subscribe":
        message["id"] = "1"
    return orjson.dumps(message).decode()
