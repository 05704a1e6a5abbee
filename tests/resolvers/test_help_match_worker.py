"""What a neighbourhood worker learns of two neighbours by proposing them: nothing."""

from typing import Any

import pytest

import models
from resolvers.help_match_end import withdraw_between
from resolvers.refusal import RefusalCode
from tests import neighbours
from tests.inside import Ask
from tests.neighbours import whose
from tests.resolvers import matching, onlooker
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.matching import ACCEPT, DECLINE, SHARE, THANK, WITHDRAW
from tests.world import World

NOT_FOUND, CONFLICT = RefusalCode.NOT_FOUND, RefusalCode.CONFLICT
WHOLE = """
query ($id: ID!) { match(id: $id) {
  state proposedBy myRole nextSteps endedAt requester { displayName street }
  helper { displayName street } worker { displayName street } note requesterAcceptedAt
  helperAcceptedAt address requesterThankedAt requesterThanks helperThankedAt helperThanks
} }
"""
UNREAD = (
    *("note", "requesterAcceptedAt", "helperAcceptedAt", "address", "requesterThankedAt"),
    *("requesterThanks", "helperThankedAt", "helperThanks"),
)


async def read(ask: Ask, persona: str, match: models.HelpMatch) -> dict[str, Any] | None:
    """A match as a persona reads it."""
    answer = await ask(persona, WHOLE, id=match.id)
    assert answer.errors is None
    assert answer.data is not None
    found: dict[str, Any] | None = answer.data["match"]
    return found


async def together(act: Act, world: World, post: models.Post) -> None:
    await matching.accepted(act, world, post)


async def waiting(act: Act, world: World, post: models.Post) -> None:
    await matching.propose(act, world, post)


async def full(act: Act, world: World, post: models.Post) -> None:
    await matching.accepted(act, world, post, helping="third")


async def declined(act: Act, world: World, post: models.Post) -> None:
    await act("neighbour", DECLINE, match_id=(await matching.propose(act, world, post)).id)


async def blocked(_act: Act, world: World, _post: models.Post) -> None:
    await neighbours.block(world, "neighbour", "resident")


async def proposed_by_a_colleague(act: Act, world: World, post: models.Post) -> None:
    await matching.propose(act, world, post, "other_worker")


BEFORE = (together, waiting, full, declined, blocked, proposed_by_a_colleague)
HUSHED = (declined, blocked)


@pytest.mark.parametrize("before", BEFORE, ids=lambda before: before.__name__)
async def test_a_proposal_reads_the_same_whatever_there_is_between_the_two(
    act: Act, ask: Ask, village: World, caplog: pytest.LogCaptureFixture, before: Any
) -> None:
    post = await neighbours.request(village)
    with onlooker.statements(caplog) as usual:
        plain = await matching.propose(act, village, post, "worker")
    steps = usual()
    expected = await read(ask, "worker", plain)
    assert expected is not None
    assert (expected["state"], expected["nextSteps"]) == ("PROPOSED", ["WITHDRAW"])
    post = await neighbours.request(village)
    await before(act, village, post)
    with onlooker.statements(caplog) as asked:
        match = await matching.propose(act, village, post, "worker")
    assert len(asked()) == len(steps)
    assert await read(ask, "worker", match) == expected
    assert (await matching.again(match)).hushed is (before in HUSHED)


@pytest.mark.parametrize("before", HUSHED, ids=lambda before: before.__name__)
async def test_what_may_not_reach_the_two_reaches_neither_and_asks_nobody(
    act: Act, ask: Ask, village: World, before: Any
) -> None:
    post = await neighbours.request(village)
    await before(act, village, post)
    offer = await models.HelpOffer.get(membership_id=whose(village, "neighbour"))
    match = await matching.propose(act, village, post, "worker")
    for persona in ("resident", "neighbour"):
        assert await read(ask, persona, match) is None
        assert match.id not in await matching.heard(village, persona)
        async with refused(NOT_FOUND):
            await act(persona, ACCEPT, match_id=match.id)
    assert (await models.HelpOffer.get(id=offer.id)).asked_count == offer.asked_count
    assert await matching.heard(village, "worker") == [match.id]
    async with refused(CONFLICT):
        await matching.propose(act, village, post, "worker")
    await act("worker", WITHDRAW, match_id=match.id)
    assert await matching.heard(village, "worker") == [match.id] * 2


