"""A client of raw bytes: it says what it wants, and reads only when it is told to."""

import select
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from websockets.client import ClientProtocol
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from tests.running import Server

SMALL = 4096
ENDED = (ConnectionResetError, BrokenPipeError)


def connect(server: Server) -> socket.socket:
    """A connection whose receiving side holds next to nothing."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", server.port))
    return connection


def seconds_until_end(connection: socket.socket, limit: float) -> float:
    """How long it takes until the server ends the connection. Raises `TimeoutError`."""
    began = time.monotonic()
    connection.settimeout(limit)
    with suppress(*ENDED):
        while connection.recv(65_536):
            assert time.monotonic() < began + limit
    return time.monotonic() - began


def kilobytes(server: Server, name: str) -> int:
    """A figure of the memory of the server process: `VmRSS` now, `VmHWM` at most until now."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    [line] = [each for each in status.splitlines() if each.startswith(f"{name}:")]
    return int(line.split()[1])


class Mute:
    """A socket that speaks graphql-transport-ws and never reads what comes."""

    def __init__(self, server: Server, token: str | None) -> None:
        address = f"ws://127.0.0.1:{server.port}/graphql"
        subprotocols = [Subprotocol("graphql-transport-ws")]
        self.protocol = ClientProtocol(parse_uri(address), subprotocols=subprotocols)
        self.connection = connect(server)
        self.protocol.send_request(self.protocol.connect())
        self.write()
        self.protocol.receive_data(self.connection.recv(SMALL))
        self.protocol.events_received()
        self.say(type="connection_init", payload={"authorization": f"Bearer {token}"})

    def say(self, **message: Any) -> None:
        """Send a message."""
        self.protocol.send_text(orjson.dumps(message, default=str))
        self.write()

    def subscribe(self, operation: str, document: str, **variables: Any) -> None:
        """Begin an operation."""
        payload = {"query": document, "variables": variables}
        self.say(id=operation, type="subscribe", payload=payload)

    def write(self) -> None:
        """Send what the protocol has to send."""
        self.connection.sendall(b"".join(self.protocol.data_to_send()))

    def repeat(self, frames: bytes, seconds: float) -> bool:
        """Send frames again and again; whether the server cut the connection meanwhile."""
        end = time.monotonic() + seconds
        self.connection.settimeout(0.5)
        while time.monotonic() < end:
            try:
                self.connection.sendall(frames)
            except TimeoutError:
                continue
            except ENDED:
                return True
        return False

    @property
    def is_cut(self) -> bool:
        """Whether the server has thrown the connection away."""
        poll = select.poll()
        poll.register(self.connection, 0)
        return bool(poll.poll(0))
