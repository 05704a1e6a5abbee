"""A watch lasts as long as the viewer may follow, and tells what the viewer may see by then."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import models
from auth.viewer import SIGNED_OUT
from models.base import uuid7
from models.transaction import transaction
from realtime import events, outbox
from realtime.hub import Hub
from tests.realtime import stage
from tests.realtime.conftest import Hubs

ONLY_NEIGHBOURS = models.Audience.NEIGHBOURS_ONLY
WORKER = models.MembershipRole.NEIGHBOURHOOD_WORKER


async def test_a_membership_that_ended_ends_the_watch_in_every_process(
    hubs: Hubs, stream_id: UUID
) -> None:
    here, there = await hubs.open(), await hubs.open()
    viewer = stage.standing_in(stream_id)
    watchers = [stage.Watcher(hub, stream_id, viewer) for hub in (here, there)]
    tasks = [asyncio.create_task(watcher.run()) for watcher in watchers]
    await stage.ring(here, stream_id)
    await stage.until(lambda: all(watcher.sequences == [1] for watcher in watchers))

    for watcher in watchers:
        watcher.rights = replace(viewer, standings=())
    assert viewer.resident_id is not None
    await here.recheck(viewer.resident_id)

    assert await stage.until(lambda: all(task.done() for task in tasks)) < 1.0
    await asyncio.gather(*tasks)
    await stage.ring(here, stream_id)
    assert [watcher.sequences for watcher in watchers] == [[1], [1]]


async def test_a_revoked_session_ends_the_watch_at_the_next_look(hub: Hub, stream_id: UUID) -> None:
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id))
    task = asyncio.create_task(watcher.run(recheck_seconds=0.3))
    await stage.ring(hub, stream_id)
    await stage.until(lambda: watcher.sequences == [1])

    watcher.rights = None

    assert await stage.until(task.done) < 1.0
    await task


async def test_a_credential_that_expires_is_looked_up_then(hub: Hub, stream_id: UUID) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=0.4)
    viewer = replace(stage.standing_in(stream_id), expires_at=soon)
    watcher = stage.Watcher(hub, stream_id, viewer)
    task = asyncio.create_task(watcher.run())
    await stage.ring(hub, stream_id)
    await stage.until(lambda: watcher.sequences == [1])
    watcher.rights = None

    await stage.until(task.done)

    assert datetime.now(UTC) >= soon
    await task


async def test_a_viewer_who_may_not_follow_hears_nothing(hub: Hub, stream_id: UUID) -> None:
    await stage.ring(hub, stream_id)
    elsewhere = stage.Watcher(hub, stream_id, stage.standing_in(uuid7()), after=0)
    signed_out = stage.Watcher(hub, stream_id, SIGNED_OUT, after=0)

    await asyncio.wait_for(asyncio.gather(elsewhere.run(), signed_out.run()), 2)

    assert elsewhere.heard == signed_out.heard == []


async def test_rights_that_end_while_the_reader_is_slow_end_the_page_too(
    hub: Hub, stream_id: UUID
) -> None:
    await stage.ring(hub, stream_id, 5)
    viewer = stage.standing_in(stream_id)
    watcher = stage.Watcher(hub, stream_id, viewer, after=0)
    assert viewer.resident_id is not None

    heard = []
    async with aclosing(watcher.words()) as words:
        async for word in words:
            heard.append(word)
            if len(heard) == 2:
                watcher.rights = None
                await hub.recheck(viewer.resident_id)

    assert len(heard) == 2


async def test_changed_rights_change_what_is_told_from_then_on(hub: Hub, stream_id: UUID) -> None:
    member = stage.standing_in(stream_id)
    as_worker = replace(member.standings[0], role=WORKER)
    watcher = stage.Watcher(hub, stream_id, member)

    async with stage.watching(watcher):
        await hub.ring(await stage.write(stream_id, ONLY_NEIGHBOURS))
        await stage.until(lambda: watcher.sequences == [1])
        watcher.rights = replace(member, standings=(as_worker,))
        assert member.resident_id is not None
        await hub.recheck(member.resident_id)
        await hub.ring(await stage.write(stream_id, ONLY_NEIGHBOURS))
        await hub.ring(await stage.write(stream_id))
        await stage.until(lambda: watcher.sequences == [1, 3])


async def test_an_event_that_tells_of_rights_has_them_looked_at_before_it_is_told(
    hub: Hub, stream_id: UUID
) -> None:
    viewer = stage.standing_in(stream_id)
    watcher = stage.Watcher(hub, stream_id, viewer)
    async with stage.watching(watcher):
        async with transaction():
            bell = await outbox.announce(
                events.PersonalEvent(
                    kind=models.EventKind.MEMBER_HIDDEN,
                    stream_id=stream_id,
                    neighbourhood_id=stream_id,
                    subject_id=uuid7(),
                    resident_id=viewer.resident_id or uuid7(),
                )
            )
        refreshed = watcher.refreshed
        await hub.ring(bell)
        await watcher.hears(1)
        assert watcher.refreshed == refreshed + 1
        await stage.ring(hub, stream_id)
        await watcher.hears(2)
        assert watcher.refreshed == refreshed + 1
