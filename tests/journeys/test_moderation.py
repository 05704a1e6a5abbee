"""The story of a report: heard by a moderator, decided, felt on open sockets, and answered."""

from typing import Any

from tests.client import Client
from tests.journeys.test_feed import FEED, told
from tests.journeys.test_talk import events
from tests.running import As
from tests.world import World

LIVE = """
subscription {
  residentEvents {
    __typename
    ... on ContentReported { case { id subject body reasons notes accusedName } }
    ... on CaseDecided { case { decisions { measure } } }
    ... on ReportAnswered { report { outcome answer } }
    ... on DecisionChanged { decision { id measure reason state answer } }
  }
}
"""
LOG = """
query ($id: ID!) { neighbourhood(id: $id) { moderationLog { nodes {
  measure accusedName decidedBy state } } } }
"""
WORDS = "Jullie zijn allemaal dom."


async def publish(client: Client, world: World, body: str) -> str:
    given = {"neighbourhoodId": world.home, "kind": "MESSAGE", "body": body}
    payload = await client.do("createPost", "post { id }", **given)
    post_id: str = payload["post"]["id"]
    return post_id


async def do(client: Client, mutation: str, fields: str, **given: Any) -> dict[str, Any]:
    payload = await client.do(mutation, fields, **given)
    assert payload["errors"] == []
    return payload


async def test_from_the_report_to_the_word_back(as_: As, world: World) -> None:
    me, you, judge = as_("resident"), as_("neighbour"), as_("moderator")
    post_id = await publish(me, world, WORDS)
    following = [client.follow(LIVE) for client in (me, you, judge)]
    async with following[0] as mine, following[1] as yours, following[2] as theirs:
        async with you.follow(FEED, id=world.home) as feed:
            about = {"subject": "POST", "subjectId": post_id}
            report = {"reason": "HARASSMENT", "note": "Dit doet pijn."}
            await do(you, "reportContent", "report { id }", **about, **report)
            [heard] = await events(theirs, 1)
            case = heard["case"]
            assert (heard["__typename"], case["body"], case["accusedName"]) == (
                *("ContentReported", WORDS, "Resident"),
            )
            assert (case["reasons"], case["notes"]) == (["HARASSMENT"], ["Dit doet pijn."])
            decided = {"measures": ["HIDE", "WARN"], "reason": "Zo niet.", "answer": "Dank u."}
            await do(judge, "decideCase", "case { id }", caseId=case["id"], **decided)
            [removed] = told(await feed.events(1))
            assert (removed["__typename"], removed["postId"]) == ("PostRemoved", post_id)
        [answered] = await events(yours, 1)
        assert answered["report"] == {"outcome": "ACTED", "answer": "Dank u."}
        decisions = [each["decision"] for each in await events(mine, 2)]
        assert [each["measure"] for each in decisions] == ["HIDE", "WARN"]
        appeal = {"decisionId": decisions[0]["id"], "words": "Het was een grap."}
        await do(me, "appealDecision", "decision { state }", **appeal)
        lift = {"decisionId": decisions[0]["id"], "answer": "Goed dan."}
        await do(judge, "liftDecision", "decision { state }", **lift)
        states = [each["decision"]["state"] for each in (await events(mine, 4))[2:]]
        assert states == ["APPEALED", "LIFTED"]
    assert (await you.ask("query ($id: ID!) { post(id: $id) { body } }", id=post_id)) == {
        "post": {"body": WORDS}
    }
    log = (await judge.ask(LOG, id=world.home))["neighbourhood"]["moderationLog"]["nodes"]
    assert [(line["measure"], line["state"], line["decidedBy"]) for line in log] == [
        ("WARN", "STANDING", "Moderator"),
        ("HIDE", "LIFTED", "Moderator"),
    ]
    assert "Neighbour" not in str(log)
    assert (await you.ask(LOG, id=world.home))["neighbourhood"]["moderationLog"] is None
