"""One subscriber hears all it may, after its cursor, in order, and only while it may follow."""

import asyncio
import gc
import tracemalloc
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

import models
from auth.viewer import SIGNED_OUT
from models.base import uuid7
from models.database import connection
from realtime import events, history, outbox
from realtime.hub import Hub
from realtime.outbox import Position
from realtime.place import Reset
from realtime.watch import Beat
from tests.realtime import stage

ONLY_NEIGHBOURS = models.Audience.NEIGHBOURS_ONLY
WORKER = models.MembershipRole.NEIGHBOURHOOD_WORKER


async def test_a_watch_without_a_cursor_begins_now(hub: Hub, stream_id: UUID) -> None:
    await stage.ring(hub, stream_id, 2)
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id), after=None)

    async with aclosing(watcher.words(beat_seconds=0.1)) as words:
        assert await anext(words) == Beat(Position(last=2, trimmed=0))
        await stage.ring(hub, stream_id)
        told = await anext(words)

    assert isinstance(told, events.Told)
    assert told.sequence == 3


async def test_a_cursor_resumes_with_exactly_what_was_missed(hub: Hub, stream_id: UUID) -> None:
    await stage.ring(hub, stream_id, 5)
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id), after=2)

    async with stage.watching(watcher):
        await stage.until(lambda: watcher.sequences == [3, 4, 5])
        await stage.ring(hub, stream_id)
        await stage.until(lambda: watcher.sequences == [3, 4, 5, 6])
    assert [word.id for word in watcher.heard if isinstance(word, events.Told)] == [
        told.id for told in await outbox.read(stream_id, 2, 10)
    ]


async def test_a_long_absence_is_made_good_page_by_page(hub: Hub, stream_id: UUID) -> None:
    await asyncio.gather(*(stage.write(stream_id) for _ in range(450)))
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id), after=0)

    async with stage.watching(watcher):
        await stage.until(lambda: len(watcher.sequences) == 450)
    assert watcher.sequences == list(range(1, 451))


async def test_only_what_the_viewer_may_see_is_told(hub: Hub, stream_id: UUID) -> None:
    worker = stage.Watcher(hub, stream_id, stage.standing_in(stream_id, WORKER))
    member = stage.Watcher(hub, stream_id, stage.standing_in(stream_id))

    async with stage.watching(worker, member):
        for audience in (stage.OPEN, ONLY_NEIGHBOURS, stage.OPEN):
            await hub.ring(await stage.write(stream_id, audience))
        await stage.until(lambda: member.sequences == [1, 2, 3])
        await stage.until(lambda: worker.sequences == [1, 3])


async def test_a_beat_carries_the_cursor_past_what_is_hidden(hub: Hub, stream_id: UUID) -> None:
    await stage.write(stream_id, ONLY_NEIGHBOURS)
    worker = stage.Watcher(hub, stream_id, stage.standing_in(stream_id, WORKER))

    async with aclosing(worker.words(beat_seconds=0.2)) as words:
        assert await anext(words) == Beat(Position(last=1, trimmed=0))
        await stage.write(stream_id, ONLY_NEIGHBOURS)
        assert await anext(words) == Beat(Position(last=2, trimmed=0))


@pytest.mark.parametrize("after", [-1, 0, 1])
async def test_a_cursor_into_trimmed_history_is_told_so(
    hub: Hub, stream_id: UUID, after: int
) -> None:
    await stage.ring(hub, stream_id, 3)
    told = await outbox.read(stream_id, 0, 3)
    await history.trim(stream_id, told[2].at)
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id), after=after)

    async with stage.watching(watcher):
        await stage.until(lambda: watcher.heard == [Reset(Position(last=3, trimmed=2))])
        await stage.ring(hub, stream_id)
        await stage.until(lambda: watcher.sequences == [4])


async def test_the_last_trimmed_sequence_is_a_cursor_that_has_missed_nothing(
    hub: Hub, stream_id: UUID
) -> None:
    await stage.ring(hub, stream_id, 3)
    told = await outbox.read(stream_id, 0, 3)
    await history.trim(stream_id, told[2].at)
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id), after=2)

    async with stage.watching(watcher):
        await stage.until(lambda: watcher.sequences == [3])
    assert len(watcher.heard) == 1


async def test_history_trimmed_under_a_slow_reader_is_told_so(hub: Hub, stream_id: UUID) -> None:
    await asyncio.gather(*(stage.write(stream_id) for _ in range(500)))
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id), after=0)

    async with aclosing(watcher.words()) as words:
        first = [await anext(words) for _ in range(100)]
        await history.trim(stream_id, (await outbox.read(stream_id, 449, 1))[0].at)
        rest = [await anext(words) for _ in range(101)]

    heard = [word.sequence for word in first + rest if isinstance(word, events.Told)]
    assert heard == list(range(1, 201))
    assert rest[-1] == Reset(Position(last=500, trimmed=449))


async def test_history_trimmed_to_its_end_under_a_slow_reader_is_told_so(
    hub: Hub, stream_id: UUID
) -> None:
    await asyncio.gather(*(stage.write(stream_id) for _ in range(500)))
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id), after=0)

    async with aclosing(watcher.words(beat_seconds=1.0)) as words:
        first = [await anext(words) for _ in range(100)]
        await history.trim(stream_id, datetime.now(UTC) + timedelta(minutes=1))
        rest = [await anext(words) for _ in range(101)]

    heard = [word.sequence for word in first + rest if isinstance(word, events.Told)]
    assert heard == list(range(1, 201))
    assert rest[-1] == Reset(Position(last=500, trimmed=500))


