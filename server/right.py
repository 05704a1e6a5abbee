"""The rights behind the open sockets: looked up again at once when told to, and all every 30 s."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

import structlog

from auth import tokens
from auth.viewer import Viewer
from realtime.channel import Listener
from realtime.hub import Hub
from realtime.outage import Outage

RECHECK_SECONDS = 30.0
LEAST_SECONDS = 0.2
AGAIN_SECONDS = 1.0
AT_ONCE = 200
# so many places in the queue may be void before it is made anew
VOID = 64

log = structlog.get_logger("noaber.live")


class Holder(Protocol):
    """A socket whose rights are looked after."""

    @property
    def token(self) -> str:
        """What opens them."""

    def doubt(self) -> None:
        """Its rights may have changed: tell nothing more until they are known."""

    def renew(self, viewer: Viewer | None) -> None:
        """Its rights as of now; None: they are over."""

    def fail(self) -> None:
        """Its rights cannot be known: end it, its client is to come back."""


class Held(Listener):
    """One socket's wait for word of its rights.

    `due` is when they are looked up next, `late` when they have been due for too long.
    """

    def __init__(self, rights: "Rights", holder: Holder) -> None:
        super().__init__()
        self.rights, self.holder = rights, holder
        self.due = self.late = 0.0

    def wake_to_check(self) -> None:
        """Doubt at once, and have the answer at once."""
        self.holder.doubt()
        self.rights.look(self, 0.0)


class Rights:
    """Looks up whoever holds a socket: many tokens in one statement. One a process."""

    def __init__(self) -> None:
        self._queue: list[tuple[float, int, Held]] = []
        self._numbers = itertools.count()
        self._changed = asyncio.Event()
        self._outage = Outage("looking up the rights of sockets")
        self._task: asyncio.Task[None] | None = None
        self._held: set[Held] = set()

    @asynccontextmanager
    async def hold(self, hub: Hub, holder: Holder, viewer: Viewer) -> AsyncIterator[None]:
        """Look after a socket while the block lasts; `viewer` was looked up just now."""
        held = Held(self, holder)
        self._held.add(held)
        with ExitStack() as stack:
            stack.callback(self._held.discard, held)
            stack.enter_context(hub.listen_rights(_holder_id(viewer), held))
            self._know(held, viewer)
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._run())
            yield

    def look(self, held: Held, seconds: float) -> None:
        """Look this one up after so many seconds."""
        held.due = asyncio.get_running_loop().time() + seconds
        heapq.heappush(self._queue, (held.due, next(self._numbers), held))
        if len(self._queue) > VOID + 2 * len(self._held):
            self._queue = [(each.due, next(self._numbers), each) for each in self._held]
            heapq.heapify(self._queue)
        if self._queue and self._queue[0][2] is held:
            self._changed.set()

    async def _run(self) -> None:
        """For as long as anybody is held: those who are due, so many at a time."""
        while self._held:
            if due := self._due():
                await self._look_up(due)
            else:
                await self._wait()

    async def _look_up(self, due: Mapping[Held, float]) -> None:
        """Look these up; while the database is away, again and again, but not for ever."""
        try:
            viewers = await tokens.viewers_of([each.holder.token for each in due])
        except Exception as error:
            self._outage.begin(error)
            for each in due:
                self._put_off(each)
            return
        self._outage.end()
        for each, moment in due.items():
            # who was doubted meanwhile is looked up anew: this may be the answer of before
            if each in self._held and each.due == moment:
                self._renew(each, viewers.get(each.holder.token))

    def _renew(self, held: Held, viewer: Viewer | None) -> None:
        """Tell one socket; whatever becomes of it, the others are told theirs."""
        try:
            if viewer is not None:
                self._know(held, viewer)
            held.holder.renew(viewer)
        except Exception as error:
            log.error("rights could not be told", error=type(error).__name__)
            self._put_off(held)

    def _know(self, held: Held, viewer: Viewer) -> None:
        self.look(held, _seconds(viewer))
        held.late = held.due + RECHECK_SECONDS

    def _put_off(self, held: Held) -> None:
        """Once more in a moment; whose rights are unknown for too long is to come back later."""
        self.look(held, AGAIN_SECONDS)
        if held.due > held.late:
            with suppress(Exception):
                held.holder.fail()

    def _due(self) -> dict[Held, float]:
        """Up to `AT_ONCE` of those to look up now; a place in the queue that was moved is void."""
        found: dict[Held, float] = {}
        now = asyncio.get_running_loop().time()
        while self._queue and self._queue[0][0] <= now and len(found) < AT_ONCE:
            due, _, held = heapq.heappop(self._queue)
            if held in self._held and due == held.due:
                found[held] = due
        return found

    async def _wait(self) -> None:
        self._changed.clear()
        now = asyncio.get_running_loop().time()
        seconds = self._queue[0][0] - now if self._queue else RECHECK_SECONDS
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds)):
                await self._changed.wait()


def _holder_id(viewer: Viewer) -> UUID:
    assert viewer.holder_id is not None
    return viewer.holder_id


def _seconds(viewer: Viewer) -> float:
    """Until the next look: the end of the credential, or half a minute."""
    if viewer.expires_at is None:
        return RECHECK_SECONDS
    left = (viewer.expires_at - datetime.now(UTC)).total_seconds()
    return max(LEAST_SECONDS, min(RECHECK_SECONDS, left))
