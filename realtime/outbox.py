"""The outbox: events written in the transaction of their change, and read back in order."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.exceptions import BaseORMException

import models
from models.base import uuid7
from models.database import connection
from models.transaction import RETRYABLE, Retry
from realtime import events, history, job
from realtime.job import JobKind

READ_SECONDS = 10.0

COLUMNS = (
    *("id", "stream_id", "kind", "neighbourhood_id", "audience", "author_id", "post_id"),
    *("comment_id", "subject_id", "resident_id", "organisation_id", "unit_id", "scope"),
)
WORDS = {"kind", "audience", "scope"}
GIVEN = ", ".join(
    f"${place}::{'text' if column in WORDS else 'uuid'}[]"
    for place, column in enumerate(COLUMNS, 1)
)
# One statement whatever the number of events. It locks the counter rows in the order of their ids,
# so that two transactions never wait for each other, and takes the moment after that: the moment
# and the sequence both rise in commit order.
ANNOUNCE = f"""
with told as (
    select * from unnest({GIVEN}) with ordinality as t({", ".join(COLUMNS)}, place)
), counted as (
    select stream_id, count(*) as events from told group by stream_id
), locked as materialized (
    select id from stream where id in (select stream_id from counted)
    order by id for no key update
), bumped as (
    update stream s set last_sequence = s.last_sequence + c.events
    from locked l join counted c on c.stream_id = l.id where s.id = l.id
    returning s.id, s.last_sequence, s.last_sequence - c.events as before
), moment as materialized (
    select clock_timestamp() as at from (select count(*) from bumped) as after_all
), written as (
    insert into event (created_at, sequence, {", ".join(COLUMNS)})
    select m.at, b.before + row_number() over (partition by t.stream_id order by t.place),
           {", ".join(f"t.{column}" for column in COLUMNS)}
    from told t join bumped b on b.id = t.stream_id cross join moment m
)
select id, last_sequence from bumped order by id
"""  # noqa: S608 — names of columns

POSITIONS = f"""
select id, last_sequence, trimmed_sequence, ({history.EPOCH}) as epoch
from stream where id = any($1)
"""  # noqa: S608 — what tells the epoch


class NoStream(LookupError):
    """There is no stream of this id."""


@dataclass(frozen=True, slots=True)
class Doorbell:
    """That a stream has reached a sequence; to be rung once the transaction is committed."""

    stream_id: UUID
    sequence: int

    def __str__(self) -> str:
        return f"{self.stream_id}:{self.sequence}"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a stream stands: its last sequence, and the last that is no longer kept.

    `epoch` is the history that this is of: two of them have no place in common.
    """

    last: int
    trimmed: int
    epoch: int = field(default=0, compare=False)


async def announce(event: events.Announced) -> Doorbell:
    """Announce one event, as `announce_all`."""
    [bell] = await announce_all([event])
    return bell


async def announce_all(
    announced: Iterable[events.Announced],
) -> list[Doorbell]:
    """Write the events as the LAST statement of the caller's transaction; it locks their streams.

    In order within each stream; gives the last bell of each stream. Whom to notify is a job that is
    written down before. Raises `RuntimeError` outside a transaction, `NoStream` when a stream does
    not exist.
    """
    known = list(announced)
    rows = [_row(event) for event in known]
    if not rows:
        return []
    client = connection()
    if not isinstance(client, TransactionWrapper):
        raise RuntimeError("announce an event inside the transaction of the change it tells of")
    telling = [(row[0],) for row, event in zip(rows, known, strict=True) if job.notifies(event)]
    await job.enqueue_all(JobKind.NOTIFY, telling)
    columns = [list(column) for column in zip(*rows, strict=True)]
    bumped = await client.execute_query_dict(ANNOUNCE, columns)
    if missing := set(columns[1]) - {row["id"] for row in bumped}:
        raise NoStream(f"streams {missing}")
    return [Doorbell(row["id"], row["last_sequence"]) for row in bumped]


def _row(event: events.Announced) -> list[Any]:
    """The columns of an event, with an id of its own."""
    return [uuid7(), *(getattr(event, column) for column in COLUMNS[1:])]


async def positions(stream_ids: Collection[UUID]) -> dict[UUID, Position]:
    """Where the streams stand, in one statement; a stream that does not exist is left out.

    Raises `Retry` when the database cannot tell now.
    """
    async with limited():
        rows = await connection().execute_query_dict(POSITIONS, [list(stream_ids)])
    return {
        r["id"]: Position(r["last_sequence"], r["trimmed_sequence"], r["epoch"] or 0) for r in rows
    }


async def position(stream_id: UUID) -> Position:
    """Where the stream stands. Raises `NoStream`, `Retry`."""
    found = await positions([stream_id])
    if stream_id not in found:
        raise NoStream(f"stream {stream_id}")
    return found[stream_id]


async def read(stream_id: UUID, after: int, limit: int, epoch: int = 0) -> list[events.Told]:
    """The first `limit` events after a sequence, oldest first, of this `epoch`. Raises `Retry`."""
    later = models.Event.filter(stream_id=stream_id, sequence__gt=after)
    async with limited():
        rows = await later.order_by("sequence").limit(limit)
    return [events.from_row(row, epoch) for row in rows]


async def read_newest(stream_id: UUID, after: int, limit: int, epoch: int = 0) -> list[events.Told]:
    """The last `limit` events after a sequence, oldest first, of this `epoch`. Raises `Retry`."""
    later = models.Event.filter(stream_id=stream_id, sequence__gt=after)
    async with limited():
        rows = await later.order_by("-sequence").limit(limit)
    return [events.from_row(row, epoch) for row in reversed(rows)]


@asynccontextmanager
async def limited() -> AsyncIterator[None]:
    """A read within `READ_SECONDS`, whatever kept it from finishing told as `Retry`."""
    try:
        async with asyncio.timeout(READ_SECONDS):
            yield
    except RETRYABLE as error:
        raise Retry from error
    except BaseORMException as error:
        if isinstance(error.__cause__, RETRYABLE):
            raise Retry from error
        raise
