"""The newest events of a stream are read once, and never passed off as all there is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tortoise.exceptions import OperationalError

from models.database import connection
from realtime import history, tail
from realtime.hub import Hub
from tests.realtime import stage
from tests.realtime.conftest import Hubs


async def sequences(hub: Hub, stream_id: UUID, after: int) -> list[int]:
    return [told.sequence for told in await hub.read(stream_id, after)]


async def test_an_event_is_read_once_for_all_listeners(
    hubs: Hubs, statements: Callable[[str], int]
) -> None:
    hub = await hubs.open()
    stream_id = await stage.new_stream()
    viewer = stage.standing_in(stream_id)
    watchers = [stage.Watcher(hub, stream_id, viewer) for _ in range(50)]

    async with stage.watching(*watchers):
        await hub.ring(await stage.write(stream_id))
        await stage.until(lambda: all(w.sequences == [1] for w in watchers))
        before = statements('FROM "event"')
        await hub.ring(await stage.write(stream_id))
        await stage.until(lambda: all(w.sequences == [1, 2] for w in watchers))
        assert statements('FROM "event"') - before == 1

        late = stage.Watcher(hub, stream_id, viewer, after=0)
        async with stage.watching(late):
            await stage.until(lambda: late.sequences == [1, 2])
        assert statements('FROM "event"') - before == 1


async def test_what_the_tail_no_longer_holds_is_read_from_the_database(hubs: Hubs) -> None:
    hub = await hubs.open()
    stream_id = await stage.new_stream()
    for _ in range(tail.SIZE + 5):
        await stage.write(stream_id)

    with hub.listen(stream_id):
        newest = await hub.read(stream_id, 200)
        oldest = await hub.read(stream_id, 0)
        edge = await hub.read(stream_id, 4, limit=2)

    assert [told.sequence for told in newest] == list(range(201, tail.SIZE + 6))
    assert [told.sequence for told in oldest] == list(range(1, 201))
    assert [told.sequence for told in edge] == [5, 6]


async def test_a_tail_with_a_trimmed_gap_does_not_mislead(hubs: Hubs) -> None:
    hub = await hubs.open()
    stream_id = await stage.new_stream()
    await stage.ring(hub, stream_id, 2)

    with hub.listen(stream_id):
        assert await sequences(hub, stream_id, 0) == [1, 2]
        for _ in range(3):
            await stage.write(stream_id)
        await history.trim(stream_id, datetime.now(UTC) + timedelta(minutes=1))
        await stage.ring(hub, stream_id, 2)

        assert await sequences(hub, stream_id, 2) == [6, 7]
        assert await sequences(hub, stream_id, 5) == [6, 7]
        assert await sequences(hub, stream_id, 6) == [7]


async def test_a_read_that_failed_is_read_again(hubs: Hubs) -> None:
    hub = await hubs.open()
    stream_id = await stage.new_stream()
    await stage.write(stream_id)

    with hub.listen(stream_id):
        assert await sequences(hub, stream_id, 0) == [1]
        await hub.ring(await stage.write(stream_id))
        await connection().execute_script("alter table event rename to hidden_event")
        with pytest.raises(OperationalError):
            await hub.read(stream_id, 1)
        await connection().execute_script("alter table hidden_event rename to event")

        assert await sequences(hub, stream_id, 1) == [2]
