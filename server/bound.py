"""What one process bears of its clients, and the end of a connection that asks for more."""

import asyncio
import socket
import struct
from dataclasses import dataclass
from typing import Any

import uvicorn

# in seconds, and how often; the last, in milliseconds, is for what was sent and not acknowledged
KEEPALIVE = {
    "TCP_KEEPIDLE": 30,
    "TCP_KEEPINTVL": 10,
    "TCP_KEEPCNT": 3,
    "TCP_USER_TIMEOUT": 30_000,
}


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


def watch_over(transport: asyncio.Transport) -> None:
    """Have the kernel find out when nobody is there any more: it costs this process nothing.

    A line that is silent is asked after half a minute, and given up after another.
    """
    connection = transport.get_extra_info("socket")
    if connection.family not in (socket.AF_INET, socket.AF_INET6):
        return
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in KEEPALIVE.items():
        if hasattr(socket, name):  # else the machine has its own way, and its own times
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


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
