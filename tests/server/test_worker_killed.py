"""The whole worker, killed at drawn moments: it reminds once, and finishes what it began."""

import asyncio
import random
import signal
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

import models
from models.transaction import transaction
from realtime import job
from realtime.hub import Hub
from realtime.job import JobKind
from server.mail.sink import Sink
from server.picture.album import Album
from server.settings import Settings
from tests.resolvers.conftest import act
from tests.resolvers.gathering import attend, invite, question
from tests.resolvers.talking import settle
from tests.server.test_picture import uploaded
from tests.server.test_queue import begin, end, left
from tests.world import World

__all__ = ["act"]
GUESTS, PICTURES, POLLS, KILLS = 25, 6, 8, 6
WAIT_SECONDS = 150
WORKER = """
import asyncio, sys
from tortoise import Tortoise
import models.database
from realtime.hub import Hub
from server import settings, worker
async def main():
    given = settings.read(smtp_url=sys.argv[1])
    await Tortoise.init(config=models.database.config(given.database_url, pool_size=5))
    async with Hub(given.redis_url, given.channel_prefix) as hub, worker.working(given, hub):
        print("up", flush=True)
        await asyncio.Event().wait()
asyncio.run(main())
"""
Kind, Size = models.EventKind, models.PictureSize


async def prepare(act: Any, world: World, settings: Settings) -> tuple[Album, list[UUID]]:
    """Everything is due: reminders, pictures that were uploaded, polls that are over."""
    names = [f"guest{number}" for number in range(GUESTS)]
    await settle(world, *names)
    found = await invite(act, world)
    for name in names:
        await attend(act, found, name)
    for _ in range(POLLS):
        await question(act, world)
    ids = []
    for _ in range(PICTURES):
        album, id = await uploaded(world, settings)
        ids.append(id)
    async with transaction():
        await job.enqueue_all(JobKind.PICTURE, [(id,) for id in ids])
    before = datetime.now(UTC) - timedelta(seconds=1)
    await models.Poll.all().update(closes_at=before)
    await models.Attendance.all().update(remind_at=before)
    return album, ids


async def is_done() -> bool:
    waiting = models.Attendance.filter(reminded_at=None)
    polls, pictures = models.Poll.filter(closed_at=None), models.PictureState.UPLOADED
    late = await waiting.exists() or await polls.exists() or await left()
    return not (late or await models.Picture.filter(state=pictures).exists())


async def kill_often(settings: Settings, address: str) -> None:
    """Workers that are killed at drawn moments, then one that finishes."""
    drawn = random.Random(11)
    for number in range(KILLS + 1):
        worker = await asyncio.to_thread(begin, settings, address, WORKER)
        assert worker.stdout is not None
        await asyncio.to_thread(worker.stdout.readline)
        await asyncio.sleep(drawn.uniform(0, 0.6))
        while number == KILLS and not await is_done():  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        await asyncio.to_thread(end, worker, signal.SIGKILL)


@pytest.mark.timeout(240)
async def test_a_worker_killed_at_any_moment_does_each_thing_once(
    act: Any, world: World, hub: Hub, settings: Settings
) -> None:
    album, ids = await prepare(act, world, settings)
    edits = await models.Event.filter(kind=Kind.POST_EDITED).count()
    sink = Sink()
    async with sink.listening() as address, asyncio.timeout(WAIT_SECONDS):
        await kill_often(settings, address)
    reminded = await models.Event.filter(kind=Kind.REMINDER_DUE).values_list(
        "resident_id", flat=True
    )
    assert (len(reminded), len(set(reminded))) == (GUESTS, GUESTS)
    # a worker may die between the answer of a mail server and its commit: the same letter, again
    letters = {each["Message-ID"]: each["To"] for each in sink.letters}
    guests = [to for to in letters.values() if str(to).startswith("guest")]
    assert (len(guests), len(set(guests))) == (GUESTS, GUESTS)
    assert await models.Event.filter(kind=Kind.POST_EDITED).count() - edits == POLLS
    assert await models.Event.filter(kind=Kind.PICTURE_CHANGED).count() == PICTURES
    for id in ids:
        assert None not in [await album.read(id, size) for size in Size]
        assert await album.original(id) is None
