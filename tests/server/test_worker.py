"""The worker tells what is due and forgets what is old, and nothing else."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

import models
import resolvers.announcement
from models.base import uuid7
from models.transaction import transaction
from realtime import events, outbox
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.work import perform
from server import worker
from server.engines.port import free_port
from server.settings import Settings, SettingsError
from tests.server.receiver import Receiver, listening
from tests.world import World

NOW = datetime.now(UTC)
TOLD = {
    models.EventKind.HELP_REQUEST_ASKED,
    models.EventKind.NOTIFICATION_ADDED,
    models.EventKind.GUARDIAN_LEAVE_CHANGED,
}
SERVING = """
import sys
from server import serving, settings
from server.engines.port import claim
given = settings.read()
with claim(given.host, given.port) as claimed:
    serving.listen(given, (), claimed, works=sys.argv[1] == "True")
"""


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
            holder_id=resident_id, key=key, door="createPost", fingerprint="f"
        )
    await models.MutationKey.filter(key="old").update(created_at=NOW - timedelta(days=31))
    assert (await worker.forget(NOW))["keys"] == 1
    assert [key.key for key in await models.MutationKey.all()] == ["new"]


async def test_it_forgets_expired_tokens(world: World) -> None:
    before = await models.SessionToken.all().count()
    assert (await worker.forget(datetime.now(UTC) + timedelta(minutes=5)))["tokens"] == 1
    assert await models.SessionToken.all().count() == before - 1


async def test_it_forgets_deliveries_after_thirty_days(partners: World) -> None:
    hook = await webhook(partners, "https://partner.example/")
    for days in (31, 29):
        made = round((NOW - timedelta(days=days)).timestamp() * 1000)
        await models.WebhookDelivery.create(
            id=uuid7(made),
            webhook_id=hook.id,
            organisation_id=hook.organisation_id,
            event_id=uuid7(),
            sequence=days,
            kind=models.EventKind.CASE_CHANGED,
            subject_id=uuid7(),
            next_attempt_at=NOW,
        )
    assert (await worker.forget(NOW))["deliveries"] == 1
    assert [each.sequence for each in await models.WebhookDelivery.all()] == [29]


async def webhook(partners: World, url: str) -> models.Webhook:
    """A webhook of the town for replies, made by the manager."""
    return await models.Webhook.create(
        organisation_id=partners.organisations["town"],
        issued_by_id=partners.staff["manager"],
        url=url,
        kinds=["REPLY_REMOVED"],
        told_sequence=0,
    )


async def happen(partners: World) -> None:
    """Something happens that the webhook is told of."""
    town = partners.organisations["town"]
    async with transaction():
        await outbox.announce(
            events.GrantEvent(
                kind=models.EventKind.REPLY_REMOVED,
                stream_id=town,
                neighbourhood_id=partners.home,
                subject_id=uuid7(),
                organisation_id=town,
                scope="announcements:read",
            )
        )


@contextmanager
def process(settings: Settings, *command: str, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker of its own, or another command, with more in its environment."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "NOABER_CHANNEL_PREFIX": settings.channel_prefix,
        "NOABER_SECRET": settings.secret,
        "NOABER_ENVIRONMENT": "test",
        "NOABER_WEBHOOK_PRIVATE": "true",
        **more,
    }
    run = command or ("-m", "server", "worker")
    started = subprocess.Popen([sys.executable, *run], env=environment)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


async def came(receiver: Receiver, count: int) -> None:
    """Wait until so many requests have come."""
    async with asyncio.timeout(20):
        while len(receiver.received) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_what_is_due_is_published_and_its_bell_is_rung(
    partners: World, hub: Hub, settings: Settings
) -> None:
    context = await Context(hub, partners.people["editor"].token).fresh()
    given = {
        "organisation_id": partners.organisations["town"],
        "purpose": models.AnnouncementPurpose.PRACTICAL_INFO,
        "title": "Sneeuw",
        "body": "Ruim uw stoep",
        "publish_at": datetime.now(UTC) + timedelta(seconds=1),
    }
    await perform(context, resolvers.announcement.create_announcement, given, None)
    with hub.listen(partners.home) as listener:
        async with worker.working(settings, hub):
            await asyncio.wait_for(listener.wait(10), 15)
            while not (told := await outbox.read(partners.home, 0, 10)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    assert [each.event.kind for each in told] == [models.EventKind.POST_PUBLISHED]


async def test_old_requests_are_asked_about_and_leave_that_ran_out_is_ended(
    world: World, hub: Hub, settings: Settings
) -> None:
    mine, minor = world.people["resident"], world.people["neighbour"]
    shared: dict[str, Any] = {"neighbourhood_id": world.home}
    audience = models.Audience.NEIGHBOURHOOD
    request = await models.HelpRequest.create(
        **shared, post_id=world.posts[audience], author_id=mine.membership_id, audience=audience
    )
    await models.HelpRequest.all().update(created_at=NOW - timedelta(days=15))
    leave = await models.GuardianLeave.create(
        **shared,
        resident_id=minor.resident_id,
        membership_id=minor.membership_id,
        guardian_id=mine.membership_id,
        expires_at=NOW,
    )
    assert mine.resident_id is not None
    async with worker.working(settings, hub), asyncio.timeout(15):
        while {each.event.kind for each in await outbox.read(mine.resident_id, 0, 9)} != TOLD:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert (await models.HelpRequest.get(id=request.id)).asked_at is not None
    assert (await models.GuardianLeave.get(id=leave.id)).revoked_at == NOW


async def test_a_worker_that_is_killed_or_stopped_loses_nothing(
    partners: World, settings: Settings
) -> None:
    async with listening() as receiver:
        await webhook(partners, receiver.url)
        await happen(partners)
        with process(settings) as first:
            await came(receiver, 1)
            first.kill()
        for _ in range(3):
            await happen(partners)
        with process(settings) as second:
            await came(receiver, 4)
            second.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(second.wait, 10) == 0
    told = [
        each.event.subject_id for each in await outbox.read(partners.organisations["town"], 0, 9)
    ]
    heard = list(dict.fromkeys(each["subjectId"] for each in receiver.told))
    assert heard == [str(each) for each in told]


@pytest.mark.parametrize(("works", "arrived"), [(True, 1), (False, 0)])
async def test_a_server_does_the_rounds_only_where_it_is_told_to(
    partners: World, settings: Settings, works: bool, arrived: int
) -> None:
    port = free_port()
    async with listening() as receiver:
        await webhook(partners, receiver.url)
        await happen(partners)
        with process(settings, "-c", SERVING, str(works), PORT=str(port)) as serving:
            await asyncio.to_thread(answered, port)
            if works:
                await came(receiver, 1)
            await asyncio.sleep(2)
            serving.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(serving.wait, 15) == -signal.SIGTERM
    assert len(receiver.received) == arrived


def answered(port: int) -> None:
    """Wait until the server is well."""
    for _ in range(200):
        with suppress(httpx.TransportError):
            if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=1).status_code == 200:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not answer")


def test_it_wants_to_know_where_its_engines_are() -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL and REDIS_URL"):
        asyncio.run(worker.run(Settings(database_url="postgres://db/n")))


def test_it_runs_until_it_is_told_to_stop(settings: Settings, tmp_path: Path) -> None:
    began = time.time()
    with process(settings) as started:
        while worker.PULSE.stat().st_mtime < began if worker.PULSE.exists() else True:
            assert started.poll() is None
            assert time.time() - began < 15
            time.sleep(0.05)
        started.send_signal(signal.SIGTERM)
        assert started.wait(10) == 0
