"""Groups when something fails, or changes between an answer and its telling."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

import models
import resolvers.post
from models.transaction import Retry
from realtime.cursor import Spot
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.work import perform
from schema import sharing
from server import group, live
from server.group import Groups
from tests.realtime.stage import until
from tests.schema.seat import Seat
from tests.schema.test_sharing import SHARED, follow
from tests.world import World

DOCUMENT = (
    "subscription ($id: ID!, $after: String) { feedEvents(neighbourhoodId: $id, after: $after)"
    f" {SHARED} }}"
)
Publish = Callable[[], Awaitable[Any]]


@pytest.fixture
def publish(hub: Hub, world: World) -> Publish:
    """Have the resident write to the neighbours."""

    async def write() -> Any:
        context = await Context(hub, world.people["resident"].token).fresh()
        given = {
            "neighbourhood_id": world.home,
            "kind": models.PostKind.MESSAGE,
            "body": "news",
            "audience": models.Audience.NEIGHBOURHOOD,
        }
        return await perform(context, resolvers.post.create_post, given, None)

    return write


async def seated(hub: Hub, world: World, groups: Groups, *personas: str) -> list[Seat]:
    """Members of one group, at the end of the stream."""
    now = await hub.position(world.home)
    spot = Spot(now.last, now.epoch)
    seats = [Seat((await follow(hub, world, one, DOCUMENT))[0], spot) for one in personas]
    for seat in seats:
        assert await live.tell(seat.subscriber, groups, live.Sharing())
    assert len({id(seat.subscriber.group) for seat in seats}) == 1
    return seats


async def test_who_cannot_be_written_to_ends_alone(
    hub: Hub, world: World, publish: Publish
) -> None:
    bad, good = await seated(hub, world, Groups(), "resident", "neighbour")
    bad.refuses = lambda: True
    await publish()
    assert b"news" in (await good.heard(1))[0]
    assert (bad.has_failed, good.has_failed) == (True, False)


async def test_doubt_between_the_answer_and_its_telling_comes_in_time(
    hub: Hub, world: World, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubted, sure = await seated(hub, world, Groups(), "resident", "neighbour")
    place = doubted.subscriber.spot

    async def answer(*given: Any) -> sharing.Answer | None:
        made = await sharing.answer_for_all(*given)
        doubted.doubt()
        return made

    monkeypatch.setattr(group, "answer_for_all", answer)
    await publish()
    assert len(await sure.heard(1)) == 1
    # it stands where it stood: nothing was told, nothing is lost
    assert (doubted.told, doubted.subscriber.spot) == ([], place)
    assert not await Groups().takes(doubted.subscriber)


async def test_whose_rights_are_unknown_joins_no_group(hub: Hub, world: World) -> None:
    [seat] = await seated(hub, world, Groups(), "resident")
    seat.doubt()
    assert not await Groups().takes(seat.subscriber)
    seat.is_sure = True
    assert await Groups().takes(seat.subscriber)


@pytest.mark.parametrize("error", [RuntimeError, asyncio.CancelledError])
async def test_a_group_that_ends_has_its_members_come_back(
    hub: Hub,
    world: World,
    publish: Publish,
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException],
) -> None:
    groups = Groups()
    seats = await seated(hub, world, groups, "resident", "neighbour")

    async def answer(*_: Any) -> None:
        raise error

    monkeypatch.setattr(group, "answer_for_all", answer)
    await publish()
    await until(lambda: all(seat.has_failed for seat in seats))
    monkeypatch.undo()
    # the next one finds a group that works
    [late] = await seated(hub, world, groups, "moderator")
    await publish()
    assert len(await late.heard(1)) == 1


async def test_what_cannot_be_told_now_is_told_later_and_once(
    hub: Hub, world: World, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    seats = await seated(hub, world, Groups(), "resident", "neighbour")
    failures = 2

    async def answer(*given: Any) -> sharing.Answer | None:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise Retry
        return await sharing.answer_for_all(*given)

    monkeypatch.setattr(group, "answer_for_all", answer)
    await publish()
    await publish()
    told = [await seat.heard(2) for seat in seats]
    assert [len(each) for each in told] == [2, 2]
    assert failures == -2
    assert not any(seat.has_failed for seat in seats)
