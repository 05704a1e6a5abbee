"""Forgetting: the oldest rows of a table, so many at a time."""

from typing import Any

from tortoise.models import Model

from models.database import connection


async def forget(model: type[Model], column: str, before: Any, *, limit: int) -> int:
    """Delete the rows whose column is below a bound, lowest first, at most `limit`; gives how many.

    `column` is indexed. For what nobody is to read any more, on behalf of nobody.
    """
    table = model._meta.db_table
    rows = await connection().execute_query_dict(
        f"""
        with gone as (
            delete from {table} where id in (
                select id from {table} where {column} < $1 order by {column} limit $2)
            returning id
        )
        select count(*) as forgotten from gone
        """,  # noqa: S608 — the names of a model and its column
        [before, limit],
    )
    return int(rows[0]["forgotten"])
