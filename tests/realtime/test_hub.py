"""Bells reach every process, whatever happens to Redis, and an event is read once for all."""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest
import redis.asyncio

from models.base import uuid7
from models.database import connection
from realtime.channel import Listener
from realtime.hub import Hub
from realtime.outbox import Doorbell, Position
from tests.realtime import stage
from tests.realtime.conftest import Hubs


async def test_a_bell_rung_in_one_process_is_heard_in_both(hubs: Hubs) -> None:
    here, there = await hubs.open(), await hubs.open()
    stream_id = await stage.new_stream()

    with here.listen(stream_id) as near, there.listen(stream_id) as far:
        await asyncio.sleep(0.2)
        near.woken.clear()
        far.woken.clear()
        assert await here.read(stream_id, 0) == await there.read(stream_id, 0) == []
        await here.ring(await stage.write(stream_id))
        await stage.until(lambda: near.woken.is_set() and far.woken.is_set(), 1.0)

        assert [told.sequence for told in await here.read(stream_id, 0)] == [1]
        assert [told.sequence for told in await there.read(stream_id, 0)] == [1]


async def test_ten_first_listeners_at_once_all_hear(hubs: Hubs) -> None:
    here, there = await hubs.open(), await hubs.open()
    stream_id = await stage.new_stream()
    viewer = stage.standing_in(stream_id)
    watchers = [stage.Watcher(there, stream_id, viewer) for _ in range(10)]

    async with stage.watching(*watchers):
        await here.ring(await stage.write(stream_id))
        await stage.until(lambda: all(w.sequences == [1] for w in watchers), 1.0)


async def test_a_bell_that_was_never_rung_is_made_good_by_the_poll(hubs: Hubs) -> None:
    hub = await hubs.open(poll_seconds=0.3)
    stream_id = await stage.new_stream()
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id))

    async with stage.watching(watcher):
        await stage.write(stream_id)
        assert await stage.until(lambda: watcher.sequences == [1]) < 1.0


async def test_one_statement_looks_at_all_streams_that_are_listened_to(
    hubs: Hubs, statements: Callable[[str], int]
) -> None:
    hub = await hubs.open(poll_seconds=0.4)
    stream_ids = [await stage.new_stream() for _ in range(20)]

    with ExitStack() as stack:
        for stream_id in stream_ids:
            stack.enter_context(hub.listen(stream_id))
        await asyncio.sleep(0.2)
        before = statements("from stream where")
        await asyncio.sleep(1.2)

        assert statements("from stream where") - before in (2, 3)


async def test_a_stream_nobody_listens_to_can_be_read(hubs: Hubs) -> None:
    hub = await hubs.open()
    stream_id = await stage.new_stream()
    await stage.write(stream_id)

    assert [told.sequence for told in await hub.read(stream_id, 0)] == [1]
    assert await hub.position(stream_id) == Position(last=1, trimmed=0)


async def test_killed_connections_heal_and_nothing_is_lost(
    frail_hubs: Hubs, valkey: stage.Valkey
) -> None:
    here, there = await frail_hubs.open(1.0), await frail_hubs.open(1.0)
    stream_id = await stage.new_stream()
    watcher = stage.Watcher(there, stream_id, stage.standing_in(stream_id))

    async with stage.watching(watcher), redis.asyncio.Redis.from_url(valkey.url) as client:
        for _ in range(3):
            for kind in ("pubsub", "normal"):
                await client.client_kill_filter(_type=kind, skipme=True)
            bell = await stage.write(stream_id)
            await here.ring(bell)
            assert await watcher.hears(bell.sequence) < 2.0
            await stage.until(lambda: here.connected and there.connected)
    assert watcher.sequences == [1, 2, 3]


