"""A trial: writers write, subscribers follow, faults are injected, and the judge has its say."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

import httpx

from tests.faults.checker import judge
from tests.faults.ledger import ALL, ANSWER_SECONDS, FAR, HOME, NEARBY, ONLY, Ledger, Writer
from tests.faults.report import Outcome
from tests.faults.subscriber import Subscriber
from tests.faults.town import Town

CALM_SECONDS = 0.3
RECOVERY_SECONDS = 20.0
EVERYTHING = (ALL, NEARBY, ONLY)
# persona: (where it is at home, what of `home` is for it); all of its own place is
FOLLOWERS = {
    "neighbour": (HOME, EVERYTHING),
    "worker": (HOME, (ALL, NEARBY)),
    "nearby": (HOME, (NEARBY,)),
    "stranger": (FAR, EVERYTHING),
}


@dataclass
class Trial:
    """What is going on; a fault is injected by `inject`, which waits until all is well again."""

    town: Town
    fault: str
    client: httpx.AsyncClient
    addresses: list[str]
    pause: float
    ledger: Ledger = field(default_factory=lambda: Ledger(secrets.token_hex(4)))
    subscribers: list[Subscriber] = field(default_factory=list)
    injected: int = 0
    survived: int = 0
    delay: float = 0.0
    _writers: dict[Writer, asyncio.Task[None]] = field(default_factory=dict)
    _following: list[asyncio.Task[None]] = field(default_factory=list)

    def writer(self, place: str = HOME) -> Writer:
        """Somebody who may write there."""
        people = self.town.people
        token = people.tokens["resident" if place == HOME else "stranger"]
        stream_id = people.streams[place]
        return Writer(self.ledger, self.client, self.addresses, token, place, stream_id)

    def follow(self, who: str, addresses: list[str] | None = None, place: str = HOME) -> Subscriber:
        """Have one more subscriber: a persona, or a token of the crowd, who is a neighbour."""
        at_home, audiences = FOLLOWERS.get(who, FOLLOWERS["neighbour"])
        beginnings = {f"{self.ledger.trial}/{place}/{each}" for each in audiences}
        subscriber = Subscriber(
            f"{who[:10]} {len(self.subscribers)} of {place}",
            addresses or self.addresses,
            self.town.people.tokens.get(who, who),
            self.town.people.streams[place],
            frozenset(beginnings if place == at_home else ()),
        )
        self.subscribers.append(subscriber)
        self._following.append(asyncio.create_task(subscriber.run()))
        return subscriber

    async def start(self, seconds: float = RECOVERY_SECONDS) -> None:
        """Have the writers begin, once every entitled subscriber knows where its stream stands."""
        entitled = [each for each in self.subscribers if each.due]
        await until(lambda: all(each.cursor for each in entitled), seconds)
        for place in (HOME, HOME, FAR):
            writer = replace(self.writer(place), pause=self.pause)
            self._writers[writer] = asyncio.create_task(writer.run())

    async def inject(self, fault: Callable[[], Awaitable[None]]) -> None:
        """Break something and mend it; then a new post must be taken and reach everybody."""
        if not self._writers:
            await self.start()
        await asyncio.sleep(CALM_SECONDS)
        self.injected += 1
        await fault()
        await self.recovered()
        self.survived += 1

    async def recovered(self) -> None:
        """Wait until a new post was acknowledged and came to all whom it is for."""
        async with asyncio.timeout(RECOVERY_SECONDS):
            marker = await self.writer().write(NEARBY)
        await self.reached({marker})

    async def in_flight(self) -> None:
        """Wait until the server has a write to answer."""
        await until(lambda: self.ledger.in_flight > 0, RECOVERY_SECONDS)

    async def reached(self, markers: Collection[str], seconds: float = RECOVERY_SECONDS) -> None:
        """Wait until all markers came to all whom they are for. Raises `TimeoutError`."""
        due = {s: {m for m in markers if s.entitled(m)} for s in self.subscribers}
        await until(lambda: all(due[s] <= s.markers for s in self.subscribers), seconds)

    async def finish(self) -> Outcome:
        """Let the writers end, wait for what is under way, and judge."""
        for writer in self._writers:
            writer.ended = True
        async with asyncio.timeout(RECOVERY_SECONDS):
            await asyncio.gather(*self._writers.values())
        with suppress(TimeoutError):  # the judge says better what is missing
            await self.reached(self.ledger.acknowledged)
        rows = await self.town.people.rows(self.ledger.trial)
        verdict = judge(self.ledger, rows, self.subscribers)
        assert verdict.lost + verdict.wrong == [], self.fault + "\n" + verdict.tell()
        self.delay = verdict.delay
        return Outcome(
            self.fault,
            self.injected,
            self.survived,
            len(self.ledger.acknowledged),
            self.ledger.failures,
            len(verdict.lost),
            verdict.duplicates,
            round(verdict.delay * 1000),
        )

    async def stop(self) -> None:
        """End every task of the trial."""
        tasks = [*self._writers.values(), *self._following]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def begin(
    town: Town, fault: str, addresses: list[str], outcomes: list[Outcome], pause: float
) -> AsyncIterator[Trial]:
    """All who may follow, or may not, two writers at home and one far away; judged at the end.

    Half of them begin at the last address, if there are several, and note few of their cursors.
    """
    async with httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False) as client:
        trial = Trial(town, fault, client, addresses, pause)
        try:
            for who in ("neighbour", "worker", "nearby"):
                trial.follow(who)
                trial.follow(who, addresses[::-1]).notes = 5
            trial.follow("stranger")
            trial.follow("stranger", place=FAR)
            yield trial
            outcomes.append(await trial.finish())
        finally:
            await trial.stop()


async def until(happened: Callable[[], bool], seconds: float) -> None:
    """Look every 10 ms whether something is so. Raises `TimeoutError`."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 (what is awaited happens in many places)
            await asyncio.sleep(0.01)
