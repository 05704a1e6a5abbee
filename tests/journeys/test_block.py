"""The story of a block: at once, on open sockets too, both ways, and seen by nobody else."""

from typing import Any

from tests.client import Client, Following
from tests.journeys.test_feed import FEED, told
from tests.journeys.test_talk import begin, events, write
from tests.running import As
from tests.world import World

LIVE = """
subscription {
  residentEvents {
    __typename
    ... on MessageSent { message { body } }
    ... on ConversationGone { conversationId }
    ... on MemberHidden { membershipId }
  }
}
"""


async def publish(client: Client, world: World, body: str) -> str:
    payload = await client.do(
        "createPost", "post { id }", neighbourhoodId=world.home, kind="MESSAGE", body=body
    )
    post_id: str = payload["post"]["id"]
    return post_id


async def comment(client: Client, post_id: str, body: str) -> None:
    payload = await client.do("addComment", "comment { id }", postId=post_id, body=body)
    assert payload["errors"] == []


def heard(feed: Following) -> list[str]:
    """What was told of a feed: the words of posts and comments."""
    found: list[dict[str, Any]] = told(feed.results())
    return [(each.get("post") or each.get("comment") or each)["body"] for each in found]


async def test_on_two_open_sockets_each_vanishes_for_the_other_at_once(
    as_: As, world: World
) -> None:
    me, you, third = as_("resident"), as_("neighbour"), as_("moderator")
    feeds = [client.follow(FEED, id=world.home) for client in (me, you, third)]
    async with feeds[0] as mine, feeds[1] as yours, feeds[2] as theirs:
        yours_before = await publish(you, world, "van jou, ervoor")
        await mine.events(1)
        membership_id = world.people["neighbour"].membership_id
        blocked = await me.do("blockMember", "block { displayName }", membershipId=membership_id)
        assert blocked == {"block": {"displayName": "Neighbour"}, "errors": []}
        await publish(you, world, "van jou, erna")
        await publish(me, world, "van mij, erna")
        await comment(third, yours_before, "onder jouw woorden")
        end = await publish(third, world, "van een derde")
        await comment(you, end, "jouw reactie")
        await comment(me, end, "mijn reactie")
        await comment(third, end, "het einde")
        await theirs.until(lambda: "het einde" in heard(theirs))
        await mine.until(lambda: "het einde" in heard(mine))
        await yours.until(lambda: "het einde" in heard(yours))
    common = ["van een derde", "het einde"]
    assert heard(mine) == [
        *("van jou, ervoor", "van mij, erna", "van een derde", "mijn reactie", "het einde")
    ]
    assert heard(yours) == [
        *("van jou, ervoor", "van jou, erna", "onder jouw woorden"),
        *("van een derde", "jouw reactie", "het einde"),
    ]
    assert [words for words in heard(theirs) if words in common] == common
    assert len(heard(theirs)) == 8


async def test_each_is_told_what_is_gone_and_talks_no_more(as_: As, world: World) -> None:
    me, you = as_("resident"), as_("neighbour")
    talk = await begin(me, world, "neighbour")
    group = await begin(me, world, "neighbour", "moderator", title="Feest")
    async with me.follow(LIVE) as mine, you.follow(LIVE) as yours:
        ids = {each: str(world.people[each].membership_id) for each in ("resident", "neighbour")}
        await you.do("blockMember", "block { id }", membershipId=ids["resident"])
        await write(me, group, "ongezien door jou")
        await write(you, group, "ongezien door mij")
        await write(as_("moderator"), group, "voor allen")
        at_me, at_you = await events(mine, 4), await events(yours, 4)
    gone = {"__typename": "ConversationGone", "conversationId": talk}
    for told_, other, own in (
        (at_me, "neighbour", "ongezien door jou"),
        (at_you, "resident", "ongezien door mij"),
    ):
        assert told_[:2] == [{"__typename": "MemberHidden", "membershipId": ids[other]}, gone]
        assert [event["message"]["body"] for event in told_[2:]] == [own, "voor allen"]


async def test_what_was_missed_is_not_told_after_a_block(as_: As, world: World) -> None:
    me, you = as_("resident"), as_("neighbour")
    async with me.follow(FEED, id=world.home) as mine:
        await publish(as_("moderator"), world, "eerst")
        [first] = told(await mine.events(1))
    await publish(you, world, "van jou")
    await you.do("blockMember", "block { id }", membershipId=world.people["resident"].membership_id)
    await publish(as_("moderator"), world, "dan")
    async with me.follow(FEED, id=world.home, after=first["cursor"]) as mine:
        await mine.events(1)
    assert heard(mine) == ["dan"]


async def test_unblocking_brings_back_what_comes_after_it_on_open_sockets(
    as_: As, world: World
) -> None:
    me, you = as_("resident"), as_("neighbour")
    membership_id = world.people["neighbour"].membership_id
    await me.do("blockMember", "block { id }", membershipId=membership_id)
    async with you.follow(FEED, id=world.home) as yours:
        await publish(me, world, "ongezien")
        unblocked = await me.do("unblockMember", "deletedId", membershipId=membership_id)
        assert unblocked["errors"] == []
        await publish(me, world, "gezien")
        await yours.until(lambda: "gezien" in heard(yours))
