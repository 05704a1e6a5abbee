"""Stopping letters by the address that stands in each: signed, so that nobody stops another's."""

from collections.abc import Sequence
from html import escape
from uuid import UUID

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

import models
from auth import recipient
from models.transaction import transaction
from resolvers import notification_switch
from server.mail.writing import WORDS, page
from server.seal import Seal
from server.settings import Settings

PATH = "/unsubscribe"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
GONE = PlainTextResponse("Not found.", 404, HEADERS)


class Stopper:
    """Writes and reads the addresses; `key` is what everything is signed with."""

    def __init__(self, key: bytes, site: str) -> None:
        self._seal = Seal(key, b"unsubscribe")
        self._site = site

    @classmethod
    def of(cls, settings: Settings) -> "Stopper | None":
        """The one of these settings; None without a secret to sign with."""
        if not settings.secret:
            return None
        return cls(settings.signing_key, settings.public_url)

    def address(self, resident_id: UUID, reasons: Sequence[models.Reason]) -> str:
        """The address that ends the letters of a resident for these reasons."""
        told = f"{resident_id.hex}.{'+'.join(sorted(reasons))}".encode()
        return f"{self._site}{PATH}/{self._seal.write(told)}"

    def read(self, sealed: str) -> tuple[UUID, list[models.Reason]] | None:
        """Whose letters for which reasons; None for what we did not write."""
        told = self._seal.read(sealed)
        if told is None:
            return None
        who, _, reasons = told.decode().partition(".")
        return UUID(hex=who), [models.Reason(each) for each in reasons.split("+")]

    async def stop(self, request: Request) -> Response:
        """A page that asks (mail programs look at links by themselves); a POST that does it."""
        found = self.read(request.path_params["sealed"])
        if found is None:
            return GONE
        resident_id, reasons = found
        viewer = (await recipient.viewers_of([resident_id])).get(resident_id)
        if viewer is None:
            return GONE
        language = models.Language(viewer.language or models.Language.NL)
        words = WORDS[language]
        if request.method != "POST":
            button = f"<button>{escape(words['stop'])}</button>"
            form = f'<form method="post"><p>{escape(words["ask"])}</p>{button}</form>'
            return HTMLResponse(page(language, form), headers=HEADERS)
        async with transaction():
            await notification_switch.turn(resident_id, reasons, models.Frequency.NONE)
        return HTMLResponse(page(language, f"<p>{escape(words['stopped'])}</p>"), headers=HEADERS)


def routes(stopper: Stopper | None) -> list[BaseRoute]:
    """The way in; none where there is nothing to sign with."""
    if stopper is None:
        return []
    return [Route(f"{PATH}/{{sealed}}", stopper.stop, methods=["GET", "POST"])]
