"""The second wall: rows are read as a role that row-level security holds, on behalf of one viewer.

A transaction is told who looks and takes the role for what is read; what the application does of
its own accord goes on as itself. An operation reads all it reads in one such transaction.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, cast

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.connection import get_connections
from tortoise.log import db_client_logger

from models.database import CONNECTION, pool_of

READER = "noaber_reader"
TAKE = f"set local role {READER};"
LEAVE = "set local role none"
WAIT_SECONDS = 10

Connection: TypeAlias = "asyncpg.Connection[Any]"


class Walled(AsyncpgDBClient):
    """The database as one viewer may read it; `told` is SQL that tells a transaction who looks."""

    def __init__(self, told: str) -> None:
        self.log = db_client_logger
        self.connection_name = CONNECTION
        self._told = told

    def acquire_connection(self) -> Any:
        """A connection that reads as the viewer: of the open transaction, or one of its own."""
        return self._behind()

    @asynccontextmanager
    async def _behind(self) -> AsyncIterator[Connection]:
        client = get_connections().get(CONNECTION)
        if isinstance(client, Reading):
            async with client.behind(self._told) as connection:
                yield connection
        elif isinstance(client, TransactionWrapper):
            async with client.acquire_connection() as connection:
                await connection.execute(TAKE + self._told)
                yield connection
                await connection.execute(LEAVE)
        else:
            async with _alone(client, TAKE + self._told) as connection:
                yield connection


class Reading(AsyncpgDBClient):
    """What one operation reads: one transaction, begun by the first statement.

    A statement that fails ends it, and the next one begins another: fields fail one by one.
    """

    def __init__(self, base: AsyncpgDBClient) -> None:
        self.log = base.log
        self.connection_name = base.connection_name
        self.base = base
        self._turn = asyncio.Lock()
        self._pool: asyncpg.Pool[Any] | None = None
        self._held: Connection | None = None
        self._stands: str | None = None
        self._is_over = False

    def acquire_connection(self) -> Any:
        """A connection for what the application does of its own accord."""
        return self.behind(None)

    def _in_transaction(self) -> Any:
        return self.base._in_transaction()

    @asynccontextmanager
    async def behind(self, told: str | None) -> AsyncIterator[Connection]:
        """The connection, for one statement as the viewer who is told of; None: as ourselves."""
        async with self._turn:
            if self._is_over:  # of a field that nobody waits for any more
                async with _alone(self.base, told and TAKE + told) as connection:
                    yield connection
                return
            try:
                yield await self._standing(told)
            except BaseException:
                await self._end("rollback")
                raise

    async def _standing(self, told: str | None) -> Connection:
        """The connection, as whom the statement is for."""
        begin = ""
        if self._held is None:
            self._pool = await pool_of(self.base)
            async with asyncio.timeout(WAIT_SECONDS):
                self._held = cast(Connection, await self._pool.acquire())
            self._stands, begin = None, "begin;"
        if begin or told != self._stands:
            await self._held.execute(begin + (TAKE + told if told else LEAVE))
            self._stands = told
        return self._held

    async def leave(self) -> None:
        """Give the connection back; the next statement takes one again."""
        async with self._turn:
            await self._end("commit")

    async def close(self) -> None:
        """Give the connection back for good; whoever still reads does so alone."""
        async with self._turn:
            self._is_over = True
            await self._end("commit")

    async def _end(self, how: str) -> None:
        held, self._held = self._held, None
        if held is None or self._pool is None:
            return
        try:
            await held.execute(how)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            if how != "rollback":  # what cannot be rolled back is gone with its connection
                raise
        finally:
            await self._pool.release(cast(Any, held))


@asynccontextmanager
async def reading() -> AsyncIterator[None]:
    """What is read in the block is read in one transaction, unless a change is being made."""
    connections = get_connections()
    client = connections.get(CONNECTION)
    if isinstance(client, Reading | TransactionWrapper):
        yield
        return
    reader = Reading(cast(AsyncpgDBClient, client))
    token = connections.set(CONNECTION, reader)
    try:
        yield
    finally:
        try:
            connections.reset(token)
        finally:
            await reader.close()


async def fetch(told: str | None, statement: str, values: Sequence[Any]) -> list[Any]:
    """The records of one statement, for the viewer who is told of; None: as ourselves."""
    db_client_logger.debug("%s: %s", statement, values)
    client = cast(AsyncpgDBClient, get_connections().get(CONNECTION))
    behind: Any
    if isinstance(client, Reading):
        behind = client.behind(told)
    elif told is not None:
        behind = Walled(told).acquire_connection()
    elif isinstance(client, TransactionWrapper):
        behind = client.acquire_connection()
    else:
        behind = (await pool_of(client)).acquire(timeout=WAIT_SECONDS)
    async with behind as connection:
        records: list[Any] = await connection.fetch(statement, *values)
    return records


@asynccontextmanager
async def _alone(client: Any, told: str | None) -> AsyncIterator[Connection]:
    """A connection for one statement, in a transaction of its own."""
    pool = await pool_of(client)
    async with pool.acquire(timeout=WAIT_SECONDS) as taken:
        connection = cast(Connection, taken)
        await connection.execute(f"begin;{told or ''}")
        try:
            yield connection
        except BaseException:
            await connection.execute("rollback")
            raise
        await connection.execute("commit")
