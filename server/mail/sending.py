"""Sending letters by SMTP: each as its reader may see it now, and each once."""

from datetime import UTC, datetime
from email.headerregistry import Address
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib

import models
from models.transaction import transaction
from resolvers import letter
from resolvers.letter import Opened
from server.mail import writing
from server.mail.stopping import Stopper
from server.mail.writing import Style

# the letter is locked meanwhile: less than a transaction may idle
SECONDS = 10.0
State = models.LetterState


class Post:
    """Sends letters to the server of `smtp_url`, as `sender`."""

    def __init__(self, smtp_url: str, sender: Address, site: str, stopper: Stopper) -> None:
        self._place = urlsplit(smtp_url)
        self._style = Style(site, sender)
        self._stopper = stopper

    async def send(self, letter_id: UUID) -> models.LetterState | None:
        """Send one letter; gives what became of it, None when it was settled before.

        It is locked until that is written down: whoever comes meanwhile waits, and finds it done.
        Where the process dies between the two, it is sent again under the same Message-ID.
        Raises what the mail server said for now; what it refuses for good is FAILED.
        """
        async with transaction():
            opened = await letter.open_letter(letter_id)
            if opened is None:
                return None
            state = await self._deliver(opened) if isinstance(opened, Opened) else State.DROPPED
            await letter.settle(letter_id, state, datetime.now(UTC))
            return state

    async def _deliver(self, opened: Opened) -> models.LetterState:
        stop = self._stopper.address(opened.resident_id, opened.reasons)
        message = writing.write(opened, self._style, stop)
        place = self._place
        try:
            await aiosmtplib.send(
                message,
                hostname=place.hostname,
                port=place.port,
                username=unquote(place.username) if place.username else None,
                password=unquote(place.password) if place.password else None,
                use_tls=place.scheme == "smtps",
                timeout=SECONDS,
            )
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPDataError) as error:
            if _is_final(error):
                return State.FAILED
            raise
        return State.SENT


def _is_final(error: aiosmtplib.SMTPRecipientsRefused | aiosmtplib.SMTPDataError) -> bool:
    """Whether the server says that it never will."""
    refused = getattr(error, "recipients", None) or [error]
    return all(getattr(each, "code", 0) >= 500 for each in refused)
