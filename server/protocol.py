"""WebSockets with an end: who does not read, floods or lingers is cut; at shutdown all are."""

import asyncio
import logging
import struct
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import State

from schema.sharing import Answer
from server.bound import Config, Deadline, cut, watch_over
from server.mailbox import Mailbox
from server.subscriber import Subscriber

WIRE = "noaber.wire"
TEXT = 0x81
LONG, LONGEST = struct.Struct("!BBH"), struct.Struct("!BBQ")
MOST_KEPT, MOST_KEPT_BYTES = 256, 1 << 20
RESTART = 1012
RESTART_REASON = "The server restarts"
FULL_REASON = "Too many sockets, try again later\n"

# at INFO uvicorn tells of each socket, with the address of a person
LOGGER = logging.getLogger("uvicorn.error.socket")


class Socket(WebSocketsSansIOProtocol):
    """A WebSocket: never more of them than allowed, none that outlives its reader or the server."""

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any], **rest: Any
    ) -> None:
        super().__init__(config, server_state, app_state, **rest)
        self.logger = self.conn.logger = LOGGER
        self.queue: Any = Mailbox()
        self.bounds = config.bounds
        self.kept: list[tuple[Subscriber, Answer]] = []
        self.kept_bytes = 0
        self.stall = Deadline(config.bounds.stall_seconds)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        watch_over(self.transport)
        self.bounds.sockets += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self.bounds.sockets -= 1
        self.stall.stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what comes; a handshake that websockets cannot read, uvicorn would leave open."""
        super().data_received(data)
        if not self.handshake_initiated:
            self.transport.write(b"".join(self.conn.data_to_send()))
            self._end()

    def handle_connect(self, event: Request) -> None:
        """Begin, or refuse the handshake with 503 when there are sockets enough."""
        if self.bounds.sockets <= self.bounds.max_sockets:
            super().handle_connect(event)
            if not self.close_sent:
                self.scope["extensions"][WIRE] = {WIRE: self}
            return
        self.handshake_initiated = self.handshake_complete = self.close_sent = True
        self.conn.send_response(self.conn.reject(503, FULL_REASON))
        self.transport.write(b"".join(self.conn.data_to_send()))
        self._end()

    async def send(self, message: Any) -> None:
        """Send what the application says; once it has accepted, the handshake is forgotten."""
        await super().send(message)
        if message["type"] == "websocket.accept":
            del self.request, self.response
            cast(list[Any], self.scope["headers"]).clear()

    async def run_asgi(self) -> None:
        """Once the application is done with the socket, the client has a limited time to be so."""
        await super().run_asgi()
        if not self.disconnected:
            self.stall.start(self.transport)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.stall.start(self.transport)

    def resume_writing(self) -> None:
        """Write what was kept, as far as the client takes it; only then is there room for more."""
        super().resume_writing()
        written = 0
        while written < len(self.kept) and self.writable.is_set():
            subscriber, answer = self.kept[written]
            self.kept_bytes -= answer.size
            self._write(subscriber.message(answer))
            written += 1
        del self.kept[:written]
        if self.writable.is_set() and not (self.close_sent or self.transport.is_closing()):
            self.stall.stop()

    def tell(self, subscriber: Subscriber, answer: Answer) -> None:
        """Write an answer at once; for who does not read keep a few, and not for long."""
        if self.writable.is_set():
            self._write(subscriber.message(answer))
            return
        self.kept.append((subscriber, answer))
        self.kept_bytes += answer.size
        if len(self.kept) > MOST_KEPT or self.kept_bytes > MOST_KEPT_BYTES:
            cut(self.transport)

    async def drain(self) -> bool:
        """Wait until the client has taken what was written; whether there was to wait."""
        is_behind = not self.writable.is_set()
        await self.writable.wait()
        return is_behind

    def forget(self) -> bool:
        """Whoever holds the socket may have no right any more to what was kept, if any was."""
        had = bool(self.kept)
        self.kept.clear()
        self.kept_bytes = 0
        return had

    def _write(self, content: bytes) -> None:
        """A text frame, as the `websockets` library would make it, without its detours."""
        if self.close_sent or self.transport.is_closing() or self.conn.state is not State.OPEN:
            return
        size = len(content)
        if size < 126:
            head = bytes((TEXT, size))
        elif size < 1 << 16:
            head = LONG.pack(TEXT, 126, size)
        else:
            head = LONGEST.pack(TEXT, 127, size)
        self.transport.write(head + content)

    def handle_ping(self) -> None:
        """Answer a ping; who does not read the answers gets no more of them."""
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()

    def handle_cont(self, event: Frame) -> None:
        """Keep a part of a message; parts without content would be kept without an end."""
        if event.data or event.fin:
            super().handle_cont(event)

    def keepalive_timeout(self) -> None:
        """Close a socket that answers no ping; with bytes still waiting it would take for ever."""
        if self.transport.get_write_buffer_size():
            cut(self.transport)
        else:
            super().keepalive_timeout()
            self._end()

    def shutdown(self) -> None:
        """Tell the client to come back, without waiting for one who does not read."""
        if self.conn.state is State.OPEN and not self.transport.is_closing():
            self.stop_keepalive()
            self.queue.put_nowait({"type": "websocket.disconnect", "code": RESTART})
            self.conn.send_close(RESTART, RESTART_REASON)
            self.transport.write(b"".join(self.conn.data_to_send()))
        elif not self.transport.is_closing():
            super().shutdown()
        self.stall.stop()
        self.stall = Deadline(self.bounds.stall_seconds / 2)
        self._end()

    def _end(self) -> None:
        self.transport.close()
        self.stall.start(self.transport)
