"""Databases that hold the seed, or nothing yet, and what tests ask of them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from server.settings import Settings

TEMPLATE = "noaber_template"
ALL_TABLES = """
    select tablename from pg_tables
    where schemaname = 'public' and tablename <> 'tortoise_migrations' order by 1
"""


@asynccontextmanager
async def connected(database_url: str) -> AsyncIterator["asyncpg.Connection[Any]"]:
    connection = await asyncpg.connect(database_url, timeout=10, command_timeout=60)
    try:
        yield connection
    finally:
        await connection.close()


async def fetch(database_url: str, sql: str) -> list[tuple[Any, ...]]:
    async with connected(database_url) as connection:
        return [tuple(row.values()) for row in await connection.fetch(sql)]


async def execute(database_url: str, sql: str) -> None:
    async with connected(database_url) as connection:
        await connection.execute(sql)


def empty_database(settings: Settings, name: str) -> Iterator[str]:
    """The address of a migrated, empty database that is dropped afterwards."""
    own = f"{urlsplit(settings.database_url).path[1:]}_{name}"
    asyncio.run(execute(settings.database_url, f"create database {own} template {TEMPLATE}"))
    yield urlsplit(settings.database_url)._replace(path=f"/{own}").geturl()
    asyncio.run(execute(settings.database_url, f"drop database {own} with (force)"))


async def digests(database_url: str) -> dict[str, str]:
    async with connected(database_url) as connection:
        tables = [row[0] for row in await connection.fetch(ALL_TABLES)]
        words = "md5(coalesce(string_agg(t::text, ';' order by t.id), ''))"
        texts = f'select {words} from "{{}}" t'
        return {table: await connection.fetchval(texts.format(table)) for table in tables}
