"""The rights behind open sockets, when they cannot be looked up or told."""

from collections.abc import AsyncIterator

import pytest

from auth.viewer import Viewer
from realtime.hub import Hub
from resolvers.context import Context
from server import right
from server.right import Rights
from tests.realtime.stage import until
from tests.schema.test_masking import without
from tests.world import World


class Socket:
    """Keeps what it is told of its rights."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.told: list[Viewer | None] = []
        self.doubts = 0
        self.has_failed = False
        self.breaks = False

    def doubt(self) -> None:
        self.doubts += 1

    def renew(self, viewer: Viewer | None) -> None:
        if self.breaks:
            raise RuntimeError
        self.told.append(viewer)

    def fail(self) -> None:
        self.has_failed = True


@pytest.fixture
async def rights(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rights]:
    monkeypatch.setattr(right, "AGAIN_SECONDS", 0.05)
    made = Rights()
    yield made
    for held in [*made._held]:
        held.release()
    await until(lambda: made._task is None or made._task.done() or not made._held)
    if made._task is not None:
        made._task.cancel()


async def held(rights: Rights, hub: Hub, world: World, persona: str) -> Socket:
    token = world.people[persona].token
    assert token is not None
    context = await Context(hub, token).fresh()
    socket = Socket(token)
    rights.hold(hub, socket, context.viewer)
    await until(lambda: len(socket.told) == 1)
    return socket


async def test_word_of_rights_is_doubted_at_once_and_looked_up(
    hub: Hub, world: World, rights: Rights
) -> None:
    mine, yours = [await held(rights, hub, world, one) for one in ("resident", "neighbour")]
    mover = world.people["resident"].resident_id
    assert mover is not None
    await hub.recheck(mover)
    assert (mine.doubts >= 1, yours.doubts) == (True, 0)
    await until(lambda: len(mine.told) >= 2)
    assert [viewer and viewer.resident_id for viewer in mine.told] == [mover] * len(mine.told)
    assert len(yours.told) == 1


async def test_one_that_breaks_keeps_nobody_from_being_told(
    hub: Hub, world: World, rights: Rights
) -> None:
    bad, good = [await held(rights, hub, world, one) for one in ("resident", "neighbour")]
    bad.breaks = True
    hub.rights.wake()
    await until(lambda: len(good.told) == 2)
    # it is asked for again, until it can be told
    bad.breaks = False
    await until(lambda: len(bad.told) == 2)


async def test_rights_that_cannot_be_looked_up_are_when_they_can(
    hub: Hub, world: World, rights: Rights
) -> None:
    socket = await held(rights, hub, world, "resident")
    async with without("session_token"):
        hub.rights.wake()
        await until(lambda: rights._outage.is_on)
        assert (len(socket.told), socket.has_failed) == (1, False)
    await until(lambda: len(socket.told) == 2)
    assert not rights._outage.is_on


async def test_whose_rights_are_unknown_for_long_is_to_come_back(
    hub: Hub, world: World, rights: Rights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(right, "RECHECK_SECONDS", 0.2)
    socket = await held(rights, hub, world, "resident")
    async with without("session_token"):
        await until(lambda: socket.has_failed)
    assert None not in socket.told


async def test_the_queue_holds_no_more_than_twice_who_is_held(
    hub: Hub, world: World, rights: Rights
) -> None:
    await held(rights, hub, world, "resident")
    [one] = rights._held
    for _ in range(1_000):
        rights.look(one, 30.0)
    assert len(rights._queue) <= right.VOID + 3
