"""Whatever is written, dropped, resumed and trimmed: a watcher hears what it may, in order."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import models
from realtime import history
from realtime.hub import Hub
from realtime.outbox import Position
from realtime.place import Reset
from tests.realtime import stage
from tests.realtime.conftest import Hubs

HIDDEN = models.Audience.NEIGHBOURS_ONLY
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from([stage.OPEN, HIDDEN]), st.booleans()),
    st.tuples(st.just("connect"), st.integers(0, 3)),
    st.tuples(st.just("drop")),
    st.tuples(st.just("settle")),
    st.tuples(st.just("trim")),
)


@dataclass
class Story:
    """A stream as it should be, and one client that comes and goes."""

    writer: Hub
    watcher: stage.Watcher
    visible: list[int] = field(default_factory=list)
    last: int = 0
    trimmed: int = 0
    begin: int = 0
    cursor: int = 0
    task: asyncio.Task[None] | None = None

    async def write(self, audience: models.Audience, rings: bool) -> None:
        bell = await stage.write(self.watcher.stream_id, audience)
        self.last = bell.sequence
        if audience is not HIDDEN:
            self.visible.append(bell.sequence)
        if rings:
            await self.writer.ring(bell)

    async def connect(self, lost: int) -> None:
        """Come back with a cursor from before the last `lost` events were acknowledged."""
        await self.drop()
        self.begin = self.watcher.after = max(0, self.cursor - lost)
        self.watcher.heard = []
        self.task = asyncio.create_task(self.watcher.run())
        if self.begin < self.trimmed:
            await stage.until(lambda: self.watcher.heard != [])
            assert self.watcher.heard == [Reset(Position(self.last, self.trimmed))]
            self.begin = self.cursor = self.last

    async def drop(self) -> None:
        """Break off at any moment: what was heard until then is a beginning of what was due."""
        if self.task is None:
            return
        self.task.cancel()
        await asyncio.wait([self.task])
        self.task = None
        heard = self.watcher.sequences
        assert heard == self.due()[: len(heard)]
        self.cursor = max([self.cursor, *heard])

    async def settle(self) -> None:
        """Left alone, the client hears all that was due, and no more."""
        if self.task is not None:
            await stage.until(lambda: len(self.watcher.sequences) >= len(self.due()))
            assert self.watcher.sequences == self.due()

    async def trim(self) -> None:
        await self.settle()
        await history.trim(self.watcher.stream_id, datetime.now(UTC))
        self.trimmed = self.last

    def due(self) -> list[int]:
        return [sequence for sequence in self.visible if sequence > self.begin]


@pytest.fixture
async def pair(hubs: Hubs) -> tuple[Hub, Hub]:
    """Two processes' worth of hubs."""
    return await hubs.open(), await hubs.open(poll_seconds=0.02)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, max_size=25))
async def test_a_watcher_hears_what_is_visible_after_its_cursor(
    pair: tuple[Hub, Hub], steps: list[tuple[object, ...]]
) -> None:
    stream_id = await stage.new_stream()
    worker = stage.standing_in(stream_id, models.MembershipRole.NEIGHBOURHOOD_WORKER)
    writer, reader = pair
    story = Story(writer, stage.Watcher(reader, stream_id, worker))

    for name, *arguments in steps:
        await getattr(story, str(name))(*arguments)
    await story.connect(0)
    await story.settle()
    await story.drop()
