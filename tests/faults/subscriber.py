"""A subscriber as a frontend is: it follows a feed and resumes by cursor whenever that ends."""

import asyncio
import random
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
LOST = (OSError, TimeoutError, EOFError, websockets.WebSocketException)
OPEN_SECONDS = 5.0
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

    `ping_seconds` is how soon a connection that says nothing is given up: at most twice of it.
    """

    name: str
    addresses: list[str]
    token: str
    stream_id: UUID
    due: frozenset[str]
    ping_seconds: float | None = 1.0
    receipts: list[Receipt] = field(default_factory=list)
    markers: set[str] = field(default_factory=set)
    refusals: list[str] = field(default_factory=list)
    resets: int = 0
    connection: int = 0
    is_open: bool = False
    cursor: str | None = None
    socket: websockets.ClientConnection | None = None
    _failures: int = 0

    async def run(self) -> None:
        """Follow until cancelled, whatever happens to a connection."""
        while True:
            try:
                await self._follow(self.addresses[self.connection % len(self.addresses)])
            except LOST:
                pass
            finally:
                self.is_open, self.socket = False, None
            self.connection += 1
            self._failures += 1
            longest = min(MOST_BACKOFF, 0.05 * 2 ** min(self._failures, 6))
            await asyncio.sleep(longest * random.uniform(0.5, 1))

    def entitled(self, marker: str) -> bool:
        """Whether a marker is for it."""
        return marker.rpartition("/")[0] in self.due

    def drop(self) -> None:
        """Lose the connection at once, without a word to the server."""
        if self.socket is not None:
            self.socket.transport.abort()

    async def _follow(self, address: str) -> None:
        async with websockets.connect(
            f"ws://{address}/graphql",
            subprotocols=[websockets.Subprotocol("graphql-transport-ws")],
            open_timeout=OPEN_SECONDS,
            close_timeout=0.2,
            ping_interval=self.ping_seconds,
            ping_timeout=self.ping_seconds,
            compression=None,
            proxy=None,
        ) as socket:
            self.socket = socket
            await socket.send(_message("connection_init", authorization=f"Bearer {self.token}"))
            await asyncio.wait_for(socket.recv(), OPEN_SECONDS)
            variables: dict[str, Any] = {"id": str(self.stream_id)}
            if self.cursor is not None:
                variables["after"] = self.cursor
            await socket.send(_message("subscribe", query=FEED, variables=variables))
            self.is_open = True
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
        self.cursor = event["cursor"]
        self.resets += event["__typename"] == "FeedReset"
        if event["__typename"] == "PostPublished":
            marker = event["post"]["body"].partition("\n")[0]
            now = asyncio.get_running_loop().time()
            self.receipts.append(Receipt(marker, event["id"], self.connection, now))
            self.markers.add(marker)


def _message(kind: str, **payload: Any) -> str:
    message: dict[str, Any] = {"type": kind, "payload": payload}
    if kind == "subscribe":
        message["id"] = "1"
    return orjson.dumps(message).decode()
