"""The story of a match: each step live to the two, its state to the worker, to others nothing."""

from typing import Any

from tests import neighbours
from tests.client import Following
from tests.journeys.test_feed import publish
from tests.neighbours import whose
from tests.running import As
from tests.world import World

MINE = """
subscription { residentEvents {
  __typename
  ... on HelpMatchChanged { match {
    id state myRole nextSteps note address requester { displayName } helper { displayName }
    requesterThanks helperThanks
  } }
  ... on HelpMatchGone { matchId }
} }
"""
FEED = "subscription ($id: ID!) { feedEvents(neighbourhoodId: $id) { __typename } }"
ONE = "query ($id: ID!) { match(id: $id) { state } }"


async def next_of(feed: Following, count: int) -> dict[str, Any]:
    """The newest of so many events about matches, waited for; beats are passed over."""

    def told() -> list[dict[str, Any]]:
        events = [result["data"]["residentEvents"] for result in feed.results()]
        return [event for event in events if event["__typename"].startswith("HelpMatch")]

    await feed.until(lambda: len(told()) >= count, 5)
    assert len(told()) == count
    return told()[-1]


def heard_by(feed: Following) -> list[str]:
    """The kinds of what was told on a stream, beside the beat of one that is quiet."""
    names = [next(iter(result["data"].values()))["__typename"] for result in feed.results()]
    return [name for name in names if name != "FeedHeartbeat"]


async def test_a_match_from_the_proposal_to_the_thanks_is_heard_by_those_it_concerns_alone(
    as_: As, village: World
) -> None:
    post = await neighbours.request(village)
    async with (
        as_("resident").follow(MINE) as asking,
        as_("neighbour").follow(MINE) as giving,
        as_("worker").follow(MINE) as working,
        as_("third").follow(MINE) as third,
        as_("moderator").follow(MINE) as moderator,
        as_("other_worker").follow(MINE) as colleague,
        as_("third").follow(FEED, id=village.home) as feed,
    ):
        given = {"postId": post.id, "helperId": whose(village, "neighbour")}
        proposed = await as_("worker").do("proposeMatch", "match { id }", **given)
        match_id = proposed["match"]["id"]
        heard = await next_of(giving, 1)
        assert (heard["match"]["id"], heard["match"]["myRole"]) == (match_id, "HELPER")
        assert heard["match"]["nextSteps"] == ["ACCEPT", "DECLINE"]
        assert (await next_of(working, 1))["match"]["nextSteps"] == ["WITHDRAW"]

        one = {"matchId": match_id}
        story: list[tuple[str, str, dict[str, Any], int]] = [
            ("neighbour", "acceptMatch", {}, 1),
            ("resident", "acceptMatch", {}, 2),
            ("resident", "shareAddress", {"address": "Bij de molen"}, 2),
            ("neighbour", "completeMatch", {}, 3),
            ("resident", "thank", {"words": "Dank u!"}, 3),
        ]
        for number, (persona, door, more, to_worker) in enumerate(story, start=2):
            done = await as_(persona).do(door, "match { state }", **one, **more)
            assert done["errors"] == []
            for listening in (asking, giving):
                match = (await next_of(listening, number))["match"]
                assert match["state"] == done["match"]["state"]
                at_the_molen = "Bij de molen" if door == "shareAddress" else None
                assert match["address"] == at_the_molen
            seen = (await next_of(working, to_worker))["match"]
            assert (seen["note"], seen["address"], seen["requesterThanks"]) == (None, None, None)
            for outsider in ("third", "moderator", "other_worker"):
                assert await as_(outsider).ask(ONE, id=match_id) == {"match": None}
        assert match["requesterThanks"] == "Dank u!"
        await publish(as_, village, "Iets anders.")
        await feed.until(lambda: heard_by(feed), 5)
        assert heard_by(feed) == ["PostPublished"]
        assert [heard_by(stream) for stream in (third, moderator, colleague)] == [[]] * 3


async def test_a_deleted_post_takes_its_matches_from_open_sockets(as_: As, village: World) -> None:
    post = await neighbours.request(village)
    async with as_("neighbour").follow(MINE) as giving:
        given = {"postId": post.id, "helperId": whose(village, "neighbour")}
        made = await as_("resident").do("proposeMatch", "match { id }", **given, note="Zaterdag?")
        assert (await next_of(giving, 1))["match"]["note"] == "Zaterdag?"
        await as_("resident").do("deletePost", "deletedId", postId=post.id)
        gone = {"__typename": "HelpMatchGone", "matchId": made["match"]["id"]}
        assert await next_of(giving, 2) == gone
    assert await as_("neighbour").ask(ONE, id=made["match"]["id"]) == {"match": None}
