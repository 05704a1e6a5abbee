"""Groups: those who would be told the same share one task, one reading, and one answer an event."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, suppress
from typing import Any

import structlog
from redis.backoff import ExponentialWithJitterBackoff

from models.transaction import Retry
from realtime import outbox
from realtime.cursor import Spot
from realtime.events import Told
from realtime.hub import Hub
from realtime.watch import watch_for_all
from resolvers.stream import Word, place
from schema.sharing import Answer, answer_for_all
from server.subscriber import Subscriber

AT_ONCE = 64
RETRY = ExponentialWithJitterBackoff(base=0.5, cap=5.0)
# how far behind the end of its stream a subscriber may be who begins a group
NEAR = 100

Key = tuple[Any, ...]
log = structlog.get_logger("noaber.live")


class Groups:
    """The groups of a process, by what their subscribers ask and by their class."""

    def __init__(self) -> None:
        self._groups: dict[Key, Group] = {}

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self._groups)

    @property
    def members(self) -> int:
        """How many subscriptions are told by a group."""
        return sum(len(group.members) for group in self._groups.values())

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

    def end(self, key: Key, group: "Group") -> None:
        """This group is no more; another may stand in its place already."""
        if self._groups.get(key) is group:
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
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(self._ended)

    def has_reached(self, spot: Spot) -> bool:
        """Whether a subscriber at this place misses nothing when it joins now."""
        return spot.epoch == self._reached.epoch and spot.sequence >= self._reached.sequence

    def leave(self, subscriber: Subscriber) -> None:
        """Without it; whoever is left last ends the group."""
        del self.members[subscriber]
        subscriber.group = None
        if _is_after(self.settled, subscriber.spot):
            subscriber.spot = self.settled
        if not self.members:
            self._groups.end(self._key, self)
            self._task.cancel()

    async def _run(self) -> None:
        """Follow the stream; what the database cannot tell now is read again from there."""
        failures = 0
        while True:
            before = self.settled
            with suppress(Retry):
                await self._follow()
            failures = failures + 1 if self.settled == before else 1
            self._reached = self.settled
            await asyncio.sleep(RETRY.compute(failures))

    def _ended(self, task: asyncio.Task[None]) -> None:
        """However it ended, whoever is left in it is to come back."""
        self._groups.end(self._key, self)
        if not task.cancelled() and (error := task.exception()):
            log.error("a group failed", error=type(error).__name__)
        for member in self.members:
            _fail(member)

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
        if answer is not None:
            members = [*self.members]
            for first in range(0, len(members), AT_ONCE):
                self._write(members[first : first + AT_ONCE], answer, word)
                await asyncio.sleep(0)
        self.settled = spot

    def _write(self, members: Sequence[Subscriber], answer: Answer, word: Word) -> None:
        """To those for whom it is new; whose rights are doubted has left meanwhile."""
        spot = place(word)
        is_for_all = not isinstance(word, Told)
        for member in members:
            if member.group is self and (is_for_all or _is_after(spot, member.spot)):
                try:
                    member.tell(answer, spot)
                except Exception as error:
                    log.error("a subscriber failed", error=type(error).__name__)
                    _fail(member)


def _fail(member: Subscriber) -> None:
    """End its socket; one that cannot even be ended keeps nobody from being told."""
    with suppress(Exception):
        member.holder.fail()


def _is_after(one: Spot, other: Spot) -> bool:
    return one.epoch != other.epoch or one.sequence > other.sequence