async def test_a_cursor_beyond_the_end_is_told_so(hub: Hub, stream_id: UUID) -> None:
    await stage.ring(hub, stream_id, 2)
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id), after=99)

    async with stage.watching(watcher):
        await stage.until(lambda: watcher.heard == [Reset(Position(last=2, trimmed=0))])
        await stage.ring(hub, stream_id)
        await stage.until(lambda: watcher.sequences == [3])


async def test_a_restored_database_is_told_of_on_an_open_watch(hub: Hub, stream_id: UUID) -> None:
    await stage.ring(hub, stream_id, 5)
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id))

    async with stage.watching(watcher):
        await stage.until(lambda: len(watcher.sequences) == 5)
        await models.Event.filter(stream_id=stream_id, sequence__gt=2).delete()
        await models.Stream.filter(id=stream_id).update(last_sequence=2)
        await stage.until(lambda: watcher.heard[5:] == [Reset(Position(last=2, trimmed=0))])
        await stage.ring(hub, stream_id)
        await stage.until(lambda: watcher.sequences == [1, 2, 3, 4, 5, 3])


async def test_a_cursor_of_another_epoch_is_told_so_though_its_number_exists(
    hub: Hub, stream_id: UUID
) -> None:
    await stage.ring(hub, stream_id, 5)
    before = (await hub.position(stream_id)).epoch
    await history.begin()
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id), 3, before)

    async with stage.watching(watcher):
        await stage.until(lambda: watcher.heard == [Reset(Position(last=5, trimmed=0))])
        await stage.ring(hub, stream_id)
        await stage.until(lambda: watcher.sequences == [6])
    after = [word.epoch for word in watcher.heard if isinstance(word, events.Told)]
    assert after == [(await hub.position(stream_id)).epoch] != [before]


async def test_another_epoch_is_told_of_on_an_open_watch(hub: Hub, stream_id: UUID) -> None:
    """Restored to the third event and written on to the fifth, between two looks."""
    await stage.ring(hub, stream_id, 5)
    watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id))

    async with stage.watching(watcher):
        await stage.until(lambda: watcher.sequences == [1, 2, 3, 4, 5])
        await history.begin()
        await stage.until(lambda: watcher.heard[5:] == [Reset(Position(last=5, trimmed=0))])
        await stage.ring(hub, stream_id)
        await stage.until(lambda: watcher.sequences == [1, 2, 3, 4, 5, 6])


async def test_a_database_made_from_a_dump_has_another_epoch(stream_id: UUID) -> None:
    """A dump makes the tables anew, with what was in them."""
    before = (await outbox.position(stream_id)).epoch
    assert (await outbox.position(stream_id)).epoch == before
    await connection().execute_script(
        "alter table epoch rename to first_epoch; create table epoch as select * from first_epoch"
    )
    try:
        assert (await outbox.position(stream_id)).epoch not in (0, before)
    finally:
        await connection().execute_script(
            "drop table epoch; alter table first_epoch rename to epoch"
        )


async def test_a_stream_that_does_not_exist_is_refused(hub: Hub) -> None:
    watcher = stage.Watcher(hub, uuid7(), SIGNED_OUT)
    watcher.stream_id = uuid7()
    watcher.viewer = watcher.rights = stage.standing_in(watcher.stream_id)

    with pytest.raises(outbox.NoStream):
        await watcher.run()
    assert hub._channels == {}


@pytest.mark.parametrize("how", ["closed", "cancelled"])
async def test_a_watch_that_is_left_leaves_no_listener_and_no_task(
    hub: Hub, stream_id: UUID, how: str
) -> None:
    await stage.fill_pool()
    tasks = len(asyncio.all_tasks())
    watchers = [stage.Watcher(hub, stream_id, stage.standing_in(stream_id)) for _ in range(20)]

    if how == "cancelled":
        async with stage.watching(*watchers):
            assert (len(hub._channels), len(hub.rights._listeners)) == (1, 20)
    else:
        await stage.ring(hub, stream_id)
        for watcher in watchers:
            words = watcher.words()
            await anext(words)
            await words.aclose()

    assert (hub._channels, hub.rights._listeners) == ({}, {})
    await stage.until(lambda: len(asyncio.all_tasks()) == tasks)


async def test_watches_cancelled_at_any_moment_leave_the_pool_whole(
    hub: Hub, stream_id: UUID
) -> None:
    await stage.fill_pool()

    async def leave_soon(number: int) -> None:
        watcher = stage.Watcher(hub, stream_id, stage.standing_in(stream_id))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(watcher.run(), number % 50 / 1000)

    await asyncio.gather(*(leave_soon(number) for number in range(300)))

    assert (hub._channels, hub.rights._listeners) == ({}, {})
    held = asyncio.gather(*(connection().execute_query("select 1") for _ in range(20)))
    assert [rows for rows, _ in await asyncio.wait_for(held, 2)] == [1] * 20


async def test_a_reader_that_does_not_read_holds_one_flag_however_much_is_written(
    hub: Hub, stream_id: UUID
) -> None:
    await stage.ring(hub, stream_id)
    watchers = [stage.Watcher(hub, stream_id, stage.standing_in(stream_id)) for _ in range(200)]
    stalled = [watcher.words() for watcher in watchers]
    for words in stalled:
        await anext(words)
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()

    await asyncio.gather(*(stage.ring(hub, stream_id, 10) for _ in range(40)))
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert after - before < 500_000
    assert hub._backend._queue.qsize() == 0
    for words in stalled:
        await words.aclose()