async def test_a_hushed_proposal_hinders_nobody(act: Act, village: World) -> None:
    post = await neighbours.request(village)
    await declined(act, village, post)
    await matching.propose(act, village, post, "worker")
    offered = await matching.propose(act, village, post, "neighbour")
    assert (await act("resident", ACCEPT, match_id=offered.id)).state is matching.ACCEPTED


async def test_whoever_declined_is_not_asked_again_but_may_think_better_of_it(
    act: Act, village: World
) -> None:
    post = await neighbours.request(village)
    await declined(act, village, post)
    code, words = await matching.refusal(
        act, "resident", post_id=post.id, helper_id=whose(village, "neighbour")
    )
    assert (code, words) == (CONFLICT, "This was declined, and is not proposed again.")
    offered = await matching.propose(act, village, post, "neighbour")
    await act("resident", DECLINE, match_id=offered.id)
    async with refused(CONFLICT):
        await matching.propose(act, village, post, "neighbour")


async def test_the_two_know_of_what_was_proposed_to_them_and_do_not_propose_it_again(
    act: Act, village: World
) -> None:
    post = await neighbours.request(village)
    match = await matching.propose(act, village, post, "worker")
    for persona in ("resident", "neighbour", "worker"):
        async with refused(CONFLICT):
            await matching.propose(act, village, post, persona)
    await act("worker", WITHDRAW, match_id=match.id)
    await matching.accepted(act, village, post)
    for persona in ("resident", "neighbour"):
        async with refused(CONFLICT):
            await matching.propose(act, village, post, persona)


async def test_the_worker_reads_and_hears_of_the_state_and_of_nothing_else(
    act: Act, ask: Ask, village: World
) -> None:
    post = await neighbours.request(village)
    match = await matching.propose(act, village, post, "worker", note="Bel gerust aan.")
    names = {
        "requester": {"displayName": "Resident", "street": None},
        "helper": {"displayName": "Neighbour", "street": None},
        "worker": {"displayName": "Worker", "street": None},
    }
    hidden = dict.fromkeys(UNREAD)
    story: list[tuple[str, Any, dict[str, Any], str]] = [
        ("resident", ACCEPT, {}, "PROPOSED"),
        ("neighbour", ACCEPT, {}, "ACCEPTED"),
        ("resident", SHARE, {"address": "Dorpsstraat 12"}, "ACCEPTED"),
        ("neighbour", matching.COMPLETE, {}, "COMPLETED"),
        ("resident", THANK, {"words": "Dank u!"}, "COMPLETED"),
        ("neighbour", THANK, {}, "COMPLETED"),
    ]
    times = 1
    for persona, verb, more, state in story:
        was = (await matching.again(match)).state
        await act(persona, verb, match_id=match.id, **more)
        found = await read(ask, "worker", match)
        assert found is not None
        assert (found.pop("endedAt") is not None) is (state == "COMPLETED")
        steps = ["WITHDRAW"] if state == "PROPOSED" else []
        roles = {"proposedBy": "WORKER", "myRole": "WORKER", "nextSteps": steps}
        assert found == {"state": state, **roles, **names, **hidden}
        times += state != was.value
        assert await matching.heard(village, "worker") == [match.id] * times
        assert await matching.heard(village, "other_worker") == []
    for persona in ("resident", "neighbour"):
        assert await matching.heard(village, persona) == [match.id] * (1 + len(story))


async def test_a_worker_whom_one_of_the_two_blocks_reads_and_hears_nothing_more(
    act: Act, ask: Ask, village: World
) -> None:
    post = await neighbours.request(village)
    match = await matching.propose(act, village, post, "worker")
    for persona in ("resident", "neighbour"):
        await act(persona, ACCEPT, match_id=match.id)
    heard = await matching.heard(village, "worker")
    await neighbours.block(village, "neighbour", "worker")
    await act("neighbour", matching.COMPLETE, match_id=match.id)
    assert await read(ask, "worker", match) is None
    assert await matching.heard(village, "worker") == heard
    by_worker = {one: await read(ask, one, match) for one in ("resident", "neighbour")}
    shown = {one: found and found["worker"] for one, found in by_worker.items()}
    assert shown == {"resident": {"displayName": "Worker", "street": None}, "neighbour": None}


async def test_what_a_blocked_worker_proposed_and_waits_is_withdrawn(
    act: Act, village: World
) -> None:
    match = await matching.propose(act, village, await neighbours.request(village), "worker")
    people = [village.people[one].resident_id for one in ("neighbour", "worker")]
    await act("neighbour", withdraw_between, one_resident_id=people[0], other_resident_id=people[1])
    assert (await matching.again(match)).state is matching.WITHDRAWN
