"""Groups: those who would be told the same share one task, one reading, and one answer an event."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any, Protocol

import orjson
import structlog

from auth.viewer import Viewer
from models.transaction import Retry
from realtime import outbox
from realtime.cursor import Spot
from realtime.hub import Hub
from realtime.watch import watch_for_all
from resolvers.stream import Word, place
from schema.sharing import Answer, Following, answer_for_all

AT_ONCE = 64
RETRY_SECONDS = 0.5
# how far behind the end of its stream a subscriber may be who begins a group
NEAR = 100

Key = tuple[Any, ...]
log = structlog.get_logger("noaber.live")


class Wire(Protocol):
    """The sending side of one socket."""

    def tell(self, subscriber: "Subscriber", answer: Answer) -> None:
        """Write an answer at once, or keep it for a moment; never waits."""

    async def drain(self) -> None:
        """Wait until the client has taken what was written."""

    def forget(self) -> None:
        """Drop what was kept."""


class Holder(Protocol):
    """Who holds a socket, as last looked up; not `is_sure`: the rights may have changed since."""

    is_sure: bool

    @property
    def viewer(self) -> Viewer:
        """Who it is."""

    @property
    def wire(self) -> Wire:
        """Where to write."""

    def fail(self) -> None:
        """End the socket: its client is to come back."""


class Subscriber:
    """One subscription on a socket, and its place: all up to `spot` was told, or is not for it."""

    __slots__ = ("_head", "following", "goal", "group", "holder", "resume", "spot")

    def __init__(
        self, id: str, holder: Holder, following: Following, spot: Spot, resume: Callable[[], None]
    ) -> None:
        self._head = b'{"id":' + orjson.dumps(id) + b',"type":"next","payload":'
        self.holder, self.following, self.spot, self.resume = holder, following, spot, resume
        self.group: Group | None = None
        self.goal = 0

    def tell(self, answer: Answer, spot: Spot) -> None:
        """Tell it an answer, after which it is at `spot`."""
        self.spot = spot
        self.holder.wire.tell(self, answer)

    def message(self, answer: Answer) -> bytes:
        """The answer as this subscriber gets it."""
        cursors = self.following.context.hub.cursors
        payload = answer.to(cursors, self.holder.viewer.holder_id)
        return b"".join((self._head, payload, b"}"))

    def leave(self) -> None:
        """Leave the group, at the place reached."""
        if self.group is not None:
            self.group.leave(self)


class Groups:
    """The groups of a process, by what their subscribers ask and by their class."""

    def __init__(self) -> None:
        self._groups: dict[Key, Group] = {}

    async def takes(self, subscriber: Subscriber) -> bool:
        """Have it join its group, unless it is behind: then it is to catch up first."""
        following, holder = subscriber.following, subscriber.holder
        may = following.prepared.is_shared and subscriber.spot.sequence >= subscriber.goal
        if not (may and holder.is_sure and await self._is_near(subscriber)):
            return False
        if not (holder.is_sure and following.source.may_follow(holder.viewer)):
            return False
        following.context.viewer = holder.viewer
        key = following.key
        assert key is not None
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(self, key, subscriber)
        if not group.has_reached(subscriber.spot):
            return False
        group.members[subscriber] = None
        subscriber.group = group
        return True

    async def _is_near(self, subscriber: Subscriber) -> bool:
        """Whether its place exists, and is not far from the end; a group that is there knows."""
        following, spot = subscriber.following, subscriber.spot
        group = self._groups.get(following.key or ())
        if group is not None:
            return group.has_reached(spot)
        now = await following.context.hub.position(following.source.id)
        subscriber.goal = now.last - NEAR
        is_there = spot.epoch == now.epoch and now.trimmed <= spot.sequence <= now.last
        return is_there and spot.sequence >= subscriber.goal

    def end(self, key: Key) -> None:
        """Nobody is left in this group."""
        del self._groups[key]


class Group:
    """One reading of a stream, told to all its members; `settled` is told to all of them."""

    def __init__(self, groups: Groups, key: Key, first: Subscriber) -> None:
        self.members: dict[Subscriber, None] = {}
        self.settled = first.spot
        self._groups, self._key = groups, key
        self._following = first.following
        self._viewer = first.holder.viewer.nameless()
        self._hub: Hub = first.following.context.hub
        self._reached = first.spot
        self._has_failed = False
        self._task = asyncio.create_task(self._run())

    def has_reached(self, spot: Spot) -> bool:
        """Whether a subscriber at this place misses nothing when it joins now."""
        return spot.epoch == self._reached.epoch and spot.sequence >= self._reached.sequence

    def leave(self, subscriber: Subscriber) -> None:
        """Without it; whoever is left last ends the group."""
        del self.members[subscriber]
        subscriber.group = None
        if _is_after(self.settled, subscriber.spot):
            subscriber.spot = self.settled
        if not self.members and not self._has_failed:
            self._groups.end(self._key)
            self._task.cancel()

    async def _run(self) -> None:
        """Follow the stream; what the database cannot tell now is read again from there."""
        while True:
            try:
                await self._follow()
            except Retry:
                self._reached = self.settled
                await asyncio.sleep(RETRY_SECONDS)
            except Exception as error:
                log.error("a group failed", error=type(error).__name__)
                self._has_failed = True
                self._groups.end(self._key)
                for member in [*self.members]:
                    member.holder.fail()
                return

    async def _follow(self) -> None:
        words = watch_for_all(self._hub, self._following.source.id, self.settled, self._viewer)
        async with aclosing(words) as heard:
            async for word in heard:
                await self._tell(word)

    async def _tell(self, word: Word) -> None:
        """Make the answer once, write it to all, not too many in one turn of the loop."""
        self._reached = spot = place(word)
        async with outbox.limited():
            answer = await answer_for_all(self._following, self._viewer, word)
        for number, member in enumerate([*self.members] if answer else ()):
            if number and not number % AT_ONCE:
                await asyncio.sleep(0)
            if member.group is self and answer and _is_new(word, spot, member.spot):
                member.tell(answer, spot)
        self.settled = spot


def _is_after(one: Spot, other: Spot) -> bool:
    return one.epoch != other.epoch or one.sequence > other.sequence


def _is_new(word: Word, spot: Spot, told: Spot) -> bool:
    """Beats and resets are for all; an event, for whom it lies ahead."""
    return hasattr(word, "position") or _is_after(spot, told)
