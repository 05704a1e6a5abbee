"""The tables as they were once filled, put back in one statement: faster than to fill them again.

The copy stands in a schema of its own, in the database of the worker, as long as the run lasts.
"""

from collections.abc import Iterable

import models
from models.database import connection

# a migration filled it, and no test empties it
KEPT = models.Skill._meta.db_table
TABLES = sorted(
    model._meta.db_table
    for model in vars(models).values()
    if hasattr(model, "_meta") and model._meta.db_table != KEPT
)


async def keep() -> None:
    """Copy what is in every table."""
    copies = "".join(f'create table kept."{table}" as table "{table}";' for table in TABLES)
    await _run(f"drop schema if exists kept cascade; create schema kept; {copies}")


async def put_back(tables: Iterable[str] = TABLES) -> None:
    """Have in these tables what was copied, and nothing else."""
    await _run(
        "".join(
            f'delete from "{table}"; insert into "{table}" select * from kept."{table}";'
            for table in tables
        )
    )


async def digest() -> dict[str, str]:
    """What is in every table, in one number each; that a token was used does not count."""
    row = "(to_jsonb(t) - 'use_count' - 'last_used_at')::text"
    parts = [
        f"select '{table}' as name, md5(string_agg({row}, '' order by {row})) as sum"
        f' from "{table}" t'
        for table in (*TABLES, KEPT)
    ]
    rows = await connection().execute_query_dict(" union all ".join(parts))
    return {row["name"]: row["sum"] for row in rows}


async def _run(statements: str) -> None:
    begin = "begin; set local session_replication_role = replica;"
    await connection().execute_script(f"{begin} {statements} commit")
