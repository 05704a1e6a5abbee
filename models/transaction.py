"""The only door to a transaction: one that gives its connection back however its task ends.

Tortoise's own `in_transaction` keeps the pooled connection when the task is cancelled during BEGIN;
asyncpg's context managers do not, so they hold the connection here.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, ClassVar, cast

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import BaseORMException

from models.database import CONNECTION, pool_of
from models.wall import Reading


class Retry(Exception):
    """The database could not finish this now (deadlock, lost connection); try again later."""

    extensions: ClassVar = {"code": "RETRY"}

    def __init__(self) -> None:
        super().__init__("This could not be finished now; try again.")


RETRYABLE = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.QueryCanceledError,
    asyncpg.LockNotAvailableError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
    ConnectionError,
    TimeoutError,
)


@asynccontextmanager
async def transaction() -> AsyncIterator[TransactionWrapper]:
    """Run the block in one transaction; commit at its end, roll back if it raises or is cancelled.

    Raises `Retry` for what the database could not finish now. Never start a task inside: it would
    inherit the transaction.
    """
    connections = get_connections()
    client = cast(AsyncpgDBClient, connections.get(CONNECTION))
    if isinstance(client, Reading):  # a change holds one connection, not two
        await client.leave()
        client = client.base
    if isinstance(client, TransactionWrapper):
        raise RuntimeError("a transaction is open already; pass the work into it")
    try:
        pool = await pool_of(client)
        async with pool.acquire(timeout=10) as connection, connection.transaction():
            wrapper = TransactionWrapper(client)
            wrapper._connection = cast("asyncpg.Connection[Any]", connection)
            token = connections.set(CONNECTION, wrapper)
            try:
                yield wrapper
            finally:
                connections.reset(token)
    except RETRYABLE as error:
        raise Retry from error
    except BaseORMException as error:
        if isinstance(error.__cause__, RETRYABLE):
            raise Retry from error
        raise
