"""The connections to Valkey for questions that an answer waits for: few, and never for long."""

from typing import Any

import redis.asyncio

from server.settings import Settings

SECONDS = 0.5
CONNECTIONS = 20


def connect(settings: Settings) -> Any:
    """A client that connects when it is first asked; who made it closes it (`aclose`)."""
    waits: Any = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
    pool = redis.asyncio.BlockingConnectionPool.from_url(
        settings.redis_url, max_connections=CONNECTIONS, timeout=SECONDS, **waits
    )
    return redis.asyncio.Redis.from_pool(pool)
