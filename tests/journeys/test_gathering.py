"""The story of a street party: invited, answered live, a place that falls free, and a vote."""

from datetime import UTC, datetime, timedelta

from tests.client import Client
from tests.journeys.test_talk import events
from tests.running import As
from tests.world import World

FEED = """
subscription ($id: ID!) {
  feedEvents(neighbourhoodId: $id) {
    __typename
    ... on PostEdited { post { gathering { goingCount waitingCount } poll { ballotCount } } }
  }
}
"""
OWN = """
subscription {
  residentEvents {
    __typename
    ... on AttendanceChanged { attendance { state gathering { place } } }
    ... on Mentioned { mention { comment { body } post { title } } }
  }
}
"""


async def attend(client: Client, gathering_id: str, state: str) -> str:
    fields = "attendance { state }"
    payload = await client.do("attend", fields, gatheringId=gathering_id, state=state)
    assert payload["errors"] == []
    answered: str = payload["attendance"]["state"]
    return answered


def later(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


async def test_a_street_party(as_: As, world: World) -> None:
    host, first, second, stranger = (
        as_(persona) for persona in ("resident", "neighbour", "moderator", "stranger")
    )
    given = {"neighbourhoodId": world.home, "body": "Kom!", "audience": "NEIGHBOURHOOD"}
    more = {"title": "Straatfeest", "place": "Plein", "startsAt": later(5), "capacity": 1}
    payload = await host.do("createGathering", "gathering { id post { id } }", **given, **more)
    gathering_id, post_id = payload["gathering"]["id"], payload["gathering"]["post"]["id"]
    async with host.follow(FEED, id=world.home) as feed, second.follow(OWN) as own:
        assert await attend(first, gathering_id, "GOING") == "GOING"
        assert await attend(second, gathering_id, "GOING") == "WAITING"
        [_, told] = await feed.events(2)
        counted = told["data"]["feedEvents"]["post"]["gathering"]
        assert counted == {"goingCount": 1, "waitingCount": 1}
        assert await attend(first, gathering_id, "NOT_GOING") == "NOT_GOING"
        [told] = await events(own, 1)
        assert told["attendance"] == {
            "state": "GOING",
            "gathering": {"place": "Plein"},
        }
        members = (
            "query ($id: ID!) { neighbourhood(id: $id) { members { nodes { id displayName } } } }"
        )
        found = (await host.ask(members, id=world.home))["neighbourhood"]["members"]["nodes"]
        ids = {each["displayName"]: each["id"] for each in found}
        words = {"postId": post_id, "body": "Jij brengt taart?", "mentionIds": [ids["Moderator"]]}
        await host.do("addComment", "comment { id }", **words)
        [_, told] = await events(own, 2)
        assert told["mention"] == {
            "comment": {"body": "Jij brengt taart?"},
            "post": {"title": "Straatfeest"},
        }
    asked = {"title": "Welke taart?", "method": "SCORE", "options": ["Appel", "Kers"]}
    when = {"isSecret": False, "results": "AFTER_VOTING", "closesAt": later(2)}
    payload = await host.do("createPoll", "poll { id }", **given, **asked, **when)
    poll_id = payload["poll"]["id"]
    fields = "poll { results { number mean } }"
    payload = await first.do("vote", fields, pollId=poll_id, values=[9, 4])
    assert payload["poll"]["results"] == [{"number": 0, "mean": 9.0}, {"number": 1, "mean": 4.0}]
    [error] = (await stranger.do("vote", fields, pollId=poll_id, values=[1, 1]))["errors"]
    assert error["code"] == "NOT_FOUND"
