"""The story of help: asked for, suggested, proposed, accepted, talked over, done and thanked for.

The two hear each step live. A third neighbour, a moderator, a worker and a partner hear nothing of
it, and whatever they ask is answered as it was before.
"""

from contextlib import AsyncExitStack
from typing import Any

from models.base import uuid7
from tests.client import Following
from tests.journeys.test_feed import publish
from tests.neighbours import whose
from tests.running import As
from tests.world import World

MINE = """
subscription { residentEvents {
  __typename
  ... on HelpWanted { request { id } }
  ... on HelpMatchChanged { match { state requesterThanks helperThanks } }
  ... on MessageSent { message { body } }
} }
"""
FEED = "subscription ($id: ID!) { feedEvents(neighbourhoodId: $id) { __typename } }"
OFFICE = "subscription ($id: ID!) { organisationEvents(organisationId: $id) { __typename } }"
SUGGESTED = """
query ($id: ID!) { post(id: $id) { helpRequest { suggestions { helperId displayName } } } }
"""
TALK = "query ($id: ID!) { match(id: $id) { conversation { id match { id } } } }"
SEEN = """
query ($post: ID!, $match: ID!, $talk: ID!, $home: ID!, $helper: ID!) {
  post(id: $post) {
    commentCount solvedAt
    helpRequest { state ownState people suggestions { helperId sentence } }
    matches { nodes { id } }
  }
  match(id: $match) { state }
  conversation(id: $talk) { kind }
  membership(id: $helper) { displayName helpOffer { paused skills { slug } } }
  neighbourhood(id: $home) {
    participation { registeredHouseholds }
    feed { nodes { id } }
    helpRequests { nodes { id state } }
    helpOffers { nodes { id } }
  }
  viewer { helpMatches { nodes { id } } conversations { nodes { id } } }
}
"""
TOKEN = "token shares:read"
OUTSIDERS = ("third", "moderator", "worker", TOKEN)


class Story:
    """One request, told to the two whom it concerns, and watched by those whom it does not."""

    def __init__(self, as_: As, village: World) -> None:
        self.as_, self.village = as_, village
        self.ids: dict[str, Any] = {"match": uuid7(), "talk": uuid7()}
        self.parties: list[Following] = []
        self.outside: list[Following] = []
        self.before: list[dict[str, Any]] = []

    async def ask_for_help(self) -> str:
        """The request, with a skill: from here on nothing changes for others."""
        given = {"neighbourhoodId": self.village.home, "body": "Mijn ketting ligt eraf."}
        payload = await self.as_("resident").do(
            "requestHelp", "helpRequest { id post { id } }", **given, skill="bicycle-repair"
        )
        self.ids["post"] = payload["helpRequest"]["post"]["id"]
        request_id: str = payload["helpRequest"]["id"]
        return request_id

    async def listen_outside(self, stack: AsyncExitStack) -> None:
        """The sockets of those whom it does not concern, and what they read now."""
        for persona in OUTSIDERS[:3]:
            client = self.as_(persona)
            self.outside.append(await stack.enter_async_context(client.follow(MINE)))
            feed = client.follow(FEED, id=self.village.home)
            self.outside.append(await stack.enter_async_context(feed))
        town = {"id": self.village.organisations["town"]}
        for persona in (TOKEN, "manager"):
            office = self.as_(persona).follow(OFFICE, **town)
            self.outside.append(await stack.enter_async_context(office))
        self.before = await self.read_outside()

    async def read_outside(self) -> list[dict[str, Any]]:
        """All that those whom it does not concern may ask, with the refusals."""
        given = {**self.ids, "home": self.village.home, "helper": whose(self.village, "neighbour")}
        return [await self.as_(persona).send(SEEN, **given) for persona in OUTSIDERS]

    async def step(self, persona: str, door: str, fields: str, **given: Any) -> Any:
        """One of the two does something; gives what was done."""
        payload = await self.as_(persona).do(door, fields, **given)
        assert payload.pop("errors") == []
        [done] = payload.values()
        return done

    async def unknown_outside(self) -> None:
        """Nobody else was told anything, and everything is as it was."""
        assert await self.read_outside() == self.before
        assert [heard(each) for each in self.outside] == [[]] * len(self.outside)

    async def both_hear(self, kind: str, **told: Any) -> None:
        """Wait until both were told so; then look that nobody else was."""
        for following in self.parties:
            await following.until(lambda each=following: told in heard_of(each, kind))
        await self.unknown_outside()


