"""Who hears of a new request on the own stream: those who want to, could help, and once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
import resolvers.help_wanted
from resolvers.help_request_edit import edit_help_request
from resolvers.post import create_post
from tests.resolvers.conftest import Act
from tests.resolvers.neighbourly import of_age, offer, request, say_age, whose
from tests.world import World

NEARBY, ONLY = models.Audience.NEIGHBOURS_NEARBY, models.Audience.NEIGHBOURS_ONLY
WANTED = models.EventKind.HELP_WANTED
HEARS: dict[str, Any] = {"hears_requests": True}
YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)


async def heard(world: World, made: models.HelpRequest) -> list[str]:
    """The personas who were told of a request, once for each time."""
    rows = await models.Event.filter(kind=WANTED, subject_id=made.id)
    names = {person.resident_id: name for name, person in world.people.items()}
    assert {row.author_id for row in rows} <= {made.author_id}
    assert all(row.stream_id == row.resident_id for row in rows)
    return sorted(names[row.resident_id] for row in rows)


async def test_only_who_wants_to_and_offers_the_very_skill_hears(act: Act, world: World) -> None:
    await of_age(world)
    await offer(act, world, "neighbour", "cooking", "bicycle-repair", **HEARS)
    await offer(act, world, "moderator", "bicycle-repair")
    await offer(act, world, "nearby", "bicycle-repair", **HEARS)
    await offer(act, world, "resident", "bicycle-repair", **HEARS)
    assert await heard(world, await request(act, world)) == ["neighbour"]
    assert await heard(world, await request(act, world, skill="plumbing")) == []
    assert await heard(world, await request(act, world, skill=None)) == []
    assert await heard(world, await request(act, world, audience=ONLY)) == ["neighbour"]


async def test_next_door_it_is_heard_where_both_allow_it(act: Act, world: World) -> None:
    await of_age(world)
    for reach in models.HelpReach:
        await offer(act, world, "nearby", reach=reach, **HEARS)
        for audience in models.Audience:
            made = await request(act, world, audience=audience)
            both = audience is NEARBY and reach is models.HelpReach.NEARBY
            assert await heard(world, made) == (["nearby"] if both else [])


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (models.HelpOffer, {"paused": True}),
        (models.HelpOffer, {"ends_on": YESTERDAY}),
        (models.HelpOffer, {"hears_requests": False}),
        (models.Resident, {"age_band": None}),
        (models.Resident, {"age_band": "UNDER_18"}),
    ],
)
async def test_who_does_not_help_now_does_not_hear(
    act: Act, world: World, model: Any, change: dict[str, Any]
) -> None:
    await of_age(world)
    await offer(act, world, **HEARS)
    assert await heard(world, await request(act, world)) == ["neighbour"]
    await model.all().update(**change)
    await say_age(world, models.AgeBand.ADULT, "resident")
    assert await heard(world, await request(act, world)) == []


@pytest.mark.parametrize(("one", "other"), [("resident", "neighbour"), ("neighbour", "resident")])
async def test_blocked_persons_do_not_hear_of_each_other(
    act: Act, world: World, one: str, other: str
) -> None:
    await of_age(world)
    await offer(act, world, **HEARS)
    await models.Block.create(
        neighbourhood_id=world.home,
        resident_id=world.people[one].resident_id,
        blocked_id=world.people[other].resident_id,
        membership_id=whose(world, other),
    )
    assert await heard(world, await request(act, world)) == []


async def test_a_skill_that_is_added_later_is_heard_of_once(act: Act, world: World) -> None:
    await of_age(world)
    await offer(act, world, "neighbour", "bicycle-repair", "cooking", **HEARS)
    post = await act(
        "resident",
        create_post,
        neighbourhood_id=world.home,
        kind=models.PostKind.HELP_REQUEST,
        body="Wie helpt?",
    )
    made = await models.HelpRequest.get(post_id=post.id)
    assert await heard(world, made) == []
    for given in (
        {"skill": "bicycle-repair"},
        {"people": 2},
        {"skill": None},
        {"skill": "cooking"},
        {"skill": "bicycle-repair"},
    ):
        await act("resident", edit_help_request, help_request_id=made.id, **given)
        assert await heard(world, made) == ["neighbour"]


async def test_no_more_than_a_bound_hear(
    act: Act, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resolvers.help_wanted.MOST == 200
    monkeypatch.setattr(resolvers.help_wanted, "MOST", 1)
    await of_age(world)
    for persona in ("neighbour", "moderator"):
        await offer(act, world, persona, **HEARS)
    assert len(await heard(world, await request(act, world))) == 1