async def test_a_restarted_valkey_makes_the_feed_late_but_never_wrong(
    frail_hubs: Hubs, valkey: stage.Valkey, caplog: pytest.LogCaptureFixture
) -> None:
    here, there = await frail_hubs.open(1.0), await frail_hubs.open(1.0)
    stream_id = await stage.new_stream()
    watcher = stage.Watcher(there, stream_id, stage.standing_in(stream_id))

    async with stage.watching(watcher):
        valkey.stop()
        for _ in range(3):
            start = time.monotonic()
            await here.ring(await stage.write(stream_id))
            assert time.monotonic() - start < 1.2
        assert await stage.until(lambda: watcher.sequences == [1, 2, 3]) < 2.0
        await stage.until(lambda: not here.connected and not there.connected)

        valkey.start()
        await stage.until(lambda: here.connected and there.connected)
        there._poll_seconds = 30.0
        await asyncio.sleep(1.2)
        await here.ring(await stage.write(stream_id))
        assert await stage.until(lambda: watcher.sequences == [1, 2, 3, 4]) < 0.5

    said = [r.getMessage().split(" (")[0] for r in caplog.records if r.levelno >= logging.WARNING]
    assert sorted(said) == sorted(
        ["listening to the doorbell: failing", "listening to the doorbell: working again"] * 2
        + ["ringing the doorbell: failing", "ringing the doorbell: working again"]
    )


async def test_after_a_reconnect_nobody_waits_for_the_poll(
    frail_hubs: Hubs, valkey: stage.Valkey
) -> None:
    hub = await frail_hubs.open(poll_seconds=30.0)
    stream_id = await stage.new_stream()
    watchers = [stage.Watcher(hub, stream_id, stage.standing_in(stream_id)) for _ in range(2)]

    async with stage.watching(*watchers):
        await stage.ring(hub, stream_id)
        await asyncio.gather(*(watcher.hears(1) for watcher in watchers))
        valkey.stop()
        looked_up = [watcher.refreshed for watcher in watchers]
        await stage.write(stream_id)
        valkey.start()

        await asyncio.gather(*(watcher.hears(2) for watcher in watchers))
        await stage.until(
            lambda: [watcher.refreshed for watcher in watchers] == [n + 1 for n in looked_up]
        )


async def test_a_valkey_that_hangs_is_left_within_a_second_and_found_out_by_the_ping(
    frail_hubs: Hubs, valkey: stage.Valkey
) -> None:
    hub = await frail_hubs.open(poll_seconds=1.0)
    hub._backend._ping_seconds = 0.2
    stream_id = await stage.new_stream()
    with hub.listen(stream_id):
        await asyncio.sleep(0.1)
        valkey.freeze()
        start = time.monotonic()
        await hub.ring(Doorbell(stream_id, 1))
        assert 0.5 < time.monotonic() - start < 1.5
        start = time.monotonic()
        await hub.ring(Doorbell(stream_id, 2))
        assert time.monotonic() - start < 0.1
        await stage.until(lambda: not hub.connected)
        valkey.thaw()
        await stage.until(lambda: hub.connected)


async def test_junk_on_the_channel_is_survived(
    hubs: Hubs, caplog: pytest.LogCaptureFixture
) -> None:
    hub = await hubs.open()
    stream_id = await stage.new_stream()
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id))
    junk = [b"\xff\xfe\x00", b"", b":", b"9" * 5000, b"a:-1", "x:٣".encode(), b"s:99999"]

    async with stage.watching(watcher), redis.asyncio.Redis.from_url(hubs.url) as client:
        for payload in junk:
            await client.publish(f"{hubs.prefix}:stream:{stream_id}", payload)
            await client.publish(f"{hubs.prefix}:alive", payload)
        # Long enough for the false high number to be acted on: it must not silence a true bell.
        await asyncio.sleep(0.1)
        await hub.ring(await stage.write(stream_id))
        await stage.until(lambda: watcher.sequences == [1], 1.0)
        assert hub.connected
    assert [record for record in caplog.records if record.name == "realtime.outage"] == []


