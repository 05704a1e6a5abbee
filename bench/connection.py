"""One kept-alive HTTP connection, as thin as Python allows: the client must not be the limit."""

import asyncio
import re
from dataclasses import dataclass

from bench.process import HOST

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
OPEN_SECONDS = 5.0
ANSWER_BYTES = 1 << 20


@dataclass
class Connection:
    """An open connection that sends one request at a time to one path."""

    head: bytes
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def open(cls, port: int, path: str, token: str) -> "Connection":
        """Connect to a port of this machine."""
        async with asyncio.timeout(OPEN_SECONDS):
            streams = await asyncio.open_connection(HOST, port, limit=ANSWER_BYTES)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAuthorization: Bearer {token}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        )
        return cls(head.encode(), *streams)

    async def post(self, body: bytes) -> bytes:
        """The body of the answer. Raises `RuntimeError` for any answer but a good one."""
        self.writer.write(b"%b%d\r\n\r\n%b" % (self.head, len(body), body))
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        if length is None:
            raise RuntimeError("an answer has no length")
        answer = await self.reader.readexactly(int(length[1]))
        if not head.startswith(b"HTTP/1.1 200 ") or b'"errors"' in answer:
            raise RuntimeError(f"answered {head[:40]!r}: {answer[:200]!r}")
        return answer

    def close(self) -> None:
        """Hang up."""
        self.writer.close()
