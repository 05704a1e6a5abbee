"""The story of a poll of a town: asked everywhere, answered in secret, and told without names."""

from datetime import UTC, datetime, timedelta

import models
from realtime.hub import Hub
from resolvers import poll_post
from tests.journeys.test_announcement import told
from tests.journeys.test_budget import do, later
from tests.resolvers.talking import settle
from tests.running import As
from tests.world import World

FEED = """
subscription ($id: ID!) {
  feedEvents(neighbourhoodId: $id) {
    __typename
    ... on PostPublished { post { title poll { id isSecret options { words } } } }
    ... on PostEdited {
      post { poll { isOpen ballotCount results { count } ballots { nodes { id } } } }
    }
  }
}
"""
RESULTS = "query ($id: ID!) { announcement(id: $id) { pollResults { number count } } }"


async def test_a_town_asks_its_residents(as_: As, partners: World, hub: Hub) -> None:
    voters = [f"voter{number}" for number in range(11)]
    await settle(partners, *voters)
    town, you = as_("editor"), as_("neighbour")
    given = {"organisationId": partners.organisations["town"], "title": "Een speelplein?"}
    asked = {"method": "CHOICE", "options": ["Ja", "Nee"], "closesAt": later(2)}
    fields = "announcement { id pollOptions { words } }"
    async with you.follow(FEED, id=partners.home) as feed:
        payload = await do(town, "announcePoll", fields, body="Wat vindt u?", **given, **asked)
        announcement_id = payload["announcement"]["id"]
        [published] = told(await feed.events(1))
        poll = published["post"]["poll"]
        assert (poll["isSecret"], poll["options"]) == (True, [{"words": "Ja"}, {"words": "Nee"}])
        for number, voter in enumerate(voters):
            voice = {"pollId": poll["id"], "values": [0 if number < 6 else 1]}
            await do(as_(voter), "vote", "poll { results { count } }", **voice)
        assert (await town.ask(RESULTS, id=announcement_id))["announcement"]["pollResults"] is None
        await models.Poll.all().update(closes_at=datetime.now(UTC) - timedelta(seconds=1))
        await poll_post.close_due(hub, datetime.now(UTC))
        closed = told(await feed.events(2 + len(voters)))[-1]["post"]["poll"]
    assert closed == {
        "isOpen": False,
        "ballotCount": 11,
        "results": [{"count": 6}, {"count": 5}],
        "ballots": None,
    }
    results = (await town.ask(RESULTS, id=announcement_id))["announcement"]["pollResults"]
    assert results == [{"number": 0, "count": 5}, {"number": 1, "count": 5}]
