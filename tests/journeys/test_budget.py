"""The story of a neighbourhood budget: announced, filled with ideas, voted on, and decided live."""

from datetime import UTC, datetime, timedelta
from typing import Any

import models
from realtime.hub import Hub
from resolvers import budget_vote
from tests.client import Client
from tests.journeys.test_announcement import told
from tests.resolvers.talking import settle
from tests.running import As
from tests.world import World

FEED = """
subscription ($id: ID!) {
  feedEvents(neighbourhoodId: $id) {
    __typename
    ... on PostPublished { post { title organisation { name } } }
    ... on PostEdited { post { body } }
  }
}
"""
RESULT = """
query ($id: ID!) {
  neighbourhood(id: $id) { budgets { nodes { ideas(state: CHOSEN) { nodes {
    cost voteCount post { body author { displayName } }
  } } } } }
}
"""
OFFICE = """
query ($id: ID!) {
  budgets(organisationId: $id) { nodes {
    ballotCount ideas { nodes { voteCount share { body } } }
  } }
}
"""


def later(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


async def do(client: Client, mutation: str, fields: str, **given: Any) -> dict[str, Any]:
    payload = await client.do(mutation, fields, **given)
    assert payload["errors"] == [], payload
    return payload


async def test_from_an_idea_to_a_bench(as_: As, partners: World, hub: Hub) -> None:
    town, me, you = as_("editor"), as_("resident"), as_("neighbour")
    voters = [f"voter{number}" for number in range(5)]
    await settle(partners, *voters)
    times = {"ideasUntil": later(1), "voteFrom": later(2), "voteUntil": later(3)}
    money = {"amount": 500, "supportNeeded": 1, "voice": "RESIDENT", **times}
    words = {"title": "Buurtbudget", "body": "U beslist."}
    where = {"organisationId": partners.organisations["town"], "neighbourhoodId": partners.home}
    async with you.follow(FEED, id=partners.home) as feed:
        payload = await do(town, "announceBudget", "budget { id }", **money, **words, **where)
        [published] = told(await feed.events(1))
        assert published["post"]["title"] == "Buurtbudget"
        budget_id = payload["budget"]["id"]
        post = {"neighbourhoodId": partners.home, "kind": "IDEA", "body": "Een bank bij de kerk."}
        post_id = (await do(me, "createPost", "post { id }", **post))["post"]["id"]
        given = {"budgetId": budget_id, "postId": post_id, "cost": 400}
        idea_id = (await do(me, "proposeIdea", "idea { id }", **given))["idea"]["id"]
        await do(you, "supportIdea", "idea { supportCount }", ideaId=idea_id)
        judged = {"ideaId": idea_id, "admitted": True, "reason": "Mooi plan."}
        await do(town, "judgeIdea", "idea { state }", **judged)
        await models.Budget.all().update(vote_from=datetime.now(UTC) - timedelta(hours=1))
        for voter in voters:
            voice = {"budgetId": budget_id, "ideaIds": [idea_id]}
            await do(as_(voter), "voteBudget", "budget { hasVoted }", **voice)
        await budget_vote.decide_due(hub, datetime.now(UTC) + timedelta(days=4))
        edited = told(await feed.events(6))[-1]
        assert edited["__typename"] == "PostEdited"
    [found] = (await you.ask(RESULT, id=partners.home))["neighbourhood"]["budgets"]["nodes"]
    author = {"body": "Een bank bij de kerk.", "author": {"displayName": "Resident"}}
    assert found["ideas"]["nodes"] == [{"cost": 400, "voteCount": 5, "post": author}]
    office = {"id": partners.organisations["town"]}
    [read] = (await as_("manager").ask(OFFICE, **office))["budgets"]["nodes"]
    shared = {"voteCount": 5, "share": {"body": "Een bank bij de kerk."}}
    assert read == {"ballotCount": 5, "ideas": {"nodes": [shared]}}
