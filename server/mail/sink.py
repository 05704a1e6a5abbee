"""A mail server that delivers nothing: the demo's, which shows what would have been sent."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape

from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Route

import models
from server.mail.writing import page

PATH = "/mail"
MOST = 200
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


class Sink(Message):
    """Keeps the last letters; one that comes twice under the same id is kept once."""

    def __init__(self) -> None:
        super().__init__()
        # it would log the addresses of residents
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self.letters: deque[EmailMessage] = deque(maxlen=MOST)
        self.received = 0

    def prepare_message(self, session: object, envelope: object) -> EmailMessage:
        """The letter as it came."""
        content: bytes = envelope.content  # type: ignore[attr-defined]
        return message_from_bytes(content, policy=policy.default)

    def handle_message(self, message: EmailMessage) -> None:  # type: ignore[override]
        """Keep it."""
        self.received += 1
        if message["Message-ID"] not in {each["Message-ID"] for each in self.letters}:
            self.letters.appendleft(message)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Take letters for as long as the block lasts; gives the address to send them to."""
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(self, enable_SMTPUTF8=True), "127.0.0.1", 0
        )
        port = server.sockets[0].getsockname()[1]
        async with server:
            yield f"smtp://127.0.0.1:{port}"

    async def show(self, request: Request) -> HTMLResponse:
        """The letters, newest first."""
        return HTMLResponse(page(models.Language.EN, "".join(self._lines())), headers=HEADERS)

    def routes(self) -> list[BaseRoute]:
        """Where to look at them."""
        return [Route(PATH, self.show)]

    def _lines(self) -> Iterator[str]:
        yield f"<h1>What was sent</h1><p>{len(self.letters)} letters, newest first.</p>"
        for letter in self.letters:
            body = letter.get_body(("plain",))
            words = body.get_content() if body else ""
            yield f"<h2>{escape(str(letter['Subject']))}</h2><p>To {escape(str(letter['To']))}</p>"
            yield f"<pre>{escape(words)}</pre>"
