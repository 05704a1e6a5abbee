"""The worker forgets what is old, and nothing else."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import models
from models.transaction import transaction
from realtime import events, outbox
from server import worker
from server.settings import Settings
from tests.world import World

NOW = datetime.now(UTC)


async def tell(world: World) -> None:
    """One event in the feed of home."""
    async with transaction():
        await outbox.announce(
            events.PostSolved(
                stream_id=world.home,
                neighbourhood_id=world.home,
                audience=models.Audience.NEIGHBOURHOOD,
                author_id=world.home,
                post_id=world.home,
            )
        )


async def test_it_forgets_old_events_and_says_where_history_begins(world: World) -> None:
    for _ in range(3):
        await tell(world)
    await models.Event.filter(sequence__lte=2).update(created_at=NOW - timedelta(days=31))
    assert (await worker.forget(NOW))["events"] == 2
    assert [event.sequence for event in await models.Event.all()] == [3]
    stream = await models.Stream.get(id=world.home)
    assert (stream.trimmed_sequence, stream.last_sequence) == (2, 3)
    assert (await worker.forget(NOW))["events"] == 0


async def test_it_forgets_used_keys_after_thirty_days(world: World) -> None:
    resident_id = world.people["resident"].resident_id
    for key in ("old", "new"):
        await models.MutationKey.create(
            resident_id=resident_id, key=key, door="createPost", fingerprint="f"
        )
    await models.MutationKey.filter(key="old").update(created_at=NOW - timedelta(days=31))
    assert (await worker.forget(NOW))["keys"] == 1
    assert [key.key for key in await models.MutationKey.all()] == ["new"]


async def test_it_forgets_expired_tokens(world: World) -> None:
    before = await models.SessionToken.all().count()
    assert (await worker.forget(NOW + timedelta(minutes=5)))["tokens"] == 1
    assert await models.SessionToken.all().count() == before - 1


def test_it_runs_until_it_is_told_to_stop(settings: Settings, tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": str(settings.database_url)}
    process = subprocess.Popen([sys.executable, "-m", "server", "worker"], env=environment)
    started = time.time()
    while worker.PULSE.stat().st_mtime < started if worker.PULSE.exists() else True:
        assert process.poll() is None
        assert time.time() - started < 15
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
