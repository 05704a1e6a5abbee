"""Events are written in the transaction of their change: gapless, in commit order."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

import models
from models.base import uuid7
from models.database import connection
from models.transaction import transaction
from realtime import events, outbox
from realtime.outbox import Doorbell, Position
from tests.realtime import stage


@pytest.fixture(autouse=True)
def empty_database(database: None) -> None:
    """Every test here writes."""


async def read_all(stream_id: UUID) -> list[events.Told]:
    return await outbox.read(stream_id, 0, 10_000)


async def test_sixteen_writers_at_once_leave_no_gap_and_no_event_out_of_order() -> None:
    stream_id = await stage.new_stream()
    seen: list[int] = []

    async def write_ten(chance: random.Random) -> None:
        for _ in range(10):
            async with transaction():
                await connection().execute_query("select pg_sleep($1)", [chance.random() / 500])
                await outbox.announce(stage.published(stream_id))

    async def look_on() -> None:
        while len(seen) < 160:
            seen.extend(t.sequence for t in await outbox.read(stream_id, len(seen), 1000))

    writers = (write_ten(random.Random(number)) for number in range(16))
    await asyncio.wait_for(asyncio.gather(look_on(), *writers), 20)

    assert seen == list(range(1, 161))
    told = await read_all(stream_id)
    assert [t.at for t in told] == sorted(t.at for t in told)
    assert await outbox.position(stream_id) == Position(last=160, trimmed=0)


async def test_an_event_comes_back_as_it_was_announced() -> None:
    stream_id = await stage.new_stream()
    ids: dict[str, Any] = {
        "stream_id": stream_id,
        "neighbourhood_id": stream_id,
        "audience": models.Audience.NEIGHBOURS_NEARBY,
        "author_id": uuid7(),
        "post_id": uuid7(),
    }
    posts = [events.PostPublished, events.PostEdited, events.PostRemoved, events.PostSolved]
    comments = [events.CommentAdded, events.CommentEdited, events.CommentRemoved]
    announced: list[Any] = [kind(**ids) for kind in posts]
    announced += [kind(**ids, comment_id=uuid7()) for kind in comments]
    announced += [events.ReactionChanged(**ids, comment_id=id) for id in (None, uuid7())]
    assert {event.kind for event in announced} == set(events.FEED)
    names = ("subject_id", "organisation_id", "resident_id", "unit_id")
    grant: dict[str, Any] = {name: uuid7() for name in names}
    grant |= {"stream_id": stream_id, "neighbourhood_id": stream_id, "scope": "shares:read"}
    others = [kind for kind in models.EventKind if kind not in events.FEED]
    for kind in others:
        of = events.PersonalEvent if kind in events.PERSONAL else events.GrantEvent
        announced.append(of(kind=kind, **grant))

    async with transaction():
        bells = await outbox.announce_all(announced)

    told = await read_all(stream_id)
    assert [t.event for t in told] == announced
    assert bells == [Doorbell(stream_id, len(announced))]


async def test_announcements_to_several_streams_keep_their_order_in_each() -> None:
    one, other = sorted([await stage.new_stream(), await stage.new_stream()])
    announced = [stage.published(id) for id in (other, one, other, one, other)]

    async with transaction():
        bells = await outbox.announce_all(announced)

    assert bells == [Doorbell(one, 2), Doorbell(other, 3)]
    assert [t.event for t in await read_all(one)] == [announced[1], announced[3]]
    assert [t.event for t in await read_all(other)] == announced[::2]


async def test_transactions_that_announce_to_the_same_streams_do_not_deadlock() -> None:
    one, other = await stage.new_stream(), await stage.new_stream()

    async def announce(*stream_ids: UUID) -> None:
        async with transaction():
            await outbox.announce_all([stage.published(id) for id in stream_ids])

    there = [announce(one, other) for _ in range(20)]
    back = [announce(other, one) for _ in range(20)]
    await asyncio.gather(*there, *back)

    assert (await outbox.position(one)).last == (await outbox.position(other)).last == 40


async def test_what_is_rolled_back_was_never_announced() -> None:
    stream_id = await stage.new_stream()

    async def announce_and_fail() -> None:
        async with transaction():
            await outbox.announce(stage.published(stream_id))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await announce_and_fail()

    assert await stage.write(stream_id) == Doorbell(stream_id, 1)
    assert len(await read_all(stream_id)) == 1


async def test_announcing_outside_a_transaction_is_refused() -> None:
    stream_id = await stage.new_stream()

    with pytest.raises(RuntimeError, match="inside the transaction"):
        await outbox.announce(stage.published(stream_id))

    assert await outbox.position(stream_id) == Position(last=0, trimmed=0)


async def test_announcing_to_a_stream_that_does_not_exist_is_refused() -> None:
    with pytest.raises(outbox.NoStream):
        await stage.write(uuid7())

    assert await models.Event.all().count() == 0


async def test_trimming_forgets_what_is_old_and_says_up_to_where() -> None:
    stream_id, untouched = await stage.new_stream(), await stage.new_stream()
    for _ in range(5):
        await stage.write(stream_id)
    await stage.write(untouched)
    told = await read_all(stream_id)

    assert await outbox.trim(stream_id, told[3].at) == 3

    assert await outbox.position(stream_id) == Position(last=5, trimmed=3)
    assert await read_all(stream_id) == told[3:]
    assert len(await read_all(untouched)) == 1


async def test_trimming_takes_a_page_at_a_time_and_then_nothing() -> None:
    stream_id = await stage.new_stream()
    for _ in range(5):
        await stage.write(stream_id)
    later = datetime.now(UTC) + timedelta(minutes=1)

    trimmed = [await outbox.trim(stream_id, later, limit=2) for _ in range(4)]

    assert trimmed == [2, 2, 1, 0]
    assert await outbox.position(stream_id) == Position(last=5, trimmed=5)
    assert await stage.write(stream_id) == Doorbell(stream_id, 6)
