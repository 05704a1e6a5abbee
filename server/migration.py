"""Migrations: applied once however many start at a time, made from the models, and kept in step."""

import hashlib
import pkgutil
from pathlib import Path
from typing import Any, cast

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.queries import Queries
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.writer import MigrationWriter, format_migration_name

import models.database
import models.migrations
from auth import wall
from models.database import connection, pool_of
from models.transaction import transaction
from models.wall import READER
from realtime import history

LOCK = 0x6E6F61626572  # "noaber"; any number that nobody else locks
LIMIT_SECONDS = 600.0  # for one statement, and (half of it) for other starters to finish
NAMES = frozenset(found.name for found in pkgutil.iter_modules(models.migrations.__path__))
APPLIED = f"select name from tortoise_migrations where app = '{models.database.APP}'"  # noqa: S608
LAID = "select obj_description('tortoise_migrations'::regclass) as laid"
STANDS = f"select coalesce(pg_has_role(to_regrole('{READER}'), 'set'), false) as stands"
NOWHERE = "postgres://nobody@127.0.0.1:1/nowhere"  # the models are read, no database is


async def apply(database_url: str) -> list[str]:
    """Bring the database up to date; the names of the migrations that this call applied.

    One transaction holds an advisory lock and all migrations: whoever comes at the same time waits,
    and a start that is killed leaves nothing half done. Raises `models.transaction.Retry` when the
    lock, or a table that is in use, is not free in time.
    """
    config = models.database.config(database_url, pool_size=1, statement_seconds=LIMIT_SECONDS)
    async with TortoiseContext() as context:
        await context.init(config=config)
        async with transaction() as connection:
            await connection.execute_query("select pg_advisory_xact_lock($1)", [LOCK])
            # a change that waits for a table makes all readers of it wait behind
            await connection.execute_query("set local lock_timeout = '5s'")
            done: list[str] = []
            executor = MigrationExecutor(connection, config["apps"])
            # it looks for its table before it makes it, which a transaction does not survive
            await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))
            await executor.migrate(
                progress=lambda event, _, name: done.append(name) if event == "apply_done" else None
            )
            await _lay_wall(connection)
        await _lay_queue()
        return done


async def _lay_queue() -> None:
    """Make or renew the tables of jobs, which belong to their library and have no model."""
    pool = await pool_of(cast(AsyncpgDBClient, models.database.connection()))
    async with pool.acquire(timeout=LIMIT_SECONDS) as held:
        queries = Queries(AsyncpgDriver(cast("asyncpg.Connection[Any]", held)))
        async with queries.schema_lock():
            if not await queries.schema_is_installed():
                await queries.install()
                return
        await queries.upgrade()


async def _lay_wall(connection: BaseDBAsyncClient) -> None:
    """Lay the policies of this version, unless they are what stands: it locks every table."""
    written = wall.statements()
    mark = hashlib.sha256(";".join(written).encode()).hexdigest()
    [row] = await connection.execute_query_dict(LAID)
    if row["laid"] == mark:
        return
    for statement in [*written, f"comment on table tortoise_migrations is '{mark}'"]:
        await connection.execute_script(statement)


async def is_current() -> bool:
    """Whether all that this version needs is in the database of the process; more may be."""
    rows = await connection().execute_query_dict(APPLIED)
    [reader] = await connection().execute_query_dict(STANDS)
    return {row["name"] for row in rows} >= NAMES and bool(reader["stands"])


async def begin_epoch(database_url: str) -> None:
    """Begin another epoch in a database that was restored."""
    async with TortoiseContext() as context:
        await context.init(config=models.database.config(database_url, pool_size=1))
        await history.begin()


async def drift() -> list[str]:
    """What the models say and no migration does, a line an operation; empty when in step."""
    return [operation.describe() for writer in await _changes() for operation in writer.operations]


async def make(name: str) -> list[Path]:
    """Write the migration that brings the database in step with the models; the files written."""
    written = []
    for writer in await _changes():
        writer.name = format_migration_name(int(writer.name.partition("_")[0]), name)
        written.append(writer.write())
    return written


async def _changes() -> list[MigrationWriter]:
    config = models.database.config(NOWHERE)
    async with TortoiseContext() as context:
        await context.init(config=config)
        if context.apps is None:
            raise RuntimeError("the models were not found")
        return await MigrationAutodetector(context.apps, config["apps"]).changes()
