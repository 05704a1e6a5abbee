"""The queue: jobs done one after another by whoever is free, again until they are done."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job
from pgqueuer.models import Schedule as Hour
from prometheus_client import Counter

from realtime.job import JobKind, ids_of

POOL = 4
AT_ONCE = 4  # of one kind, over all workers
BATCH = 10
PAUSE_SECONDS = 5.0
GRACE_SECONDS = 5.0
# a job whose worker says nothing for this long is another's
SILENCE = timedelta(seconds=30)
LOOK = timedelta(seconds=5)
MOST_ATTEMPTS = 12
SHORTEST, LONGEST = timedelta(seconds=2), timedelta(hours=1)

JOBS = Counter("noaber_jobs_total", "Jobs done, put off and given up.", ("kind", "outcome"))

Handler = Callable[..., Awaitable[object]]
Schedule = Callable[[datetime], Awaitable[object]]
log = structlog.get_logger("noaber.worker")


class GivenUp(Exception):
    """A job failed as often as it may; it stays in the queue as failed, for an operator."""


class Queue:
    """Does the jobs of `handlers`, each called with its ids, and every five minutes `schedules`."""

    def __init__(
        self,
        database_url: str,
        handlers: Mapping[JobKind, Handler],
        schedules: Mapping[str, Schedule],
        silence: timedelta = SILENCE,
    ) -> None:
        self._url, self._handlers, self._schedules = database_url, handlers, schedules
        self._silence = silence
        self._stop = asyncio.Event()
        self._running: PgQueuer | None = None

    @asynccontextmanager
    async def going(self) -> AsyncIterator[None]:
        """Jobs are done for as long as the block lasts; what is under way then may finish."""
        task = asyncio.create_task(self._supervise())
        try:
            yield
        finally:
            self._stop.set()
            if self._running is not None:
                self._running.shutdown.set()
            _, late = await asyncio.wait([task], timeout=GRACE_SECONDS)
            for each in late:
                each.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _supervise(self) -> None:
        """Run, and run again after a pause when the database went away."""
        while not self._stop.is_set():
            try:
                async with asyncpg.create_pool(
                    self._url, min_size=2, max_size=POOL, command_timeout=30, timeout=10
                ) as pool:
                    self._running = self._made(pool)
                    if self._stop.is_set():
                        self._running.shutdown.set()
                    await self._running.run(
                        dequeue_timeout=LOOK, batch_size=BATCH, heartbeat_timeout=self._silence
                    )
            except Exception as error:
                log.warning("the queue stopped", error=type(error).__name__)
            if not self._stop.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), PAUSE_SECONDS)

    def _made(self, pool: "asyncpg.Pool[asyncpg.Record]") -> PgQueuer:
        queue = PgQueuer.from_asyncpg_pool(pool)
        for kind, handler in self._handlers.items():
            queue.entrypoint(kind.value, concurrency_limit=AT_ONCE, on_failure="hold")(
                partial(_do, kind, handler)
            )
        for name, step in self._schedules.items():
            queue.schedule(name, "*/5 * * * *", clean_old=True)(partial(_keep_time, step))
        return queue


async def _do(kind: JobKind, handler: Handler, job: Job) -> None:
    """Do one job. A failure is told by its kind and place, for its words may be residents'."""
    given: tuple[UUID, ...] = ids_of(job.payload)
    try:
        await handler(*given)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        at, name = f"{place.filename}:{place.lineno}", type(error).__name__
        is_last = job.attempts >= MOST_ATTEMPTS
        JOBS.labels(kind.value, "given up" if is_last else "put off").inc()
        log.warning("a job fails", kind=kind.value, error=name, at=at, attempts=job.attempts)
        if is_last:
            raise GivenUp(name) from None
        wait = min(SHORTEST * 2**job.attempts, LONGEST)
        raise RetryRequested(delay=wait, reason=name) from None
    JOBS.labels(kind.value, "done").inc()


async def _keep_time(step: Schedule, _hour: Hour) -> None:
    await step(datetime.now(UTC))
