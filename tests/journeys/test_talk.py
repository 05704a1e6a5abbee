"""The story of a talk: begun, written, read, joined, left and reported, each hearing it live."""

import asyncio
import signal
from typing import Any

import models
from server.settings import Settings
from tests.client import Client, Following
from tests.running import As, running
from tests.world import World

LIVE = """
subscription ($after: String) {
  residentEvents(after: $after) {
    __typename cursor
    ... on MessageSent { message { id body authorName isMine conversation { id unreadCount } } }
    ... on MessageRemoved { messageId }
    ... on ConversationChanged {
      conversation { id title participants { nodes { displayName readTo leftAt } } }
    }
    ... on ConversationGone { conversationId }
    ... on ContentReported { case { reasons accusedName messages { body isReported } } }
  }
}
"""
READ = """
query ($id: ID!, $last: Int, $before: String) {
  conversation(id: $id) {
    messages(last: $last, before: $before) {
      nodes { id body } pageInfo { startCursor hasPreviousPage }
    }
  }
}
"""


async def events(following: Following, count: int) -> list[dict[str, Any]]:
    """The first events of a resident, which have no errors."""
    results = await following.events(count)
    assert all("errors" not in result for result in results), results
    return [result["data"]["residentEvents"] for result in results]


async def begin(client: Client, world: World, *others: str, **more: Any) -> str:
    ids = [world.people[other].membership_id for other in others]
    given = {"membershipIds": ids, **more}
    payload = await client.do("startConversation", "conversation { id }", **given)
    assert payload["errors"] == []
    conversation_id: str = payload["conversation"]["id"]
    return conversation_id


async def write(client: Client, conversation_id: str, body: str) -> str:
    given = {"conversationId": conversation_id, "body": body}
    payload = await client.do("sendMessage", "message { id }", **given)
    assert payload["errors"] == []
    message_id: str = payload["message"]["id"]
    return message_id


async def test_two_talk_and_a_third_hears_nothing(as_: As, world: World) -> None:
    me, you, other = as_("resident"), as_("neighbour"), as_("moderator")
    async with me.follow(LIVE) as mine, you.follow(LIVE) as yours, other.follow(LIVE) as theirs:
        talk = await begin(me, world, "neighbour")
        sent = await write(me, talk, "Heb je een ladder?")
        await you.do("markRead", "conversation { id }", conversationId=talk, messageId=sent)
        await you.do("deleteMessage", "message { id }", messageId=await write(you, talk, "Ja"))
        heard = [await events(yours, 5), await events(mine, 5)]
        assert theirs.results() == []
    names = ["ConversationChanged", "MessageSent", "ConversationChanged", "MessageSent"]
    for each in heard:
        assert [event["__typename"] for event in each] == [*names, "MessageRemoved"]
        seats = each[2]["conversation"]["participants"]["nodes"]
        assert {s["displayName"]: s["readTo"] for s in seats} == {
            "Resident": sent,
            "Neighbour": sent,
        }
    assert heard[0][1]["message"] == {
        "id": sent,
        "body": "Heb je een ladder?",
        "authorName": "Resident",
        "isMine": False,
        "conversation": {"id": talk, "unreadCount": 1},
    }
    assert heard[1][1]["message"]["isMine"] is True


