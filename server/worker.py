"""The worker: what is due is told, and what is no longer needed is forgotten."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from tortoise import Tortoise

import models
from auth import session
from models.transaction import transaction
from realtime import history
from realtime.hub import Hub
from resolvers import (
    announcement,
    budget_vote,
    draft,
    figure,
    guardian_leave_grant,
    help_request,
    notification,
    picture_end,
    poll_post,
    reminder,
    share_end,
    volunteer_consent,
    webhook_delivery,
    work,
)
from server import inspection, job, logs
from server.address import Gate
from server.delivery import Courier
from server.round import Round, going
from server.settings import Settings, SettingsError

SECOND, MINUTE = 1.0, 60.0
HISTORY, TOLD, BEGUN = timedelta(days=30), timedelta(days=90), timedelta(days=90)
AT_ONCE = 10_000
POOL = 5
PULSE = Path("/tmp/noaber-worker")  # noqa: S108 — the health check of the container reads its age

log = structlog.get_logger("noaber.worker")


async def run(settings: Settings, *, pulse: Path = PULSE) -> None:
    """Do the rounds until SIGINT or SIGTERM. Raises `SettingsError` without addresses."""
    if not (settings.database_url and settings.redis_url):
        raise SettingsError("Set DATABASE_URL and REDIS_URL: the worker starts no engines.")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    logs.begin(settings.log_level, settings.log_format)
    loop.set_exception_handler(logs.tell)
    with inspection.claimed(settings) as door:
        await Tortoise.init(config=models.database.config(settings.database_url, pool_size=POOL))
        try:
            async with (
                Hub(settings.redis_url, settings.channel_prefix) as hub,
                inspection.of_worker(hub, door),
                working(settings, hub, pulse=pulse),
            ):
                await stop.wait()
        finally:
            await Tortoise.close_connections()


@asynccontextmanager
async def working(
    settings: Settings, hub: Hub, *, pulse: Path | None = None
) -> AsyncIterator[None]:
    """The rounds go on for as long as the block lasts; a `pulse` is touched once a minute."""
    async with AsyncExitStack() as stack:
        rounds = [
            Round("announcements", SECOND, partial(announcement.publish_due, hub)),
            Round("shares", SECOND, partial(share_end.end_due, hub)),
            Round("leaves", SECOND, partial(guardian_leave_grant.end_due, hub)),
            Round("old requests", SECOND, partial(help_request.ask_due, hub)),
            Round("reminders", SECOND, partial(reminder.remind_due, hub)),
            Round("polls", SECOND, partial(poll_post.close_due, hub)),
            Round("budgets", SECOND, partial(budget_vote.decide_due, hub)),
            Round("consents", SECOND, partial(volunteer_consent.end_due, hub)),
            Round("figures", MINUTE, figure.count_due),
            Round("pictures", MINUTE, picture_end.discard_abandoned),
            Round("forgetting", MINUTE, partial(_forget, settings, pulse)),
        ]
        if settings.secret:
            gate = Gate(settings.webhook_private)
            courier = await stack.enter_async_context(Courier(settings.signing_key, gate))
            rounds.append(Round("collecting", SECOND, courier.collect))
            rounds.append(Round("delivering", SECOND, courier.deliver))
        else:
            log.warning("webhooks are not sent: NOABER_SECRET is not set")
        await stack.enter_async_context(going(rounds))
        await stack.enter_async_context(job.doing(settings, hub))
        yield


async def forget(
    now: datetime, kept: timedelta = HISTORY, told: timedelta = TOLD
) -> dict[str, int]:
    """One round: what was forgotten, by kind; at most `AT_ONCE` rows a transaction."""
    old, older = now - kept, now - told
    return {
        "events": await history.trim_all(old, limit=AT_ONCE),
        "keys": await _whole(lambda: work.forget_keys(old, limit=AT_ONCE)),
        "tokens": await _whole(lambda: session.forget_tokens(now, limit=AT_ONCE)),
        "notifications": await _whole(
            lambda: notification.forget_notifications(older, limit=AT_ONCE)
        ),
        "letters": await _whole(lambda: notification.forget_letters(older, limit=AT_ONCE)),
        "drafts": await _whole(lambda: draft.forget_drafts(now - BEGUN, limit=AT_ONCE)),
        "deliveries": await _whole(lambda: webhook_delivery.forget_deliveries(old, limit=AT_ONCE)),
    }


async def _forget(settings: Settings, pulse: Path | None, now: datetime) -> None:
    kept = timedelta(days=settings.history_days)
    told = timedelta(days=settings.notification_days)
    log.info("forgotten", **await forget(now, kept, told))
    if pulse is not None:
        await asyncio.to_thread(pulse.touch)


async def _whole(step: Callable[[], Awaitable[int]]) -> int:
    """Repeat a bounded step, a transaction each, until it finds less than its bound."""
    total = 0
    while True:
        async with transaction():
            done = await step()
        total += done
        if done < AT_ONCE:
            return total
