"""What is read of matches: by the two, in the own history, under the own request, and by nobody."""

import logging
from typing import Any

import pytest

import models
from tests import neighbours
from tests.inside import Ask
from tests.neighbours import whose
from tests.resolvers import matching
from tests.resolvers.conftest import Act
from tests.resolvers.matching import ACCEPT, COMPLETE, SHARE, THANK
from tests.world import World

NEARBY = models.Audience.NEIGHBOURS_NEARBY
PARTY = "{ membershipId displayName street }"
FIELDS = f"""
id createdAt state endedAt proposedBy myRole nextSteps note address
post {{ id }} neighbourhood {{ slug }} requester {PARTY} helper {PARTY} worker {PARTY}
requesterAcceptedAt helperAcceptedAt
requesterThankedAt requesterThanks helperThankedAt helperThanks
"""
ONE = f"query ($id: ID!) {{ match(id: $id) {{ {FIELDS} }} }}"
MINE = """
query ($states: [HelpMatchState!], $role: HelpMatchRole, $first: Int, $after: String) {
  viewer { helpMatches(states: $states, role: $role, first: $first, after: $after) {
    nodes { id } pageInfo { endCursor hasNextPage }
  } }
}
"""
UNDER = f"""
query ($id: ID!, $first: Int, $states: [HelpMatchState!]) {{
  post(id: $id) {{ matches(first: $first, states: $states) {{ nodes {{ {FIELDS} }} }} }}
}}
"""
# the viewer, the post, its matches, the names of one role and another, of workers, the posts, the
# neighbourhoods
STATEMENTS = 8
OTHERS = (
    *("third", "moderator", "worker", "other_worker", "nearby", "stranger", "worker_elsewhere"),
    *("former", "pending", "manager", "case_worker", "editor"),
)


async def asked(ask: Ask, persona: str, document: str, **variables: Any) -> Any:
    """The data of an answer without errors."""
    answer = await ask(persona, document, **variables)
    assert answer.errors is None
    return answer.data


async def mine(ask: Ask, persona: str, **variables: Any) -> list[str]:
    """The matches that a persona finds in the own history."""
    found = await asked(ask, persona, MINE, **variables)
    return [node["id"] for node in found["viewer"]["helpMatches"]["nodes"]]


def face(world: World, persona: str) -> dict[str, str]:
    """What a neighbour reads of another in a match."""
    id = str(whose(world, persona))
    return {"membershipId": id, "displayName": persona.title(), "street": "Dorpsstraat"}


async def completed(act: Act, world: World, post: models.Post) -> models.HelpMatch:
    """A match that was offered, accepted, completed and thanked for, with an address in between."""
    match = await matching.propose(act, world, post, "neighbour", note="Zaterdag kan ik.")
    await act("resident", ACCEPT, match_id=match.id)
    await act("resident", SHARE, match_id=match.id, address=" Dorpsstraat 12,\n achterdeur")
    return match


async def test_the_two_read_all_of_it_each_from_the_own_side(
    act: Act, ask: Ask, village: World
) -> None:
    post = await neighbours.request(village)
    match = await completed(act, village, post)
    row = await matching.again(match)
    assert row.requester_accepted_at is not None
    assert row.helper_accepted_at is not None
    expected = {
        "id": str(match.id),
        "createdAt": row.created_at.isoformat(),
        "state": "ACCEPTED",
        "endedAt": None,
        "proposedBy": "HELPER",
        "note": "Zaterdag kan ik.",
        "address": "Dorpsstraat 12, achterdeur",
        "post": {"id": str(post.id)},
        "neighbourhood": {"slug": "home"},
        "requester": face(village, "resident"),
        "helper": face(village, "neighbour"),
        "worker": None,
        "requesterAcceptedAt": row.requester_accepted_at.isoformat(),
        "helperAcceptedAt": row.helper_accepted_at.isoformat(),
        "requesterThankedAt": None,
        "requesterThanks": "",
        "helperThankedAt": None,
        "helperThanks": "",
    }
    sides = {
        "resident": {
            "myRole": "REQUESTER",
            "nextSteps": ["SHARE_ADDRESS", "COMPLETE", "WITHDRAW"],
        },
        "neighbour": {"myRole": "HELPER", "nextSteps": ["COMPLETE", "WITHDRAW"]},
    }
    for persona, side in sides.items():
        assert await asked(ask, persona, ONE, id=match.id) == {"match": expected | side}


async def test_thanks_are_read_by_the_two_and_the_address_is_gone_when_it_is_over(
    act: Act, ask: Ask, village: World
) -> None:
    match = await completed(act, village, await neighbours.request(village))
    await act("neighbour", COMPLETE, match_id=match.id)
    await act("resident", THANK, match_id=match.id, words=" Hartelijk dank! ")
    for persona, steps in (("resident", []), ("neighbour", ["THANK"])):
        found = (await asked(ask, persona, ONE, id=match.id))["match"]
        assert (found["state"], found["address"], found["nextSteps"]) == ("COMPLETED", None, steps)
        assert (found["requesterThanks"], found["helperThankedAt"]) == ("Hartelijk dank!", None)
        assert found["requesterThankedAt"] is not None


