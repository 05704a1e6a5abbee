"""The yardstick of the live feed: a loop that writes one ready frame to every socket.

It speaks just enough to seat the same crowd: no schema, no rules, no database, nobody is asked for.
"""

import asyncio
import base64
import hashlib
import os
from datetime import UTC, datetime
from typing import cast

import orjson
import uvloop

from bench.process import HOST

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
ACK = b'{"type":"connection_ack"}'
BEAT = b'{"id":"1","type":"next","payload":{"data":{"feedEvents":{"__typename":"FeedHeartbeat"}}}}'
POST = """{"id":"1","type":"next","payload":{"data":{"feedEvents":{"__typename":"PostPublished",\
"cursor":"%s","id":"01900000-0000-7000-8000-000000000000","at":"%s","post":{"id":\
"01900000-0000-7000-8000-000000000000","kind":"MESSAGE","title":null,"body":"%s","author":\
{"displayName":"Marie De Smet","street":"Kerkstraat"}}}}}}"""


class Line(asyncio.Protocol):
    """A socket, or whoever has a post published over HTTP."""

    seats: "set[asyncio.Transport]" = set()  # noqa: RUF012 — one loop, one crowd

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport = cast(asyncio.Transport, transport)
        self.transport = transport
        self.answers = [frame(ACK), frame(BEAT)]

    def connection_lost(self, exc: Exception | None) -> None:
        self.seats.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"GET"):
            key = data.split(b"Sec-WebSocket-Key: ")[1].split(b"\r\n")[0]
            accept = base64.b64encode(hashlib.sha1(key + MAGIC).digest())
            self.transport.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n"
                b"Sec-WebSocket-Accept: %b\r\n\r\n" % accept
            )
        elif data.startswith(b"POST"):
            self.publish(orjson.loads(data.partition(b"\r\n\r\n")[2]))
        elif self.answers:
            self.transport.write(self.answers.pop(0))
            self.seats.add(self.transport)

    def publish(self, request: dict[str, dict[str, dict[str, str]]]) -> None:
        """Make one frame, write it to all, answer."""
        body = request["variables"]["input"]["body"]
        ready = frame((POST % ("x" * 48, datetime.now(UTC).isoformat(), body)).encode())
        for seat in self.seats:
            seat.write(ready)
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


def frame(content: bytes) -> bytes:
    """A frame of a server."""
    size = len(content)
    head = bytes([0x81, size]) if size < 126 else b"\x81\x7e" + size.to_bytes(2, "big")
    return head + content


async def serve() -> None:
    """Until it is ended."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Line, HOST, int(os.environ["PORT"]), backlog=2048)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
