"""Requests for help as they are read: by whom, what of them, in which lists, at what cost."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
from realtime.hub import Hub
from resolvers.help_request import ask_due
from resolvers.help_request_edit import confirm_help_request, withdraw_help_request
from resolvers.post import mark_solved
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.neighbourly import SOON, matched, request, whose
from tests.world import World

NEIGHBOURHOOD, NEARBY, ONLY = models.Audience
TODAY = models.Urgency.TODAY
FIELDS = "skill { slug } urgency wantedFrom wantedUntil minutes people state ownState confirmedAt"
FIELDS += " askedAt suggestions { displayName }"
OF_POST = f"query ($id: ID!) {{ post(id: $id) {{ helpRequest {{ {FIELDS} }} }} }}"
LIST = """
query ($id: ID!, $skill: String, $urgency: Urgency, $open: Boolean, $first: Int, $after: String) {
  neighbourhood(id: $id) { helpRequests(
    skill: $skill, urgency: $urgency, open: $open, first: $first, after: $after) {
      nodes { post { body author { displayName } } skill { slug } state }
      pageInfo { endCursor hasNextPage } } }
}
"""
OWN = "{ viewer { helpRequests { nodes { post { body } state ownState } } } }"
WHOLE: dict[str, Any] = {
    "urgency": models.Urgency.THIS_WEEK,
    "wanted_from": SOON,
    "wanted_until": SOON + timedelta(hours=4),
    "minutes": 90,
    "people": 2,
}
# the viewer, the neighbourhood, the requests, their posts, the authors, the skills
STATEMENTS = 6
OLD = timedelta(days=15)


async def of(ask: Ask, persona: str, made: models.HelpRequest) -> Any:
    answer = await ask(persona, OF_POST, id=made.post_id)
    assert answer.data is not None
    return answer.data["post"] and answer.data["post"]["helpRequest"]


async def bodies(ask: Ask, world: World, persona: str = "neighbour", **more: Any) -> list[str]:
    answer = await ask(persona, LIST, id=world.home, **more)
    assert answer.errors is None
    assert answer.data is not None
    nodes = answer.data["neighbourhood"]["helpRequests"]["nodes"]
    return [node["post"]["body"] for node in nodes]


async def test_a_request_says_all_it_asks_for(ask: Ask, act: Act, world: World) -> None:
    made = await request(act, world, **WHOLE)
    seen = {
        "skill": {"slug": "bicycle-repair"},
        "urgency": "THIS_WEEK",
        "wantedFrom": SOON.isoformat(),
        "wantedUntil": (SOON + timedelta(hours=4)).isoformat(),
        "minutes": 90,
        "people": 2,
        "state": "OPEN",
        "ownState": None,
        "confirmedAt": None,
        "askedAt": None,
        "suggestions": None,
    }
    for persona in ("neighbour", "moderator"):
        assert await of(ask, persona, made) == seen
    assert await of(ask, "worker", made) == {**seen, "suggestions": []}
    assert await of(ask, "resident", made) == {**seen, "ownState": "OPEN", "suggestions": []}


READERS = {
    NEIGHBOURHOOD: {"resident", "neighbour", "moderator", "worker"},
    NEARBY: {"resident", "neighbour", "moderator", "worker", "nearby"},
    ONLY: {"resident", "neighbour", "moderator"},
}


@pytest.mark.parametrize("audience", models.Audience)
async def test_a_request_is_read_by_those_who_read_its_post(
    ask: Ask, act: Act, partners: World, audience: models.Audience
) -> None:
    made = await request(act, partners, audience=audience)
    read, listed = set(), set()
    for persona in partners.people:
        if await of(ask, persona, made):
            read.add(persona)
        if await bodies(ask, partners, persona):
            listed.add(persona)
    assert read == READERS[audience]
    assert listed == READERS[audience]


async def test_that_there_is_help_enough_is_told_to_the_author_alone(
    ask: Ask, act: Act, world: World
) -> None:
    made = await request(act, world)
    before = {name: await of(ask, name, made) for name in ("neighbour", "moderator", "worker")}
    heard = await ledger.told(world.home)
    await matched(world, made, "neighbour")
    for persona, seen in before.items():
        assert await of(ask, persona, made) == seen
        assert await bodies(ask, world, persona, open=True) == ["Mijn ketting ligt eraf."]
        assert await bodies(ask, world, persona, open=False) == []
    mine = await of(ask, "resident", made)
    assert (mine["state"], mine["ownState"]) == ("OPEN", "MATCHED")
    assert await ledger.told(world.home) == heard


async def test_requests_are_listed_by_skill_urgency_and_whether_they_stand(
    ask: Ask, act: Act, world: World
) -> None:
    await request(act, world, body="een", skill="cooking", urgency=TODAY)
    solved = await request(act, world, body="twee", skill="cooking")
    gone = await request(act, world, "moderator", body="drie", skill=None, urgency=TODAY)
    await act("resident", mark_solved, post_id=solved.post_id)
    await act("moderator", withdraw_help_request, help_request_id=gone.id)
    assert await bodies(ask, world) == ["drie", "twee", "een"]
    assert await bodies(ask, world, skill="cooking") == ["twee", "een"]
    assert await bodies(ask, world, urgency="TODAY") == ["drie", "een"]
    assert await bodies(ask, world, open=True) == ["een"]
    assert await bodies(ask, world, open=False) == ["drie", "twee"]
    assert await bodies(ask, world, skill="cooking", urgency="TODAY", open=False) == []


async def test_ones_own_requests_are_listed_for_oneself(ask: Ask, act: Act, world: World) -> None:
    first = await request(act, world, body="een")
    await request(act, world, body="twee")
    await request(act, world, "neighbour", body="drie")
    await matched(world, first, "neighbour")
    nodes = [
        {"post": {"body": "twee"}, "state": "OPEN", "ownState": "OPEN"},
        {"post": {"body": "een"}, "state": "OPEN", "ownState": "MATCHED"},
    ]
    assert (await ask("resident", OWN)).data == {"viewer": {"helpRequests": {"nodes": nodes}}}
    for persona in ("moderator", "worker", "nearby", "stranger"):
        assert (await ask(persona, OWN)).data == {"viewer": {"helpRequests": {"nodes": []}}}


async def test_blocked_persons_do_not_see_each_others_requests(
    ask: Ask, act: Act, world: World
) -> None:
    await request(act, world, body="een")
    await request(act, world, "neighbour", body="twee")
    await models.Block.create(
        neighbourhood_id=world.home,
        resident_id=world.people["neighbour"].resident_id,
        blocked_id=world.people["resident"].resident_id,
        membership_id=whose(world, "resident"),
    )
    assert await bodies(ask, world, "resident") == ["een"]
    assert await bodies(ask, world, "neighbour") == ["twee"]
    assert await bodies(ask, world, "moderator") == ["twee", "een"]


async def test_the_list_is_read_in_pages_at_the_same_cost(
    ask: Ask, act: Act, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    for persona in ("resident", "neighbour", "moderator", "resident"):
        await request(act, world, persona, body=f"van {persona}")
    read, after = [], None
    for size in (1, 3):
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
            answer = await ask("worker", LIST, id=world.home, first=size, after=after)
        assert answer.data is not None
        page = answer.data["neighbourhood"]["helpRequests"]
        read += [node["post"]["author"]["displayName"] for node in page["nodes"]]
        assert page["pageInfo"]["hasNextPage"] is (size == 1)
        after = page["pageInfo"]["endCursor"]
        assert len([r for r in caplog.records if r.name == "tortoise.db_client"]) == STATEMENTS
    assert read == ["Resident", "Moderator", "Neighbour", "Resident"]


async def grow_old(*requests: models.HelpRequest) -> None:
    """These were asked more than two weeks ago."""
    rows = models.HelpRequest.filter(id__in=[each.id for each in requests])
    await rows.update(created_at=datetime.now(UTC) - OLD)


async def asked(world: World, persona: str = "resident") -> int:
    """How often a persona was asked whether a request still stands."""
    resident_id = world.people[persona].resident_id
    assert resident_id is not None
    return (await ledger.told(resident_id)).count("HELP_REQUEST_ASKED")


async def test_the_author_of_an_old_open_request_is_asked_once(
    ask: Ask, act: Act, world: World, hub: Hub
) -> None:
    old, new = await request(act, world), await request(act, world)
    await grow_old(old)
    now = datetime.now(UTC)
    assert [await ask_due(hub, now) for _ in range(2)] == [1, 0]
    assert await asked(world) == 1
    assert await asked(world, "neighbour") == 0
    assert (await models.HelpRequest.get(id=new.id)).asked_at is None
    assert (await of(ask, "resident", old))["askedAt"] == now.isoformat()
    assert (await of(ask, "neighbour", old))["askedAt"] is None
    await act("resident", confirm_help_request, help_request_id=old.id)
    assert await ask_due(hub, now + OLD) == 1  # the new one, which is old by then
    assert await asked(world) == 2


async def test_nobody_is_asked_of_what_is_over_taken_or_just_confirmed(
    act: Act, world: World, hub: Hub
) -> None:
    made = [await request(act, world) for _ in range(4)]
    await act("resident", mark_solved, post_id=made[0].post_id)
    await act("resident", withdraw_help_request, help_request_id=made[1].id)
    await matched(world, made[2], "neighbour")
    await act("resident", confirm_help_request, help_request_id=made[3].id)
    await grow_old(*made)
    now = datetime.now(UTC)
    assert await ask_due(hub, now) == 0
    assert await asked(world) == 0
    assert await ask_due(hub, now + OLD) == 1


async def test_whoever_has_moved_out_is_not_asked(act: Act, world: World, hub: Hub) -> None:
    made = await request(act, world)
    await models.Membership.filter(id=made.author_id).update(state=models.MembershipState.ENDED)
    await grow_old(made)
    now = datetime.now(UTC)
    assert [await ask_due(hub, now) for _ in range(2)] == [1, 0]
    assert await asked(world) == 0
