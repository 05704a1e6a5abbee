"""Rounds: what a process does again and again by itself, until it stops."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from prometheus_client import Counter, Histogram

LONGEST_SECONDS = 600.0
GRACE_SECONDS = 5.0

SECONDS = Histogram("noaber_round_seconds", "How long a round took.", ("round",))
FAILURES = Counter("noaber_round_failures_total", "Rounds that failed.", ("round",))

log = structlog.get_logger("noaber.worker")


@dataclass
class Round:
    """`do(now)`, then a pause of some seconds, then again: it never overlaps itself."""

    name: str
    seconds: float
    do: Callable[[datetime], Awaitable[object]]
    fails: bool = False

    async def repeat(self, stop: asyncio.Event) -> None:
        """Go round until the stop."""
        while not stop.is_set():
            await self.once()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self.seconds)

    async def once(self) -> None:
        """One time. What fails is told, once for all failures in a row, and done again next time.

        The log has the kind of error and its place: its words may be those of residents.
        """
        try:
            with SECONDS.labels(self.name).time():
                async with asyncio.timeout(LONGEST_SECONDS):
                    await self.do(datetime.now(UTC))
        except Exception as error:
            FAILURES.labels(self.name).inc()
            if not self.fails:
                place = traceback.extract_tb(error.__traceback__)[-1]
                at = f"{place.filename}:{place.lineno}"
                log.warning("a round fails", round=self.name, error=type(error).__name__, at=at)
            self.fails = True
        else:
            if self.fails:
                log.warning("a round works again", round=self.name)
            self.fails = False


@asynccontextmanager
async def going(rounds: Sequence[Round]) -> AsyncIterator[None]:
    """The rounds go on, each by itself, for as long as the block lasts.

    At its end what is under way has `GRACE_SECONDS` to finish, and is broken off then.
    """
    stop = asyncio.Event()
    tasks = [asyncio.create_task(each.repeat(stop)) for each in rounds]
    try:
        yield
    finally:
        stop.set()
        _, late = await asyncio.wait(tasks, timeout=GRACE_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
