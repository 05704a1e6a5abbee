"""How the models reach PostgreSQL: the Tortoise configuration, with a limit on every wait."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connections

APP = "models"
CONNECTION = "default"


def config(
    database_url: str,
    *,
    pool_size: int = 10,
    statement_seconds: float = 10,
    init: Callable[[Any], Awaitable[None]] | None = None,
) -> dict[str, Any]:
    """The Tortoise configuration for a `postgres://user:password@host:port/name` address.

    `pool_size` is the most connections one process holds. Waits are bounded in seconds: a statement
    by `statement_seconds`, a lock by half of it, an idle transaction by twice of it. `init` is
    called with each new connection.
    """
    url = urlsplit(database_url)
    milliseconds = round(statement_seconds * 1000)
    credentials = {
        "host": url.hostname or "127.0.0.1",
        "port": url.port or 5432,
        "user": unquote(url.username or "postgres"),
        "password": unquote(url.password) if url.password else None,
        "database": url.path.lstrip("/") or "noaber",
        "minsize": min(2, pool_size),
        "maxsize": pool_size,
        "command_timeout": statement_seconds + 1,
        "timeout": 10,
        "init": init,
        "reset": leave,
        "server_settings": {
            "application_name": "noaber",
            "statement_timeout": str(milliseconds),
            "lock_timeout": str(milliseconds // 2),
            "idle_in_transaction_session_timeout": str(milliseconds * 2),
        },
    }
    return {
        "connections": {
            CONNECTION: {"engine": "tortoise.backends.asyncpg", "credentials": credentials}
        },
        "apps": {
            APP: {
                "models": ["models"],
                "default_connection": CONNECTION,
                "migrations": "models.migrations",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def leave(_connection: Any) -> None:
    """A connection goes back as it is: whatever is set or held ends with its transaction."""


def connection() -> BaseDBAsyncClient:
    """The connection of the running task: its open transaction if it has one, else the pool."""
    return get_connections().get(CONNECTION)


async def pool_of(client: AsyncpgDBClient) -> "asyncpg.Pool[Any]":
    """The client's pool, made on first use."""
    if client._pool is None:
        async with client._pool_init_lock:
            if client._pool is None:
                await client.create_connection(with_db=True)
    assert client._pool is not None
    return client._pool


@dataclass(frozen=True)
class Load:
    """What the connections of the process's pool do at this moment, and how many wait for one."""

    used: int = 0
    free: int = 0
    waiting: int = 0


def load() -> Load:
    """The load of the pool; of one that nobody has used yet, nothing."""
    pool = getattr(get_connections().get(CONNECTION), "_pool", None)
    if pool is None:
        return Load()
    free: int = pool.get_idle_size()
    waiting = sum(not each.done() for each in pool._queue._getters)
    return Load(pool.get_size() - free, free, waiting)
