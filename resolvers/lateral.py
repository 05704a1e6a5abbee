"""Rows of many parents at once: one statement, a lateral join over the compiled query.

The query is run for each parent. `key` is the column of the rows that names their parent; with
`through`, it names one of what this SELECT gives for `parent.id`. Without a key, the query itself
says so, by conditions on `parent.id`.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pypika_tortoise.queries import Table
from pypika_tortoise.terms import Field
from tortoise.expressions import RawSQL
from tortoise.queryset import QuerySet

PARENT = "of_parent"


async def rows_of(
    rows: QuerySet[Any], key: str | None, parents: Sequence[UUID], through: str | None = None
) -> list[dict[str, Any]]:
    """The rows of all parents, each with its parent as `of_parent`; a limit is one for each."""
    return await _run(f"child.*, parent.id as {PARENT}", rows, key, parents, through)


async def counts_of(rows: QuerySet[Any], key: str | None, parents: Sequence[UUID]) -> list[int]:
    """How many rows each parent has, in the order of the parents; a limit is the most it says."""
    ids = list(dict.fromkeys(parents))
    counted = f"parent.id as {PARENT}, count(*) as rows"
    found = await _run(counted, rows.only("id"), key, ids, None, "group by parent.id")
    counts = {record[PARENT]: record["rows"] for record in found}
    return [counts.get(id, 0) for id in parents]


async def _run(
    columns: str,
    rows: QuerySet[Any],
    key: str | None,
    parents: Sequence[UUID],
    through: str | None,
    grouped: str = "",
) -> list[dict[str, Any]]:
    rows._choose_db_if_not_chosen()
    rows._make_query()
    query = rows.query
    if key is not None:
        own_key = Field(key, table=Table(rows.model._meta.db_table))
        of = RawSQL("parent.id") if through is None else RawSQL(f"({through})")
        query = query.where(own_key == of if through is None else own_key.isin(of))
    sql, values = query.get_parameterized_sql()
    return await rows._db.execute_query_dict(
        f"select {columns}"  # noqa: S608
        f" from unnest(${len(values) + 1}::uuid[]) as parent(id)"
        f" cross join lateral ({sql}) as child {grouped}",
        [*values, list(parents)],
    )
