"""One socket that follows a feed: frames are counted, and looked into no further than needed."""

import asyncio
import time
from collections import Counter
from typing import cast

import orjson

from bench.process import HOST

HANDSHAKE = (
    f"GET /graphql HTTP/1.1\r\nHost: {HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
).encode()
PING, PONG, TEXT, CLOSE = 0x89, 0x8A, 0x81, 0x88
NUMBER = b'"body":"#'
MOMENT = b'"at":"'


class Hall:
    """What has been heard so far: each post by how many, when by the last, and when it was made."""

    def __init__(self, followers: int) -> None:
        self.followers = followers
        self.heard: Counter[int] = Counter()
        self.last: dict[int, float] = {}
        self.moments: dict[int, bytes] = {}
        self._complete = asyncio.Event()

    def hear(self, frame: bytes) -> None:
        """One follower has got one frame; only a post is counted."""
        at = frame.find(NUMBER)
        if at < 0:
            return
        number = int(frame[at + len(NUMBER) : at + len(NUMBER) + 6])
        self.heard[number] += 1
        if number not in self.moments:
            begins = frame.index(MOMENT) + len(MOMENT)
            self.moments[number] = frame[begins : frame.index(b'"', begins)]
        if self.heard[number] == self.followers:
            self.last[number] = time.time()
            self._complete.set()

    async def all_heard(self, number: int) -> None:
        """Until everybody has got the post."""
        while self.followers and number not in self.last:
            self._complete.clear()
            await self._complete.wait()


class Follower(asyncio.Protocol):
    """Greets, subscribes, and hears; `seated` is done when the feed has given its first word."""

    __slots__ = ("_greeting", "_hall", "_rest", "_transport", "_words", "seated")

    def __init__(self, hall: Hall, token: str, document: str, variables: dict[str, str]) -> None:
        payload = {"authorization": f"Bearer {token}"}
        request = {"query": document, "variables": variables}
        self._words = [
            masked(TEXT, orjson.dumps({"type": "connection_init", "payload": payload})),
            masked(TEXT, orjson.dumps({"id": "1", "type": "subscribe", "payload": request})),
        ]
        self._hall = hall
        self._greeting = True
        self._rest = b""
        self._transport: asyncio.Transport
        self.seated = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)
        self._transport = transport
        transport.write(HANDSHAKE)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.seated.done():
            self.seated.set_exception(exc or ConnectionError("the server hung up"))

    def leave(self) -> None:
        """Hang up."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        at = 0
        if self._greeting:
            at = data.find(b"\r\n\r\n") + 4
            if at < 4:
                self._rest = data
                return
            self._greeting = False
            self._transport.write(self._words.pop(0))
        while (end := frame_end(data, at)) is not None:
            self._take(data[at], data[at:end])
            at = end
        self._rest = data[at:]

    def _take(self, kind: int, frame: bytes) -> None:
        if kind == PING:
            self._transport.write(masked(PONG, frame[2:]))
        elif self._words:
            self._transport.write(self._words.pop(0))
        elif self.seated.done():
            self._hall.hear(frame)
        elif kind == CLOSE or b'"errors"' in frame:
            self.seated.set_exception(RuntimeError(f"was told {frame!r}"))
        else:
            self.seated.set_result(None)


def frame_end(data: bytes, at: int) -> int | None:
    """Where the frame that begins there ends; None when it is not all there yet."""
    if len(data) < at + 4:
        return None if len(data) < at + 2 or data[at + 1] > 2 else at + 2 + data[at + 1]
    size = data[at + 1]
    end = at + 2 + size if size < 126 else at + 4 + int.from_bytes(data[at + 2 : at + 4], "big")
    return end if end <= len(data) else None


def masked(kind: int, content: bytes) -> bytes:
    """A frame of a client, under a mask of zeros."""
    size = len(content)
    head = (
        bytes([kind, 0x80 | size]) if size < 126 else b"%c\xfe%b" % (kind, size.to_bytes(2, "big"))
    )
    return head + bytes(4) + content