async def test_a_flood_of_bells_is_bounded_and_the_last_is_heard(hubs: Hubs) -> None:
    here, there = await hubs.open(), await hubs.open()
    stream_id = await stage.new_stream()
    watcher = stage.Watcher(there, stream_id, stage.standing_in(stream_id))

    async with stage.watching(watcher), redis.asyncio.Redis.from_url(hubs.url) as client:
        bell = await stage.write(stream_id)
        async with client.pipeline(transaction=False) as pipeline:
            for _ in range(20_000):
                pipeline.publish(f"{hubs.prefix}:stream:{stream_id}", "junk:0")
            await pipeline.execute()
        await here.ring(bell)
        await stage.until(lambda: watcher.sequences == [1], 3.0)
        assert there._backend._queue.qsize() < 1024


async def test_a_listener_that_left_leaves_nothing(hubs: Hubs) -> None:
    hub = await hubs.open()
    stream_id, resident_id = uuid7(), uuid7()
    tasks = len(asyncio.all_tasks())

    for _ in range(20):
        with hub.listen(stream_id) as listener:
            hub.rights.join(resident_id, listener)
            await asyncio.sleep(0.001)
            hub.rights.leave(resident_id, listener)

    await stage.until(lambda: len(asyncio.all_tasks()) == tasks)
    assert hub._channels == {}
    assert set(hub._broadcast._subscribers) == {f"{hubs.prefix}:rights"}
    async with redis.asyncio.Redis.from_url(hubs.url) as client:
        channel = f"{hubs.prefix}:stream:{stream_id}"
        for _ in range(200):
            if await client.pubsub_numsub(channel) == [(channel.encode(), 0)]:
                break
            await asyncio.sleep(0.01)
        assert await client.pubsub_numsub(channel) == [(channel.encode(), 0)]


async def test_a_closed_hub_leaves_no_task(hubs: Hubs) -> None:
    tasks = asyncio.all_tasks()
    async with Hub(hubs.url, hubs.prefix) as hub:
        with hub.listen(uuid7()):
            await stage.until(lambda: hub.connected)
    assert asyncio.all_tasks() == tasks


async def test_a_hub_starts_without_redis(database: None) -> None:
    stream_id = await stage.new_stream()
    async with Hub("redis://127.0.0.1:1/0", "test", poll_seconds=0.2) as hub:
        watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id))
        async with stage.watching(watcher):
            await hub.ring(await stage.write(stream_id))
            await stage.until(lambda: watcher.sequences == [1], 1.0)
        assert not hub.connected


async def test_a_look_that_fails_is_followed_by_the_next(
    hubs: Hubs, caplog: pytest.LogCaptureFixture
) -> None:
    hub = await hubs.open(poll_seconds=0.1)
    stream_id = await stage.new_stream()
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id))

    async with stage.watching(watcher):
        await stage.write(stream_id)
        await stage.until(lambda: watcher.sequences == [1])
        await connection().execute_script("alter table stream rename to hidden_stream")
        await asyncio.sleep(0.4)
        await connection().execute_script("alter table hidden_stream rename to stream")
        await stage.write(stream_id)
        await stage.until(lambda: watcher.sequences == [1, 2])
        await stage.until(lambda: not hub._looking.is_on)

    said = [record.getMessage() for record in caplog.records if record.name == "realtime.outage"]
    assert said == [
        "looking at the streams: failing (OperationalError)",
        "looking at the streams: working again",
    ]


async def test_rights_are_told_of_even_while_bells_are_held_back(
    frail_hubs: Hubs, valkey: stage.Valkey
) -> None:
    here, there = await frail_hubs.open(), await frail_hubs.open()
    resident_id = uuid7()
    listener = Listener()
    there.rights.join(resident_id, listener)
    valkey.stop()
    await here.ring(Doorbell(uuid7(), 1))
    assert here._ringing.is_on
    valkey.start()
    await stage.until(lambda: here.connected and there.connected)
    await asyncio.sleep(0.2)
    listener.woken.clear()

    await here.recheck(resident_id)

    await stage.until(listener.woken.is_set, 1.0)
