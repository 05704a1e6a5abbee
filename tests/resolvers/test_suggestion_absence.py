"""Who is not suggested: never, or not any more; and what a professional cannot tell by it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
from resolvers.help_request_edit import withdraw_help_request
from resolvers.post import mark_solved
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.neighbourly import (
    family,
    leave,
    matched,
    of_age,
    offer,
    request,
    say_age,
    whose,
)
from tests.resolvers.test_suggestion import block, names, suggested
from tests.world import World

Match = models.HelpMatchState


async def test_who_is_never_suggested(ask: Ask, act: Act, world: World) -> None:
    await of_age(world)
    await offer(act, world)
    made = await request(act, world)
    helper = models.HelpOffer.filter(membership_id=whose(world, "neighbour"))
    account = models.Resident.filter(id=world.people["neighbour"].resident_id)
    member = models.Membership.filter(id=whose(world, "neighbour"))
    household = (await models.Membership.get(id=made.author_id)).household_id
    own = (await member.get()).household_id
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    cases: list[tuple[Any, dict[str, Any], dict[str, Any]]] = [
        (helper, {"paused": True}, {"paused": False}),
        (helper, {"ends_on": yesterday}, {"ends_on": None}),
        (helper, {"skills": ["cooking"]}, {"skills": ["bicycle-repair"]}),
        (account, {"age_band": None}, {"age_band": "ADULT"}),
        (account, {"age_band": "UNDER_18"}, {"age_band": "ADULT"}),
        (member, {"household_id": household}, {"household_id": own}),
        (member, {"state": "ENDED"}, {"state": "ACTIVE"}),
    ]
    for rows, change, back in cases:
        await rows.update(**change)
        assert await names(ask, made) == [], change
        await rows.update(**back)
        assert await names(ask, made) == ["Neighbour"]
    await offer(act, world, "resident")
    assert await names(ask, made) == ["Neighbour"]


async def test_a_minor_is_suggested_with_leave_only(ask: Ask, act: Act, world: World) -> None:
    await family(world, guardian="resident")
    await say_age(world, models.AgeBand.ADULT, "moderator")
    given = await leave(act, world)
    await offer(act, world)
    made = await request(act, world, "moderator")
    assert await names(ask, made, "moderator") == ["Neighbour"]
    await models.GuardianLeave.filter(id=given.id).update(expires_at=datetime.now(UTC))
    assert await names(ask, made, "moderator") == []


@pytest.mark.parametrize(("one", "other"), [("resident", "neighbour"), ("neighbour", "resident")])
async def test_a_block_holds_in_the_list_of_the_worker_too(
    ask: Ask, act: Act, world: World, one: str, other: str
) -> None:
    await of_age(world)
    await offer(act, world)
    made = await request(act, world)
    await block(world, one, other)
    assert await names(ask, made) == await names(ask, made, "worker") == []


async def test_whom_the_worker_blocks_the_worker_is_not_shown(
    ask: Ask, act: Act, world: World
) -> None:
    await of_age(world)
    await offer(act, world)
    made = await request(act, world)
    await block(world, "neighbour", "worker")
    assert await names(ask, made) == ["Neighbour"]
    assert await names(ask, made, "worker") == []


@pytest.mark.parametrize("state", Match)
async def test_who_declined_or_is_matched_is_suggested_no_more_and_the_worker_cannot_tell(
    ask: Ask, act: Act, world: World, state: models.HelpMatchState
) -> None:
    await of_age(world)
    await offer(act, world)
    made = await request(act, world)
    for by, known in (("resident", False), ("neighbour", False), ("worker", True)):
        match = await matched(world, made, "neighbour", state, by=by)
        gone = state is not Match.WITHDRAWN
        assert await names(ask, made) == ([] if gone else ["Neighbour"])
        assert await names(ask, made, "worker") == ([] if gone and known else ["Neighbour"])
        await match.delete()


async def test_the_worker_cannot_tell_whether_there_is_help_enough(
    ask: Ask, act: Act, world: World
) -> None:
    await of_age(world)
    for persona in ("neighbour", "moderator"):
        await offer(act, world, persona)
    made = await request(act, world)
    before = await suggested(ask, made, "worker")
    await matched(world, made, "neighbour")
    assert await suggested(ask, made, "worker") == before
    assert await names(ask, made) == ["Moderator"]


async def test_what_is_over_is_suggested_nobody(ask: Ask, act: Act, world: World) -> None:
    await of_age(world)
    await offer(act, world)
    solved, gone = await request(act, world), await request(act, world)
    await act("resident", mark_solved, post_id=solved.post_id)
    await act("resident", withdraw_help_request, help_request_id=gone.id)
    assert await names(ask, solved) == await names(ask, gone) == []
