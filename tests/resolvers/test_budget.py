"""Neighbourhood budgets: ideas, support, a secret vote, and a result that fits the amount."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
import resolvers.budget
import resolvers.budget_idea
import resolvers.budget_judgement
import resolvers.budget_vote
import resolvers.post
import resolvers.post_share
from models.base import uuid7
from realtime.hub import Hub
from resolvers import announcement, budget_vote
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.gathering import soon
from tests.resolvers.ledger import refused
from tests.resolvers.talking import asked, settle
from tests.world import World

PROPOSE, SUPPORT = resolvers.budget_idea.propose_idea, resolvers.budget_idea.support_idea
JUDGE, VOTE = resolvers.budget_judgement.judge_idea, resolvers.budget_vote.vote_budget
SEEN = """
query ($id: ID!) {
  neighbourhood(id: $id) { budgets { nodes {
    amount ballotCount hasVoted organisation { name }
    ideas { nodes { cost state supportCount voteCount isSupported post { body } } }
  } } }
}
"""
OFFICE = """
query ($id: ID!) {
  budgets(organisationId: $id) { nodes {
    ballotCount ideas { nodes { cost supportCount voteCount post { body } share { body } } }
  } }
}
"""


async def announce(act: Act, world: World, **more: Any) -> models.Budget:
    given = {
        "organisation_id": world.organisations["town"],
        "neighbourhood_id": world.home,
        "title": "Buurtbudget",
        "body": "U beslist.",
        "amount": 5_000,
        "support_needed": 2,
        "ideas_until": soon(days=10),
        "vote_from": soon(days=20),
        "vote_until": soon(days=30),
        "voice": models.PollVoice.RESIDENT,
        **more,
    }
    made: models.Budget = await act("editor", resolvers.budget.announce_budget, **given)
    return made


async def propose(
    act: Act, found: models.Budget, persona: str = "resident", cost: int = 3_000, **more: Any
) -> models.BudgetIdea:
    given = {"neighbourhood_id": found.neighbourhood_id, "body": f"Een idee van {persona}."}
    kind = models.PostKind.IDEA
    post = await act(persona, resolvers.post.create_post, kind=kind, **given)
    ids = {"budget_id": found.id, "post_id": post.id}
    made: models.BudgetIdea = await act(persona, PROPOSE, cost=cost, **ids, **more)
    return made


async def begin_vote(found: models.Budget) -> None:
    """The days pass until the vote has begun."""
    now = datetime.now(UTC)
    early = {"ideas_until": now - timedelta(2), "vote_from": now - timedelta(1)}
    await models.Budget.filter(id=found.id).update(**early)


async def admitted(act: Act, found: models.Budget, persona: str, cost: int) -> models.BudgetIdea:
    idea = await propose(act, found, persona, cost)
    for supporter in ("resident", "neighbour"):
        await act(supporter, SUPPORT, idea_id=idea.id)
    await act("editor", JUDGE, idea_id=idea.id, admitted=True, reason="Kan.")
    return idea


async def seen(ask: Ask, persona: str, world: World) -> Any:
    answer = await asked(ask, persona, SEEN, id=str(world.home))
    [found] = answer["neighbourhood"]["budgets"]["nodes"]
    return found


async def test_ideas_support_a_vote_and_a_result(
    act: Act, ask: Ask, partners: World, hub: Hub
) -> None:
    found = await announce(act, partners)
    dear = await admitted(act, found, "resident", 4_000)
    cheap = await admitted(act, found, "neighbour", 2_000)
    small = await admitted(act, found, "moderator", 900)
    await begin_vote(found)
    names = [f"voter{number}" for number in range(5)]
    await settle(partners, *names)
    for name in names[:3]:
        await act(name, VOTE, budget_id=found.id, idea_ids=[dear.id, small.id])
    for name in names[3:]:
        await act(name, VOTE, budget_id=found.id, idea_ids=[cheap.id])
    async with refused(RefusalCode.CONFLICT, "budget_id"):
        await act(names[0], VOTE, budget_id=found.id, idea_ids=[cheap.id])
    before = await seen(ask, "neighbour", partners)
    assert (before["ballotCount"], before["hasVoted"]) == (5, False)
    assert {each["voteCount"] for each in before["ideas"]["nodes"]} == {None}
    assert await budget_vote.decide_due(hub, soon(days=29)) == 0
    assert await budget_vote.decide_due(hub, soon(days=31)) == 1
    assert await budget_vote.decide_due(hub, soon(days=31)) == 0
    after = (await seen(ask, "neighbour", partners))["ideas"]["nodes"]
    told = [(each["cost"], each["state"], each["voteCount"]) for each in after]
    assert told == [(4_000, "CHOSEN", 3), (2_000, "NOT_CHOSEN", 2), (900, "CHOSEN", 3)]
    assert await ledger.drift() == []


async def test_the_organisation_reads_what_was_shared_and_no_small_number(
    act: Act, ask: Ask, partners: World
) -> None:
    found = await announce(act, partners)
    idea = await propose(act, found)
    await act("neighbour", SUPPORT, idea_id=idea.id)
    town = str(partners.organisations["town"])
    [read] = (await asked(ask, "manager", OFFICE, id=town))["budgets"]["nodes"]
    words = {"body": "Een idee van resident."}
    expected = {"cost": 3_000, "supportCount": None, "voteCount": None, "post": None}
    assert read == {"ballotCount": None, "ideas": {"nodes": [{**expected, "share": words}]}}
    share = await models.PostShare.get(post_id=idea.post_id)
    await act("resident", resolvers.post_share.revoke_share, share_id=share.id)
    [read] = (await asked(ask, "manager", OFFICE, id=town))["budgets"]["nodes"]
    assert read["ideas"]["nodes"] == [{**expected, "share": None}]
    await act("resident", resolvers.post.delete_post, post_id=idea.post_id)
    [read] = (await asked(ask, "manager", OFFICE, id=town))["budgets"]["nodes"]
    assert read["ideas"]["nodes"] == []


async def test_an_idea_that_is_shared_already_is_proposed_all_the_same(
    act: Act, partners: World
) -> None:
    found = await announce(act, partners)
    given = {"neighbourhood_id": found.neighbourhood_id, "body": "Gedeeld."}
    post = await act("resident", resolvers.post.create_post, kind=models.PostKind.IDEA, **given)
    shared = {"post_id": post.id, "organisation_id": found.organisation_id}
    purpose = models.SharePurpose.CARE_QUESTION
    await act("resident", resolvers.post_share.share_post, **shared, purpose=purpose)
    await act("resident", PROPOSE, budget_id=found.id, post_id=post.id, cost=1)
    assert await models.PostShare.filter(post_id=post.id).count() == 1
    async with refused(RefusalCode.CONFLICT):
        await act("resident", PROPOSE, budget_id=found.id, post_id=post.id, cost=1)


async def test_support_is_counted_once_and_can_be_taken_back(
    act: Act, ask: Ask, partners: World
) -> None:
    found = await announce(act, partners)
    idea = await propose(act, found)
    for _ in range(2):
        await act("neighbour", SUPPORT, idea_id=idea.id)
    [shown] = (await seen(ask, "neighbour", partners))["ideas"]["nodes"]
    assert (shown["supportCount"], shown["isSupported"]) == (1, True)
    async with refused(RefusalCode.CONFLICT, "idea_id"):
        await act("editor", JUDGE, idea_id=idea.id, admitted=True, reason="Kan.")
    for _ in range(2):
        await act("neighbour", resolvers.budget_idea.withdraw_support, idea_id=idea.id)
    [shown] = (await seen(ask, "neighbour", partners))["ideas"]["nodes"]
    assert (shown["supportCount"], shown["isSupported"]) == (0, False)
    async with refused(RefusalCode.FORBIDDEN):
        await act("worker", SUPPORT, idea_id=idea.id)
    for persona in ("nearby", "stranger"):
        async with refused(RefusalCode.NOT_FOUND):
            await act(persona, SUPPORT, idea_id=idea.id)


async def test_everything_has_its_time(act: Act, partners: World) -> None:
    found = await announce(act, partners)
    idea = await admitted(act, found, "resident", 1_000)
    async with refused(RefusalCode.CONFLICT, "budget_id"):
        await act("neighbour", VOTE, budget_id=found.id, idea_ids=[idea.id])
    await begin_vote(found)
    async with refused(RefusalCode.CONFLICT):
        await act("neighbour", resolvers.budget_idea.withdraw_support, idea_id=idea.id)
    async with refused(RefusalCode.CONFLICT):
        await act("editor", JUDGE, idea_id=idea.id, admitted=False, reason="Toch niet.")
    for wrong in ([], [idea.id, idea.id], [uuid7()]):
        async with refused(RefusalCode.INVALID, "idea_ids"):
            await act("neighbour", VOTE, budget_id=found.id, idea_ids=wrong)
    async with refused(RefusalCode.FORBIDDEN):
        await act("worker", VOTE, budget_id=found.id, idea_ids=[idea.id])


async def test_one_proposes_ones_own_idea_within_the_amount(act: Act, partners: World) -> None:
    found = await announce(act, partners)
    for cost in (0, 5_001):
        given = {"neighbourhood_id": found.neighbourhood_id, "body": "Te duur."}
        kind = models.PostKind.IDEA
        post = await act("resident", resolvers.post.create_post, kind=kind, **given)
        async with refused(RefusalCode.INVALID, "cost"):
            ids = {"budget_id": found.id, "post_id": post.id}
            await act("resident", PROPOSE, cost=cost, **ids)
    async with refused(RefusalCode.FORBIDDEN):
        await act("neighbour", PROPOSE, budget_id=found.id, post_id=post.id, cost=1)
    message = partners.posts[models.Audience.NEIGHBOURHOOD]
    async with refused(RefusalCode.INVALID, "post_id"):
        await act("resident", PROPOSE, budget_id=found.id, post_id=message, cost=1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"support_needed": 0}, "support_needed"),
        ({"most_choices": 11}, "most_choices"),
        ({"ideas_until": datetime.now(UTC) - timedelta(1)}, "ideas_until"),
        ({"vote_from": datetime.now(UTC) + timedelta(9)}, "vote_from"),
        ({"vote_until": datetime.now(UTC) + timedelta(19)}, "vote_until"),
    ],
)
async def test_a_budget_that_cannot_be_is_refused(
    act: Act, partners: World, given: dict[str, Any], field: str
) -> None:
    async with refused(RefusalCode.INVALID, field):
        await announce(act, partners, **given)


async def test_a_budget_that_is_withdrawn_is_gone_for_all(
    act: Act, ask: Ask, partners: World
) -> None:
    found = await announce(act, partners)
    post = await models.Post.get(id=found.post_id)
    verb = announcement.withdraw_announcement
    await act("editor", verb, announcement_id=post.announcement_id)
    answer = await asked(ask, "neighbour", SEEN, id=str(partners.home))
    assert answer["neighbourhood"]["budgets"]["nodes"] == []


@given(
    ideas=st.lists(st.tuples(st.integers(0, 5), st.integers(1, 100)), max_size=8),
    amount=st.integers(1, 200),
)
def test_what_is_chosen_fits_and_no_more_popular_idea_that_fits_is_left_out(
    ideas: list[tuple[int, int]], amount: int
) -> None:
    rows = [
        models.BudgetIdea(id=UUID(int=number), vote_count=votes, support_count=0, cost=cost)
        for number, (votes, cost) in enumerate(ideas)
    ]
    taken = budget_vote.chosen(rows, amount)
    spent = sum(row.cost for row in rows if row.id in taken)
    assert spent <= amount
    for row in rows:
        if row.id not in taken and row.vote_count:
            before = sum(
                each.cost
                for each in rows
                if each.id in taken and (-each.vote_count, each.id) < (-row.vote_count, row.id)
            )
            assert before + row.cost > amount
