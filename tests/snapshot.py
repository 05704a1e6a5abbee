"""The tables as they were once filled, put back in one statement: faster than to fill them again.

A copy stands in a schema of its own, in the database of the worker, as long as the run lasts.
"""

import copy
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import models
from models.database import connection
from tests.world import World

# a migration filled them, and no test empties them
KEPT = {models.Skill._meta.db_table, models.Epoch._meta.db_table}
TABLES = sorted(
    model._meta.db_table
    for model in vars(models).values()
    if hasattr(model, "_meta") and model._meta.db_table not in KEPT
)
# the jobs, which have no model
QUEUE = "pgqueuer"
# worlds by the name of their copy, and which tables have rows in it
BUILT: dict[str, tuple[World, Mapping[str, bool]]] = {}


async def laid(name: str, world: World, build: Callable[[World], Awaitable[Any]]) -> None:
    """Bring tables and `world` to where `build` brings them; from its copy, when there is one.

    One name stands for one build, from one state of the tables.
    """
    if name in BUILT:
        built, filled = BUILT[name]
        await put_back(name, [table for table in TABLES if filled[table]])
        vars(world).update(vars(copy.deepcopy(built)))
    else:
        await build(world)
        await keep(name)
        BUILT[name] = copy.deepcopy(world), await _filled()


async def keep(name: str) -> None:
    """Copy what is in every table."""
    copies = "".join(f'create table {name}."{table}" as table "{table}";' for table in TABLES)
    await _run(f"drop schema if exists {name} cascade; create schema {name}; {copies}")


async def put_back(name: str, tables: Iterable[str] = TABLES) -> None:
    """Have in these tables what was copied, and nothing else."""
    await _run(
        "".join(
            f'delete from "{table}"; insert into "{table}" select * from {name}."{table}";'
            for table in tables
        )
    )


async def empty() -> None:
    """Delete every row; of the few rows of a test that is ten times as fast as to truncate."""
    await _run("".join(f'delete from "{table}";' for table in (*TABLES, QUEUE)))


async def digest() -> dict[str, str]:
    """What is in every table, in one number each; that a token was used does not count."""
    row = "(to_jsonb(t) - 'use_count' - 'last_used_at')::text"
    parts = [
        f"select '{table}' as name, md5(string_agg({row}, '' order by {row})) as sum"
        f' from "{table}" t'
        for table in (*TABLES, *KEPT)
    ]
    rows = await connection().execute_query_dict(" union all ".join(parts))
    return {row["name"]: row["sum"] for row in rows}


async def _filled() -> dict[str, bool]:
    parts = [
        f"select '{table}' as name, exists (select from \"{table}\") as has" for table in TABLES
    ]
    rows = await connection().execute_query_dict(" union all ".join(parts))
    return {row["name"]: row["has"] for row in rows}


async def _run(statements: str) -> None:
    begin = "begin; set local session_replication_role = replica;"
    await connection().execute_script(f"{begin} {statements} commit")
