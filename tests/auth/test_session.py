"""Sessions: tokens rotate, a lost answer is forgiven, a stolen token ends the family."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
from auth import secrets, session, tokens
from auth.session import Tokens
from models.transaction import transaction
from tests.resolvers import ledger
from tests.world import World


async def opened(world: World, **more: Any) -> Tokens:
    """A new session of the neighbour."""
    resident_id = world.people["neighbour"].resident_id
    assert resident_id is not None
    async with transaction():
        return await session.open_session(resident_id, "a phone", **more)


async def renewed(refresh: str) -> Tokens:
    rotation = await session.rotate(refresh)
    assert rotation.tokens is not None
    return rotation.tokens


async def used(pair: Tokens, seconds: float) -> None:
    """The refresh token was used so long ago."""
    token = models.SessionToken.filter(hash=secrets.digest(pair.refresh))
    assert await token.update(used_at=datetime.now(UTC) - timedelta(seconds=seconds)) == 1


async def opens(access: str) -> bool:
    return await tokens.viewer_of(access) is not None


async def test_a_refresh_gives_a_new_pair_of_the_same_session(world: World) -> None:
    first = await opened(world)
    second = await renewed(first.refresh)
    assert second.session_id == first.session_id
    assert len({first.access, first.refresh, second.access, second.refresh}) == 4
    assert await opens(first.access)
    assert await opens(second.access)
    left = second.access_expires_at - datetime.now(UTC)
    assert timedelta(minutes=9, seconds=50) < left <= timedelta(minutes=10)


async def test_a_lost_answer_is_forgiven_for_ten_seconds(world: World) -> None:
    first = await opened(world)
    await renewed(first.refresh)
    await used(first, 8)
    again = await renewed(first.refresh)
    assert await opens(again.access)


async def test_the_grace_is_counted_from_the_first_use(world: World) -> None:
    first = await opened(world)
    await renewed(first.refresh)
    await used(first, 8)
    await renewed(first.refresh)
    token = await models.SessionToken.get(hash=secrets.digest(first.refresh))
    assert token.used_at is not None
    assert datetime.now(UTC) - token.used_at >= timedelta(seconds=8)


async def test_a_token_used_again_later_ends_its_family_and_no_other(world: World) -> None:
    first, elsewhere = await opened(world), await opened(world)
    second = await renewed(first.refresh)
    await used(first, 11)
    rotation = await session.rotate(first.refresh)
    assert rotation.tokens is None
    assert rotation.ended_resident_id == first.resident_id
    for access in (first.access, second.access):
        assert not await opens(access)
    assert await session.rotate(second.refresh) == session.Rotation()
    assert await opens(elsewhere.access)


async def test_a_refresh_twice_at_once_gives_two_pairs(world: World) -> None:
    first = await opened(world)
    pairs = await asyncio.gather(renewed(first.refresh), renewed(first.refresh))
    assert [await opens(pair.access) for pair in pairs] == [True, True]


@pytest.mark.parametrize("column", ["expires_at", "revoked_at"])
async def test_a_session_that_has_ended_gives_nothing(world: World, column: str) -> None:
    pair = await opened(world)
    past = datetime.now(UTC) - timedelta(seconds=1)
    await models.Session.filter(id=pair.session_id).update(**{column: past})
    assert await session.rotate(pair.refresh) == session.Rotation()
    assert not await opens(pair.access)


async def test_a_refresh_token_that_has_expired_gives_nothing(world: World) -> None:
    pair = await opened(world)
    past = datetime.now(UTC) - timedelta(seconds=1)
    await models.SessionToken.filter(hash=secrets.digest(pair.refresh)).update(expires_at=past)
    assert await session.rotate(pair.refresh) == session.Rotation()


async def test_each_kind_of_token_opens_its_own_door_only(world: World) -> None:
    pair = await opened(world)
    assert await session.rotate(pair.access) == session.Rotation()
    assert await tokens.viewer_of(pair.refresh) is None
    assert await session.rotate("nbr_unknown") == session.Rotation()


async def test_no_token_stands_in_the_database(world: World) -> None:
    pair = await opened(world)
    for token in (pair.access, pair.refresh):
        assert await ledger.holding(token) == []
        assert await ledger.holding(secrets.digest(token)) == ["session_token"]


async def test_an_access_token_ends_with_its_lifetime(world: World) -> None:
    pair = await opened(world, access_lifetime=timedelta(milliseconds=300))
    assert await opens(pair.access)
    await asyncio.sleep(0.35)
    assert not await opens(pair.access)


async def test_all_other_sessions_end_and_the_kept_one_stays(world: World) -> None:
    kept, other = await opened(world), await opened(world)
    await session.end_others(kept.resident_id, kept.session_id)
    assert [await opens(pair.access) for pair in (kept, other)] == [True, False]
    stranger = world.people["stranger"].token
    assert stranger is not None
    assert await opens(stranger)


async def test_the_oldest_session_makes_room_for_one_too_many(world: World) -> None:
    pairs = [await opened(world) for _ in range(session.MOST_SESSIONS + 1)]
    assert [await opens(pair.access) for pair in pairs[:3]] == [False, True, True]
    live = models.Session.filter(resident_id=pairs[0].resident_id, revoked_at=None)
    assert await live.count() == 50


async def test_tokens_that_expired_long_ago_are_forgotten_a_few_at_a_time(world: World) -> None:
    pair = await opened(world)
    now = datetime.now(UTC)
    rows = models.SessionToken.filter(session_id=pair.session_id)
    await rows.update(expires_at=now - timedelta(days=2))
    assert await session.forget_tokens(now - timedelta(days=1), limit=1) == 1
    assert await session.forget_tokens(now - timedelta(days=1), limit=10) == 1
    assert await rows.count() == 0
