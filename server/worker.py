"""The worker: forgets, once a minute, what is kept no longer than it is needed."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from tortoise import Tortoise

import models
from auth import session
from models.transaction import Retry, transaction
from realtime import outbox
from resolvers import work
from server.settings import Settings, SettingsError

ROUND_SECONDS = 60.0
HISTORY = timedelta(days=30)
KEYS = timedelta(days=30)
AT_ONCE = 10_000
PULSE = Path("/tmp/noaber-worker")  # noqa: S108 — the health check of the container reads its age

log = structlog.get_logger("noaber.worker")


async def run(settings: Settings, *, pulse: Path = PULSE) -> None:
    """Do a round a minute until SIGINT or SIGTERM. Raises `SettingsError` without a database."""
    if not settings.database_url:
        raise SettingsError("Set DATABASE_URL: the worker starts no engines.")
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    config = models.database.config(settings.database_url, pool_size=2)
    await Tortoise.init(config=config)
    try:
        while not stop.is_set():
            await _round()
            await asyncio.to_thread(pulse.touch)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), ROUND_SECONDS)
    finally:
        await Tortoise.close_connections()


async def forget(now: datetime) -> dict[str, int]:
    """One round: what was forgotten, by kind; at most `AT_ONCE` rows a transaction."""
    return {
        "events": await outbox.trim_all(now - HISTORY, limit=AT_ONCE),
        "keys": await _whole(lambda: work.forget_keys(now - KEYS, limit=AT_ONCE)),
        "tokens": await _whole(lambda: session.forget_tokens(now, limit=AT_ONCE)),
    }


async def _round() -> None:
    """A round that fails is told and tried again in the next: nothing depends on its moment."""
    try:
        log.info("forgotten", **await forget(datetime.now(UTC)))
    except Retry:
        log.warning("the database could not finish a round; the next one tries again")


async def _whole(step: Callable[[], Awaitable[int]]) -> int:
    """Repeat a bounded step, a transaction each, until it finds less than its bound."""
    total = 0
    while True:
        async with transaction():
            done = await step()
        total += done
        if done < AT_ONCE:
            return total