@pytest.mark.parametrize("persona", OTHERS)
async def test_to_everybody_else_there_is_no_match_by_any_way(
    act: Act, ask: Ask, village: World, persona: str
) -> None:
    post = await neighbours.request(village, NEARBY)
    match = await completed(act, village, post)
    never = await ask(persona, ONE, id=matching.unknown())
    found = await ask(persona, ONE, id=match.id)
    assert (found.data, found.errors) == (never.data, never.errors) == ({"match": None}, None)
    assert await mine(ask, persona) == []
    under = await asked(ask, persona, UNDER, id=post.id)
    assert under["post"] in (None, {"matches": None})


@pytest.mark.parametrize("persona", ["token shares:read", "signed_out"])
async def test_the_door_is_closed_to_who_is_no_resident(
    act: Act, ask: Ask, village: World, persona: str
) -> None:
    match = await completed(act, village, await neighbours.request(village))
    answer = await ask(persona, ONE, id=match.id)
    code = "UNAUTHENTICATED" if persona == "signed_out" else "FORBIDDEN"
    assert answer.data == {"match": None}
    assert [error.extensions and error.extensions["code"] for error in answer.errors or []] == [
        code
    ]


async def test_the_author_reads_under_the_request_who_helps_and_nobody_else_does(
    act: Act, ask: Ask, village: World
) -> None:
    post, other = await neighbours.request(village, people=2), await neighbours.request(village)
    first = await matching.propose(act, village, post)
    second = await matching.accepted(act, village, post, "third")
    await matching.propose(act, village, other)

    async def under(persona: str, **more: Any) -> Any:
        found = await asked(ask, persona, UNDER, id=post.id, **more)
        matches = found["post"]["matches"]
        return matches and [node["id"] for node in matches["nodes"]]

    assert await under("resident") == [str(second.id), str(first.id)]
    assert await under("resident", states=["ACCEPTED"]) == [str(second.id)]
    assert await under("resident", first=1) == [str(second.id)]
    for persona in ("neighbour", "third", "moderator", "worker"):
        assert await under(persona) is None


async def test_the_own_history_holds_ones_own_matches_by_role_and_state(
    act: Act, ask: Ask, village: World
) -> None:
    post = await neighbours.request(village)
    mine_ = await matching.propose(act, village, post)
    by_worker = await matching.propose(act, village, post, "worker", helping="third")
    theirs = await neighbours.request(village, persona="neighbour")
    offered = await matching.propose(act, village, theirs, "third", helping="third")
    await act("neighbour", ACCEPT, match_id=offered.id)

    ids = {"mine": str(mine_.id), "worker": str(by_worker.id), "offered": str(offered.id)}
    assert await mine(ask, "resident") == [ids["worker"], ids["mine"]]
    assert await mine(ask, "neighbour") == [ids["offered"], ids["mine"]]
    assert await mine(ask, "neighbour", role="HELPER") == [ids["mine"]]
    assert await mine(ask, "neighbour", role="REQUESTER") == [ids["offered"]]
    assert await mine(ask, "neighbour", role="WORKER") == []
    assert await mine(ask, "third", states=["ACCEPTED"]) == [ids["offered"]]
    assert await mine(ask, "third", states=["PROPOSED"]) == [ids["worker"]]
    assert await mine(ask, "third", states=[]) == []
    assert await mine(ask, "worker") == await mine(ask, "worker", role="WORKER") == [ids["worker"]]
    assert await mine(ask, "other_worker") == []


async def test_the_own_history_comes_in_pages(act: Act, ask: Ask, village: World) -> None:
    matches = [
        await matching.propose(act, village, await neighbours.request(village)) for _ in range(5)
    ]
    found, after = [], None
    for size in (2, 2, 1):
        page = (await asked(ask, "resident", MINE, first=2, after=after))["viewer"]["helpMatches"]
        assert len(page["nodes"]) == size
        found += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert found == [str(match.id) for match in reversed(matches)]


async def test_next_door_reads_the_name_and_not_the_street(
    act: Act, ask: Ask, village: World
) -> None:
    await neighbours.offer(village, "nearby", models.HelpReach.NEARBY)
    post = await neighbours.request(village, NEARBY)
    match = await matching.propose(act, village, post, helping="nearby")
    for persona, seen, unseen in (
        ("resident", "requester", "helper"),
        ("nearby", "helper", "requester"),
    ):
        found = (await asked(ask, persona, ONE, id=match.id))["match"]
        names = {"requester": "Resident", "helper": "Nearby"}
        assert {key: found[key]["displayName"] for key in names} == names
        assert (found[seen]["street"], found[unseen]["street"]) == ("Dorpsstraat", None)
    member = "query ($id: ID!) { membership(id: $id) { displayName } }"
    hidden = await asked(ask, "resident", member, id=whose(village, "nearby"))
    assert hidden == {"membership": None}


@pytest.mark.parametrize("size", [1, 4])
async def test_a_page_of_matches_costs_the_same_at_any_size(
    act: Act, ask: Ask, village: World, caplog: pytest.LogCaptureFixture, size: int
) -> None:
    post = await neighbours.request(village, people=4)
    for helping in ("neighbour", "third", "moderator"):
        await matching.accepted(act, village, post, helping)
    await neighbours.move_in(village, "fourth", models.MembershipRole.RESIDENT)
    await matching.propose(act, village, post, "fourth", helping="fourth")
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        found = await asked(ask, "resident", UNDER, id=post.id, first=size)
    assert len(found["post"]["matches"]["nodes"]) == size
    statements = [r for r in caplog.records if r.name == "tortoise.db_client"]
    assert len(statements) == STATEMENTS, [r.getMessage()[:120] for r in statements]
