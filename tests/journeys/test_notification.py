"""The story of a notification: heard live, written to, read, and then not wanted any more."""

from realtime.hub import Hub
from server.settings import Settings
from tests.client import Client
from tests.journeys.test_talk import events
from tests.notifying import done, notifying, text
from tests.running import As
from tests.world import World

LIVE = """
subscription {
  residentEvents {
    ... on NotificationAdded {
      notification { id reason author { displayName } post { id } comment { body } }
    }
  }
}
"""
LIST = "query { viewer { unreadCount notifications { nodes { id reason readAt } } } }"


async def publish(client: Client, world: World, body: str, kind: str = "MESSAGE") -> str:
    payload = await client.do(
        "createPost", "post { id }", neighbourhoodId=world.home, kind=kind, body=body
    )
    post_id: str = payload["post"]["id"]
    return post_id


async def comment(client: Client, post_id: str, body: str) -> None:
    payload = await client.do("addComment", "comment { id }", postId=post_id, body=body)
    assert payload["errors"] == []


async def test_a_neighbour_is_told_reads_it_and_turns_it_off(
    as_: As, world: World, hub: Hub, settings: Settings
) -> None:
    me, you = as_("resident"), as_("neighbour")
    post_id = await publish(me, world, "Wie heeft een ladder?")
    async with notifying(settings, hub) as sink, me.follow(LIVE) as mine:
        await comment(you, post_id, "Ik, kom maar.")
        [told] = [each["notification"] for each in await events(mine, 1)]
        await done()
        [letter] = sink.letters
        assert "Ik, kom maar." in text(letter)
        assert (told["reason"], told["author"]) == ("COMMENT", {"displayName": "Neighbour"})
        assert (told["post"], told["comment"]) == ({"id": post_id}, {"body": "Ik, kom maar."})
        seen = (await me.ask(LIST))["viewer"]
        assert (seen["unreadCount"], seen["notifications"]["nodes"][0]["id"]) == (1, told["id"])
        await me.do("markNotificationsRead", "account { id }", throughId=told["id"])
        assert (await me.ask(LIST))["viewer"]["unreadCount"] == 0
        for name, frequency in (("COMMENT", "NONE"), ("ALERT", "NONE")):
            given = {"reason": name, "frequency": frequency}
            await me.do("setNotificationFrequency", "account { id }", **given)
        await comment(you, post_id, "En een emmer.")
        await publish(you, world, "Gaslek!", "ALERT")
        await done()
    addressed = [each["To"] for each in sink.letters]
    assert addressed.count("resident@noaber.example") == 1
    assert (await me.ask(LIST))["viewer"]["unreadCount"] == 0
    assert addressed.count("moderator@noaber.example") == 1
