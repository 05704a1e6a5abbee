"""The queue under a worker that is killed: nothing is lost, and nobody is sent anything twice."""

import asyncio
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import models
import resolvers.comment
from models.database import connection
from realtime.hub import Hub
from server.mail.sink import Sink
from server.settings import Settings
from tests.notifying import LEFT, text
from tests.resolvers.conftest import act
from tests.world import World

__all__ = ["act"]
COMMENTS = 40
KILLS = 6
WAIT_SECONDS = 150
ROOT = Path(__file__).parents[2]
WORKER = """
import asyncio, sys
from datetime import timedelta
from tortoise import Tortoise
import models.database
from realtime.hub import Hub
from server import job, settings
async def main():
    given = settings.read(smtp_url=sys.argv[1])
    await Tortoise.init(config=models.database.config(given.database_url, pool_size=5))
    async with Hub(given.redis_url, given.channel_prefix) as hub:
        async with job.doing(given, hub, silence=timedelta(seconds=1)):
            print("up", flush=True)
            await asyncio.Event().wait()
asyncio.run(main())
"""


def begin(settings: Settings, address: str, script: str = WORKER) -> "subprocess.Popen[bytes]":
    """A worker in a process of its own; usually one that takes over what was left a second ago."""
    told = {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "NOABER_ENVIRONMENT": "test",
        "NOABER_CHANNEL_PREFIX": settings.channel_prefix,
        "NOABER_SECRET": settings.secret,
        "NOABER_MAIL_FROM": "noaber@noaber.example",
        "NOABER_PICTURES_URL": settings.pictures_url,
    }
    run = [sys.executable, "-c", script, address]
    return subprocess.Popen(run, cwd=ROOT, env=told, stdout=subprocess.PIPE)


def end(worker: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    with worker:
        worker.send_signal(number)


async def left() -> int:
    return int((await connection().execute_query_dict(LEFT))[0]["jobs"])


async def kill_often(settings: Settings, address: str) -> None:
    """Workers that are killed at drawn moments, then one that finishes."""
    drawn = random.Random(7)
    for _ in range(KILLS):
        worker = await asyncio.to_thread(begin, settings, address)
        assert worker.stdout is not None
        await asyncio.to_thread(worker.stdout.readline)
        await asyncio.sleep(drawn.uniform(0, 0.5))
        await asyncio.to_thread(end, worker, signal.SIGKILL)
    worker = await asyncio.to_thread(begin, settings, address)
    try:
        while await left():  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    finally:
        await asyncio.to_thread(end, worker, signal.SIGTERM)


@pytest.mark.timeout(180)
async def test_a_worker_killed_at_any_moment_loses_nothing_and_sends_nothing_twice(
    act: Any, world: World, hub: Hub, settings: Settings
) -> None:
    post_id = world.posts[models.Audience.NEIGHBOURHOOD]
    said = [f"Bericht {number}." for number in range(COMMENTS)]
    for body in said:
        await act("neighbour", resolvers.comment.add_comment, post_id=post_id, body=body)
    sink = Sink()
    async with sink.listening() as address, asyncio.timeout(WAIT_SECONDS):
        await kill_often(settings, address)
    resident_id = world.people["resident"].resident_id
    notes = models.Notification.filter(resident_id=resident_id, reason=models.Reason.COMMENT)
    assert await notes.count() == COMMENTS
    mine = [text(each) for each in sink.letters if each["To"] == "resident@noaber.example"]
    told = [line for each in mine for line in each.splitlines() if line.startswith("Bericht")]
    assert sorted(told) == sorted(said)
