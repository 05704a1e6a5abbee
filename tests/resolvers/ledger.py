"""What the database holds: recounted by SQL, searched for words, and expected not to change."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest

import models
from models.database import connection
from resolvers.refusal import Refusal, RefusalCode
from tests.snapshot import digest

KINDS = [kind.value for kind in models.ReactionKind]
STATEMENTS = [
    """
    select 'comments', id, comment_count, (select count(*) from comment c
      where c.post_id = post.id and c.deleted_at is null and c.removed_at is null) from post
    """,
    """
    select 'replies', id, reply_count, (select count(*) from comment c
      where c.parent_id = comment.id and c.deleted_at is null and c.removed_at is null) from comment
    """,
    """
    select 'nearby', id, nearby_count,
      (select count(*) from post p where p.author_id = membership.id
         and p.audience = 'NEIGHBOURS_NEARBY' and p.removed_at is null)
      + (select count(*) from comment c join post p on p.id = c.post_id
         where c.author_id = membership.id and p.audience = 'NEIGHBOURS_NEARBY'
           and c.deleted_at is null and p.removed_at is null)
    from membership
    """,
    *(
        f"select '{kind} on posts', id, {kind}_count, (select count(*) from reaction r"
        f" where r.post_id = post.id and r.comment_id is null and r.kind = '{kind}') from post"
        for kind in KINDS
    ),
    *(
        f"select '{kind} on comments', id, {kind}_count, (select count(*) from reaction r"
        f" where r.comment_id = comment.id and r.kind = '{kind}') from comment"
        for kind in KINDS
    ),
    *(
        f"select '{state}', id, {state}_count, (select count(*) from attendance a"
        f" where a.gathering_id = gathering.id and a.state = '{state.upper()}') from gathering"
        for state in ("going", "maybe", "waiting")
    ),
    "select 'ballots', id, ballot_count, (select count(*) from ballot b where b.poll_id = poll.id)"
    " from poll",
    """
    select 'registered', id, registered_household_count, 10 - (select count(*) from household h
      where h.neighbourhood_id = neighbourhood.id and h.registered_at is null) from neighbourhood
    """,
]
RECOUNT = "select * from ({}) as counted(what, id, kept, found) where kept <> found".format(
    " union all ".join(STATEMENTS)
)


async def drift() -> list[dict[str, Any]]:
    """The counters that differ from a recount: none, always.

    Households are counted from the ten that each neighbourhood of the tests begins with.
    """
    return [dict(row) for row in await connection().execute_query_dict(RECOUNT)]


async def holding(words: str) -> list[str]:
    """The tables in which these words stand, in any column of any row."""
    tables = [model._meta.db_table for model in vars(models).values() if hasattr(model, "_meta")]
    parts = [
        f"select '{table}' as name from \"{table}\" t where t::text like '%' || $1 || '%'"
        for table in tables
    ]
    rows = await connection().execute_query_dict(" union ".join(parts), [words])
    return sorted(row["name"] for row in rows)


async def told(stream_id: UUID) -> list[str]:
    """The kinds of the events of a stream, oldest first."""
    events = await models.Event.filter(stream_id=stream_id).order_by("sequence")
    return [event.kind.value for event in events]


@asynccontextmanager
async def refused(code: RefusalCode, field: str | None = None) -> AsyncIterator[None]:
    """The block is refused with this code, and leaves every table as it was."""
    before = await digest()
    with pytest.raises(Refusal) as refusal:
        yield
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert await digest() == before
