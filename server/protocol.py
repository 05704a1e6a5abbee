"""Connections with an end: who does not read, or does not finish what it sends, is cut."""

import asyncio
import logging
import socket
import struct
from dataclasses import dataclass
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import State

RESTART = 1012
RESTART_REASON = "The server restarts"
FULL_REASON = "Too many sockets, try again later\n"

# at INFO uvicorn tells of each socket, with the address of a person
LOGGER = logging.getLogger("uvicorn.error.socket")


@dataclass
class Bounds:
    """What one process bears, and how many sockets it has at this moment.

    `stall_seconds`: how long bytes may wait for a client that does not read, and a socket that
    ends for its client. `request_seconds`: how long a request may take to arrive.
    """

    stall_seconds: float
    request_seconds: float
    max_sockets: int
    sockets: int = 0


class Config(uvicorn.Config):
    """The configuration of uvicorn, with our protocols and their bounds."""

    def __init__(self, app: Any, bounds: Bounds, **options: Any) -> None:
        options = {"http": Exchange, "ws": Socket, **options}
        super().__init__(app, **options)
        LOGGER.setLevel(logging.WARNING)
        self.bounds = bounds


def cut(transport: asyncio.Transport) -> None:
    """End a connection at once; what its client did not take is dropped, in the kernel too."""
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class Deadline:
    """Cuts a connection some seconds after the first start, unless it is stopped before."""

    __slots__ = ("_handle", "_seconds")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._handle: asyncio.TimerHandle | None = None

    def start(self, transport: asyncio.Transport) -> None:
        """Count from now; a deadline that runs already keeps its moment."""
        if self._handle is None:
            loop = asyncio.get_running_loop()
            self._handle = loop.call_later(self._seconds, cut, transport)

    def stop(self) -> None:
        """All is well."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None


class Exchange(HttpToolsProtocol):
    """HTTP: a request arrives in time, a response is read in time, or the connection is cut."""

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any], **rest: Any
    ) -> None:
        super().__init__(config, server_state, app_state, **rest)
        self.arrival = Deadline(config.bounds.request_seconds)
        self.stall = Deadline(config.bounds.stall_seconds)
        self.is_whole = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.arrival.start(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.arrival.stop()
        self.stall.stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # Any byte ends uvicorn's keep-alive timeout, so any byte but a request's last starts ours.
        self.is_whole = False
        super().data_received(data)
        if self.is_whole:
            self.arrival.stop()
        elif self.parser is not None:
            self.arrival.start(self.transport)

    def on_message_begin(self) -> None:
        self.is_whole = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self.is_whole = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._end()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._end()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.stall.start(self.transport)

    def resume_writing(self) -> None:
        super().resume_writing()
        if not self.transport.is_closing():
            self.stall.stop()

    def handle_websocket_upgrade(self) -> None:
        """A socket begins on a quiet connection: what stalls the response would be forgotten."""
        if self.cycle is None or self.cycle.response_complete:
            self.stall.stop()
            super().handle_websocket_upgrade()
        else:
            cut(self.transport)

    def _end(self) -> None:
        """A closed connection lives on until its last byte is taken: not for ever."""
        if self.transport.is_closing():
            self.stall.start(self.transport)


class Socket(WebSocketsSansIOProtocol):
    """A WebSocket: never more of them than allowed, none that outlives its reader or the server."""

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any], **rest: Any
    ) -> None:
        super().__init__(config, server_state, app_state, **rest)
        self.logger = self.conn.logger = LOGGER
        self.bounds = config.bounds
        self.stall = Deadline(config.bounds.stall_seconds)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.bounds.sockets += 1

    def connection_lost(self, exc: Exception | None) -> None:
        self.bounds.sockets -= 1
        self.stall.stop()
        super().connection_lost(exc)

    def handle_connect(self, event: Request) -> None:
        """Begin, or refuse the handshake with 503 when there are sockets enough."""
        if self.bounds.sockets <= self.bounds.max_sockets:
            super().handle_connect(event)
            return
        self.handshake_complete = self.close_sent = True
        self.conn.send_response(self.conn.reject(503, FULL_REASON))
        self.transport.write(b"".join(self.conn.data_to_send()))
        self._end()

    async def run_asgi(self) -> None:
        """Once the application is done with the socket, the client has a limited time to be so."""
        await super().run_asgi()
        if not self.disconnected:
            self.stall.start(self.transport)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.stall.start(self.transport)

    def resume_writing(self) -> None:
        super().resume_writing()
        if not (self.close_sent or self.transport.is_closing()):
            self.stall.stop()

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

    def handle_parser_exception(self) -> None:
        """Answer what is no WebSocket with a close frame; a bad handshake can have none."""
        if self.conn.close_sent is None:
            cut(self.transport)
        else:
            super().handle_parser_exception()

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
