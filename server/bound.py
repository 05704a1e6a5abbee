"""What one process bears of its clients, and the end of a connection that asks for more."""

import asyncio
import socket
import struct
from dataclasses import dataclass
from typing import Any

import uvicorn


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
    """The configuration of uvicorn, with the bounds of our protocols."""

    def __init__(self, app: Any, bounds: Bounds, **options: Any) -> None:
        super().__init__(app, **options)
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
