"""A worker that notifies, and a mail server that keeps what it is sent, both real."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from typing import Any

import models
from models.database import connection
from realtime.hub import Hub
from server import job
from server.mail.sink import Sink
from server.settings import Settings
from tests.world import World

WAIT_SECONDS = 30.0
SITE = "https://noaber.example"
LEFT = """
select count(*) as jobs from pgqueuer
where status in ('queued', 'picked') and execute_after <= now()
"""


@asynccontextmanager
async def notifying(settings: Settings, hub: Hub) -> AsyncIterator[Sink]:
    """A worker for as long as the block lasts; gives where its letters go."""
    sink = Sink()
    async with sink.listening() as address:
        told = {"smtp_url": address, "public_url": SITE, "mail_from": "noaber@noaber.example"}
        given = settings.model_copy(update={**told, "webhook_private": True})
        async with job.doing(given, hub, keeps_hours=False):
            yield sink


async def done() -> None:
    """Wait until every job that is due is done."""
    async with asyncio.timeout(WAIT_SECONDS):
        while (await connection().execute_query_dict(LEFT))[0]["jobs"]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def told(world: World, persona: str) -> list[tuple[str, str]]:
    """What a persona was notified of: reasons and kinds, oldest first."""
    rows = models.Notification.filter(resident_id=world.people[persona].resident_id)
    return [(row.reason.value, row.kind.value) for row in await rows.order_by("id")]


async def choose(world: World, persona: str, **frequencies: str) -> None:
    """Turn switches of a persona: `comment="DAILY"`."""
    for reason, frequency in frequencies.items():
        row: dict[str, Any] = {
            "resident_id": world.people[persona].resident_id,
            "reason": models.Reason(reason.upper()),
        }
        await models.NotificationSwitch.update_or_create(
            {"frequency": models.Frequency(frequency)}, **row
        )


def text(letter: EmailMessage) -> str:
    """The words of a letter, as a program without HTML shows them."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def html(letter: EmailMessage) -> str:
    """The page of a letter."""
    body = letter.get_body(("html",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