async def test_who_comes_and_who_goes_is_seen_live(as_: As, world: World) -> None:
    me, you, new = as_("resident"), as_("neighbour"), as_("worker")
    talk = await begin(me, world, "neighbour", "moderator", title="Feest")
    async with you.follow(LIVE) as yours, new.follow(LIVE) as theirs:
        await write(me, talk, "voor de komst")
        ids = [world.people["worker"].membership_id]
        await me.do(
            "addParticipants", "conversation { id }", conversationId=talk, membershipIds=ids
        )
        await write(me, talk, "na de komst")
        left = await new.do("leaveConversation", "conversationId", conversationId=talk)
        assert left == {"conversationId": talk, "errors": []}
        await write(me, talk, "na het vertrek")
        at_neighbour, at_worker = await events(yours, 5), await events(theirs, 3)
        assert len(theirs.results()) == 3
    assert [event["__typename"] for event in at_worker] == [
        "ConversationChanged",
        "MessageSent",
        "ConversationGone",
    ]
    assert at_worker[1]["message"]["body"] == "na de komst"
    assert at_worker[2]["conversationId"] == talk
    seats = at_neighbour[3]["conversation"]["participants"]["nodes"]
    assert [seat["displayName"] for seat in seats if seat["leftAt"]] == ["Worker"]


async def test_a_report_reaches_the_moderators_live(as_: As, world: World) -> None:
    me, you = as_("resident"), as_("neighbour")
    talk = await begin(me, world, "neighbour")
    await write(me, talk, "Dag")
    message = await write(you, talk, "lelijk")
    async with as_("moderator").follow(LIVE) as theirs, you.follow(LIVE) as yours:
        about = {"subject": "MESSAGE", "subjectId": message, "reason": "HARASSMENT"}
        await me.do("reportContent", "report { id }", **about)
        await write(me, talk, "een einde")
        [event] = await events(theirs, 1)
        assert [e["__typename"] for e in await events(yours, 1)] == ["MessageSent"]
    assert event["case"] == {
        "reasons": ["HARASSMENT"],
        "accusedName": "Neighbour",
        "messages": [
            {"body": "Dag", "isReported": False},
            {"body": "lelijk", "isReported": True},
        ],
    }


async def test_a_cursor_resumes_the_talk_without_what_was_erased(as_: As, world: World) -> None:
    me, you = as_("resident"), as_("neighbour")
    async with you.follow(LIVE) as yours:
        talk = await begin(me, world, "neighbour")
        [first] = await events(yours, 1)
    gone = await write(me, talk, "verkeerd")
    await me.do("deleteMessage", "message { id }", messageId=gone)
    await write(me, talk, "juist")
    async with you.follow(LIVE, after=first["cursor"]) as yours:
        missed = await events(yours, 3)
    assert [(e["__typename"], e.get("message", {}).get("body")) for e in missed] == [
        ("MessageSent", None),
        ("MessageRemoved", None),
        ("MessageSent", "juist"),
    ]


async def test_two_servers_whose_clocks_differ_write_in_one_order(
    as_: As, world: World, settings: Settings
) -> None:
    me, you = as_("resident"), as_("neighbour")
    talk = await begin(me, world, "neighbour")
    with running(settings, command=("-m", "tests.faults.shifted", "serve")) as other:
        elsewhere = other.client(you.token)
        other.process.send_signal(signal.SIGUSR1)
        order = [await write(elsewhere, talk, "een uur te laat")]
        order += [await write(me, talk, "op tijd"), await write(elsewhere, talk, "weer te laat")]
        for _ in range(2):
            other.process.send_signal(signal.SIGUSR2)
        order += [await write(elsewhere, talk, "een uur te vroeg")]
        at_once = [write(client, talk, "tegelijk") for client in (me, elsewhere) * 4]
        together = await asyncio.gather(*at_once)
    stream_id = world.people["resident"].resident_id
    told = models.Event.filter(stream_id=stream_id, kind=models.EventKind.MESSAGE_SENT)
    happened = [str(event.subject_id) for event in await told.order_by("sequence")]
    assert happened[:4] == order
    assert sorted(happened[4:]) == sorted(together)
    walked: list[str] = []
    before, more = None, True
    while more:
        answer = await me.ask(READ, id=talk, last=3, before=before)
        page = answer["conversation"]["messages"]
        walked = [node["id"] for node in page["nodes"]] + walked
        before, more = page["pageInfo"]["startCursor"], page["pageInfo"]["hasPreviousPage"]
    assert walked == happened
