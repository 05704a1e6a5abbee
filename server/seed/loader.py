"""Into the database: every village by COPY, all of them in one transaction."""

from collections.abc import Callable
from typing import Any

import asyncpg

from server.seed import guest, neighbourhood, table, village

Progress = Callable[[str, int, int], None]
CONNECT_SECONDS = 10
STATEMENT_SECONDS = 120


class NotEmpty(Exception):
    """The database holds neighbourhoods already; nothing was changed."""


async def connect(database_url: str) -> "asyncpg.Connection[Any]":
    """A connection of its own, with a limit on every wait."""
    return await asyncpg.connect(
        database_url,
        timeout=CONNECT_SECONDS,
        command_timeout=STATEMENT_SECONDS,
        server_settings={"application_name": "noaber seed", "lock_timeout": "10000"},
    )


async def is_loaded(database_url: str) -> bool:
    """Whether the (migrated) database holds neighbourhoods."""
    connection = await connect(database_url)
    try:
        return await holds_neighbourhoods(connection)
    finally:
        await connection.close()


async def load(database_url: str, *, scale: int = 1, progress: Progress | None = None) -> None:
    """Fill a migrated, empty database with `scale` times Deinze after its first year.

    `progress` is told a village's name, the households done and the households in all, after each
    village. An interrupted load leaves nothing. Raises `NotEmpty` where there is data already.
    """
    villages = village.every(scale)
    connection = await connect(database_url)
    try:
        async with connection.transaction():
            await connection.execute("lock table neighbourhood in share row exclusive mode")
            if await holds_neighbourhoods(connection):
                raise NotEmpty("the database holds neighbourhoods already")
            await fill(connection, villages, progress)
            await connection.execute(f"analyze {', '.join(map(table.quoted, table.COLUMNS))}")
    finally:
        await connection.close()


async def holds_neighbourhoods(connection: "asyncpg.Connection[Any]") -> bool:
    """Whether there is a neighbourhood."""
    return bool(await connection.fetchval("select exists (select from neighbourhood)"))


async def fill(
    connection: "asyncpg.Connection[Any]",
    villages: list[village.Village],
    progress: Progress | None,
) -> None:
    """Copy one village after the other: no more than one is in memory."""
    for homes in village.copies(villages):
        await copy(connection, neighbourhood.frame(homes))
    total, done, around = sum(home.household_count for home in villages), 0, guest.Around()
    for home in villages:
        await copy(connection, neighbourhood.build(home, around))
        done += home.household_count
        if progress:
            progress(home.name, done, total)


async def copy(connection: "asyncpg.Connection[Any]", rows: neighbourhood.Rows) -> None:
    """Copy rows into their tables, in the order in which they lean on each other."""
    for name, columns in table.COLUMNS.items():
        if rows.get(name):
            records = table.records(name, rows[name])
            await connection.copy_records_to_table(name, records=records, columns=columns)
