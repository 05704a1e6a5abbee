"""The story of a share: granted, read, seen to be read, and gone from every open socket at once."""

from typing import Any

import models
import resolvers.stream
from tests.client import Following
from tests.journeys.test_feed import publish
from tests.resolvers.test_ledger import without_a_ledger
from tests.running import As
from tests.world import World

HEARD = """
subscription ($id: ID!, $after: String) {
  organisationEvents(organisationId: $id, after: $after) {
    __typename
    ... on ShareGranted { share { id body authorName } }
    ... on ShareEnded { shareId }
    ... on SharedCommentsChanged { share { comments { nodes { body } } } }
  }
}
"""
MINE = """
subscription ($after: String) {
  residentEvents(after: $after) {
    __typename
    ... on AccessRecorded { record { staffName tokenName fieldsRead isFirst } }
    ... on CommentShareChanged { commentShare { id state } }
    ... on ShareEnded { shareId }
  }
}
"""
ONE = "query ($id: ID!) { share(id: $id) { body comments { nodes { body } } } }"


async def only(feed: Following, *names: str) -> list[dict[str, Any]]:
    """The events of these types, in their order, waited for; others are passed over."""

    def told() -> list[dict[str, Any]]:
        events = [next(iter(result["data"].values())) for result in feed.results()]
        return [event for event in events if event["__typename"] in names]

    await feed.until(lambda: len(told()) >= len(names), 5)
    return told()


async def share(as_: As, world: World, post_id: str, **terms: Any) -> str:
    """A share with the town; its id."""
    given = {"postId": post_id, "organisationId": world.organisations["town"], **terms}
    made = await as_("resident").do("sharePost", "share { id }", purpose="IDEA", **given)
    assert made["errors"] == []
    share_id: str = made["share"]["id"]
    return share_id


async def test_a_share_is_heard_read_seen_to_be_read_and_taken_back_live(
    as_: As, partners: World
) -> None:
    town = partners.organisations["town"]
    post_id = await publish(as_, partners, "Een bank onder de linde?")
    async with (
        as_("token shares:read").follow(HEARD, id=town) as heard,
        as_("resident").follow(MINE) as mine,
    ):
        share_id = await share(as_, partners, post_id, withName=True)
        [granted] = await only(heard, "ShareGranted")
        words = {"body": "Een bank onder de linde?", "authorName": "Resident"}
        assert granted["share"] == {"id": share_id, **words}
        [read] = await only(mine, "AccessRecorded")
        by_token = {"staffName": None, "tokenName": "token shares:read"}
        assert read["record"] == {**by_token, "fieldsRead": ["authorName", "body"], "isFirst": True}

        await as_("case_worker").ask(ONE, id=share_id)
        [_, read] = await only(mine, "AccessRecorded", "AccessRecorded")
        by_staff = {"staffName": "Case_Worker", "tokenName": None}
        assert read["record"] == {**by_staff, "fieldsRead": ["body"], "isFirst": False}

        await as_("resident").do("revokeShare", "share { revokedAt }", shareId=share_id)
        assert await as_("case_worker").ask(ONE, id=share_id) == {"share": None}
        [ended] = await only(heard, "ShareEnded")
        assert ended["shareId"] == share_id
        [ended] = await only(mine, "ShareEnded")
        assert ended["shareId"] == share_id


async def test_what_was_taken_back_is_not_told_to_one_who_comes_later(
    as_: As, partners: World
) -> None:
    town = partners.organisations["town"]
    gone = await share(as_, partners, await publish(as_, partners, "Toch maar niet."))
    await as_("resident").do("revokeShare", "share { id }", shareId=gone)
    kept = await share(as_, partners, await publish(as_, partners, "Dit wel."))
    start = resolvers.stream.encode(town, 0)
    async with as_("token shares:read").follow(HEARD, id=town, after=start) as heard:
        [ended, granted] = await only(heard, "ShareEnded", "ShareGranted")
        assert (ended["shareId"], granted["share"]["id"]) == (gone, kept)
        assert "Toch maar niet." not in str(heard.messages)


async def test_a_comment_goes_along_while_its_writer_agrees(as_: As, partners: World) -> None:
    me, neighbour = as_("resident"), as_("neighbour")
    post_id = await publish(as_, partners, "Wie helpt?")
    written = await neighbour.do("addComment", "comment { id }", postId=post_id, body="Ik help.")
    share_id = await share(as_, partners, post_id)
    async with (
        neighbour.follow(MINE) as asked,
        as_("manager").follow(HEARD, id=partners.organisations["town"]) as heard,
    ):
        comment_id = written["comment"]["id"]
        given = {"shareId": share_id, "commentId": comment_id}
        await me.do("askCommentShare", "commentShare { state }", **given)
        [question] = await only(asked, "CommentShareChanged")
        assert question["commentShare"]["state"] == "ASKED"
        answered = {"commentShareId": question["commentShare"]["id"]}
        fields = "commentShare { state }"
        await neighbour.do("answerCommentShare", fields, **answered, agree=True)
        [shown] = await only(heard, "SharedCommentsChanged")
        assert shown["share"]["comments"]["nodes"] == [{"body": "Ik help."}]
        await neighbour.do("withdrawCommentShare", fields, **answered)
        [_, hidden] = await only(heard, "SharedCommentsChanged", "SharedCommentsChanged")
        assert hidden["share"]["comments"]["nodes"] == []
    found = await as_("manager").ask(ONE, id=share_id)
    assert found == {"share": {"body": "Wie helpt?", "comments": {"nodes": []}}}


async def test_nothing_leaves_that_the_ledger_cannot_hold(as_: As, partners: World) -> None:
    town, program = partners.organisations["town"], as_("token shares:read")
    share_id = await share(as_, partners, await publish(as_, partners, "Onder ons."))
    start = resolvers.stream.encode(town, 0)
    async with without_a_ledger():
        answer = await as_("manager").send(ONE, id=share_id)
        assert answer["data"] is None
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["INTERNAL"]
        async with program.follow(HEARD, id=town, after=start) as heard:
            await heard.completed()
            assert (heard.broken_off(), heard.results()) == (["RETRY"], [])
        async with program.stream(HEARD, id=town, after=start) as events:
            told = [event async for event in events]
            assert [error["extensions"]["code"] for error in told[0]["errors"]] == ["RETRY"]
        assert "Onder ons." not in str([answer, heard.messages, told])
        assert "access_record" not in str([answer, heard.messages, told])
    async with program.follow(HEARD, id=town, after=start) as heard:
        [granted] = await only(heard, "ShareGranted")
        assert granted["share"]["body"] == "Onder ons."
    [line] = await models.AccessRecord.all()
    assert line.fields_read == ["body"]
