"""A neighbourhood to write events in, viewers to watch it, and a Valkey to break."""

import asyncio
import contextlib
import signal
import subprocess
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import redis

import models
from auth.scope import Scope
from auth.viewer import Standing, Viewer
from models.base import uuid7
from models.database import connection
from models.transaction import transaction
from realtime import events, outbox
from realtime.hub import Hub
from realtime.outbox import Doorbell
from realtime.place import Reset
from realtime.watch import Beat, watch
from server.engines.port import free_port
from server.engines.program import find_valkey

Word = events.Told | Reset | Beat
OPEN = models.Audience.NEIGHBOURHOOD


async def new_stream() -> UUID:
    """A neighbourhood with its stream; both have the id that is returned."""
    id = uuid7()
    await models.Neighbourhood.create(
        id=id,
        slug=str(id),
        name="Home",
        place="Deinze",
        opened_on=date(2020, 3, 16),
        household_count=100,
    )
    await models.Stream.create(id=id, kind=models.StreamKind.NEIGHBOURHOOD)
    return id


def published(stream_id: UUID, audience: models.Audience = OPEN) -> events.PostPublished:
    """That a post appeared."""
    return events.PostPublished(
        stream_id=stream_id,
        neighbourhood_id=stream_id,
        audience=audience,
        author_id=uuid7(),
        post_id=uuid7(),
    )


async def write(stream_id: UUID, audience: models.Audience = OPEN) -> Doorbell:
    """A committed event, whose bell was not rung."""
    async with transaction():
        return await outbox.announce(published(stream_id, audience))


async def ring(hub: Hub, stream_id: UUID, count: int = 1) -> None:
    """So many committed events, each with its bell."""
    for _ in range(count):
        await hub.ring(await write(stream_id))


def standing_in(
    stream_id: UUID, role: models.MembershipRole = models.MembershipRole.RESIDENT
) -> Viewer:
    """A viewer with an active membership there."""
    standing = Standing(uuid7(), stream_id, uuid7(), role, frozenset())
    return Viewer(resident_id=uuid7(), standings=(standing,), scopes=frozenset({Scope.RESIDENT}))


@dataclass
class Watcher:
    """A watch, and its viewer's rights as the database would tell them now."""

    hub: Hub
    stream_id: UUID
    viewer: Viewer
    after: int | None = 0
    epoch: int | None = None
    rights: Viewer | None = field(init=False)
    refreshed: int = field(default=0, init=False)
    heard: list[Word] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.rights = self.viewer

    async def refresh(self) -> Viewer | None:
        self.refreshed += 1
        return self.rights

    def follows(self, viewer: Viewer) -> bool:
        return self.stream_id in viewer.member_of | viewer.works_in

    def words(self, **seconds: float) -> AsyncGenerator[Word, None]:
        return watch(
            self.hub,
            self.stream_id,
            self.after,
            self.epoch,
            viewer=self.viewer,
            refresh=self.refresh,
            may_follow=self.follows,
            **seconds,
        )

    @property
    def sequences(self) -> list[int]:
        return [word.sequence for word in self.heard if isinstance(word, events.Told)]

    async def hears(self, sequence: int) -> float:
        """Wait for an event; the seconds it took."""
        return await until(lambda: sequence in self.sequences)

    async def run(self, **seconds: float) -> None:
        """Hear until the watch ends."""
        async with contextlib.aclosing(self.words(**seconds)) as words:
            async for word in words:
                self.heard.append(word)


@contextlib.asynccontextmanager
async def watching(*watchers: Watcher) -> AsyncGenerator[None, None]:
    """Have the watchers follow while the block runs."""
    tasks = [asyncio.create_task(watcher.run()) for watcher in watchers]
    try:
        await until(lambda: all(watcher.refreshed for watcher in watchers))
        yield
    finally:
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert [end for end in ends if isinstance(end, Exception)] == []


async def fill_pool() -> None:
    """Open the connections of the pool; asyncpg complains aloud of one broken off while opening."""
    naps = (connection().execute_query("select pg_sleep(0.05)") for _ in range(10))
    await asyncio.gather(*naps)


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> float:
    """Wait until something holds; the seconds it took. Fails when it takes longer."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < seconds, "it did not come to hold"
        await asyncio.sleep(0.005)
    return time.monotonic() - start


class Valkey:
    """A server of our own on one port, to stop and start again."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        program = [str(find_valkey().path), "--port", str(self.port), "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(
            [*program, "--save", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with redis.Redis.from_url(self.url) as client:
            for _ in range(200):
                with contextlib.suppress(redis.ConnectionError):
                    client.ping()
                    return
                time.sleep(0.01)
        raise AssertionError("Valkey does not start")

    def freeze(self) -> None:
        """Neither answers nor hangs up, as behind a broken network."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(5)
        self.process = None


@contextlib.contextmanager
def running_valkey() -> Iterator[Valkey]:
    valkey = Valkey()
    valkey.start()
    try:
        yield valkey
    finally:
        valkey.stop()