def heard(following: Following) -> list[dict[str, Any]]:
    """What was told on a stream, without the beat of one that is quiet."""
    events = [next(iter(result["data"].values())) for result in following.results()]
    return [event for event in events if event["__typename"] != "FeedHeartbeat"]


def heard_of(following: Following, kind: str) -> list[dict[str, Any]]:
    """What was told of one kind: the thing itself."""
    found = [event for event in heard(following) if event["__typename"] == kind]
    return [next(value for name, value in event.items() if name != "__typename") for event in found]


def at(state: str, requester: str | None = "", helper: str | None = "") -> dict[str, Any]:
    """A match as the two read it."""
    return {"state": state, "requesterThanks": requester, "helperThanks": helper}


async def test_two_neighbours_help_each_other_and_nobody_else_ever_knows(
    as_: As, village: World
) -> None:
    story, helper = Story(as_, village), {"helperId": whose(village, "neighbour")}
    listening = {"membershipId": whose(village, "neighbour"), "hearsRequests": True}
    await story.step("neighbour", "editOffer", "helpOffer { id }", **listening)
    async with AsyncExitStack() as stack:
        for persona in ("resident", "neighbour"):
            following = await stack.enter_async_context(as_(persona).follow(MINE))
            story.parties.append(following)
        asking, giving = story.parties
        request_id = await story.ask_for_help()
        await giving.until(lambda: heard_of(giving, "HelpWanted") == [{"id": request_id}])
        await story.listen_outside(stack)

        post = await as_("resident").ask(SUGGESTED, id=story.ids["post"])
        suggested = {each["displayName"] for each in post["post"]["helpRequest"]["suggestions"]}
        assert suggested == {"Neighbour", "Third", "Moderator"}
        await story.unknown_outside()
        assert (heard(asking), len(heard(giving))) == ([], 1)

        asked = {"postId": story.ids["post"], **helper}
        match = await story.step("resident", "proposeMatch", "match { id }", **asked)
        story.ids["match"], one = match["id"], {"matchId": match["id"]}
        await story.both_hear("HelpMatchChanged", **at("PROPOSED"))
        await story.step("neighbour", "acceptMatch", "match { id }", **one)
        await story.both_hear("HelpMatchChanged", **at("ACCEPTED"))

        talk = (await as_("neighbour").ask(TALK, id=match["id"]))["match"]["conversation"]
        assert talk["match"] == {"id": match["id"]}
        story.ids["talk"] = talk["id"]
        said = {"conversationId": talk["id"], "body": "Zaterdag om tien?"}
        await story.step("neighbour", "sendMessage", "message { id }", **said)
        await story.both_hear("MessageSent", body="Zaterdag om tien?")

        await story.step("neighbour", "completeMatch", "match { id }", **one)
        await story.both_hear("HelpMatchChanged", **at("COMPLETED"))
        await story.step("resident", "thank", "match { id }", **one, words="Dank u!")
        await story.both_hear("HelpMatchChanged", **at("COMPLETED", "Dank u!"))
        await story.step("neighbour", "thank", "match { id }", **one, words="Graag gedaan.")
        await story.both_hear("HelpMatchChanged", **at("COMPLETED", "Dank u!", "Graag gedaan."))
        await end_with_what_all_hear(story)


async def end_with_what_all_hear(story: Story) -> None:
    """A post, a talk and a share, each of them the very first that the others hear."""
    await publish(story.as_, story.village, "Iets anders.")
    others = [whose(story.village, persona) for persona in OUTSIDERS[:3]]
    begun = {"membershipIds": others, "title": "Straatfeest"}
    await story.step("resident", "startConversation", "conversation { id }", **begun)
    town = {"organisationId": story.village.organisations["town"], "purpose": "CARE_QUESTION"}
    await story.step("resident", "sharePost", "share { id }", postId=story.ids["post"], **town)
    expected = [*["ConversationChanged", "PostPublished"] * 3, "ShareGranted", "ShareGranted"]
    for following, kind in zip(story.outside, expected, strict=True):
        await following.until(lambda each=following: heard(each))
        assert [event["__typename"] for event in heard(following)] == [kind]
