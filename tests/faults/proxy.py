"""A bad line between a client and a server: it goes silent, drips, or breaks in mid-frame."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

CHUNK = 65_536
RESET = struct.pack("ii", 1, 0)  # SO_LINGER of no time: closing sends a reset


@dataclass(eq=False)
class Link:
    """One connection through the line; a silent one forwards nothing and stays open."""

    down: asyncio.StreamWriter
    up: asyncio.StreamWriter
    forwards: asyncio.Event
    is_torn: bool = False


@dataclass
class Proxy:
    """Forwards to a port of this machine; `piece` > 0 has bytes drip, so many each millisecond."""

    target: int
    port: int = 0
    piece: int = 0
    links: set[Link] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def address(self) -> str:
        """Where clients find it."""
        return f"127.0.0.1:{self.port}"

    def silence(self) -> int:
        """Stop forwarding on all that forward now, and close nothing; how many those were."""
        links = [link for link in self.links if link.forwards.is_set()]
        for link in links:
            link.forwards.clear()
        return len(links)

    def tear(self) -> int:
        """Reset each open connection in the middle of what the server says next; how many."""
        for link in self.links:
            link.is_torn = True
        return len(self.links)

    async def serve(self, down: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        try:
            up, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            to_client.transport.abort()
            return
        link = Link(to_client, to_server, asyncio.Event())
        link.forwards.set()
        self.links.add(link)
        pumps = [self._pump(link, down, to_server, False), self._pump(link, up, to_client, True)]
        tasks = {asyncio.create_task(pump) for pump in pumps}
        self._tasks |= tasks
        for task in tasks:
            task.add_done_callback(lambda _: self._close(link))

    async def _pump(
        self, link: Link, source: asyncio.StreamReader, sink: asyncio.StreamWriter, is_down: bool
    ) -> None:
        with suppress(OSError):
            while data := await source.read(CHUNK):
                await link.forwards.wait()
                if is_down and link.is_torn:
                    await _tear(sink, data)
                    break
                await self._forward(sink, data)

    async def _forward(self, sink: asyncio.StreamWriter, data: bytes) -> None:
        size = self.piece or len(data)
        for start in range(0, len(data), size):
            sink.write(data[start : start + size])
            await sink.drain()
            if self.piece:
                await asyncio.sleep(0.001)

    def _close(self, link: Link) -> None:
        self.links.discard(link)
        link.down.transport.abort()
        link.up.transport.abort()

    async def close(self) -> None:
        """Cut every connection."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _tear(sink: asyncio.StreamWriter, data: bytes) -> None:
    """Half of it, a moment for the client to read that, and a reset."""
    sink.write(data[: len(data) // 2])
    await asyncio.sleep(0.02)
    raw: socket.socket = sink.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    sink.transport.abort()


@asynccontextmanager
async def proxying(target: int) -> AsyncIterator[Proxy]:
    """A line to a port, for a while."""
    proxy = Proxy(target)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.close()
        await server.wait_closed()
