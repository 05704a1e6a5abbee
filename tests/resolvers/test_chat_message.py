"""Messages: in order whatever the clocks say, read by who takes part, erased by their author."""

import asyncio
import time
from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.chat_message
from models.base import uuid7, uuid7_after
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger, talking
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import begin, read, write
from tests.world import World

SEND, ERASE = resolvers.chat_message.send_message, resolvers.chat_message.delete_message
HOUR = 3_600_000
ONE = """
query ($id: ID!) {
  conversation(id: $id) {
    lastMessage { id body deletedAt isMine authorName author { displayName } conversation { id } }
  }
}
"""
SENT = """
mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { message { id body } errors { code field message } }
}
"""


async def newest(ask: Ask, persona: str, talk: models.Conversation) -> dict[str, Any]:
    found: dict[str, Any] = (await talking.asked(ask, persona, ONE, id=talk.id))["conversation"]
    return found["lastMessage"] or {}


async def heard(world: World, persona: str) -> list[str]:
    stream_id = world.people[persona].resident_id
    assert stream_id is not None
    return await ledger.told(stream_id)


async def test_a_message_is_this(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    sent = await write(act, talk, "  Heb je een ladder?\n")
    assert await newest(ask, "neighbour", talk) == {
        "id": str(sent.id),
        "body": "Heb je een ladder?",
        "deletedAt": None,
        "isMine": False,
        "authorName": "Resident",
        "author": {"displayName": "Resident"},
        "conversation": {"id": str(talk.id)},
    }
    assert (await newest(ask, "resident", talk))["isMine"] is True
    for persona in ("resident", "neighbour"):
        assert await heard(world, persona) == ["CONVERSATION_CHANGED", "MESSAGE_SENT"]


@pytest.mark.parametrize(
    ("body", "code"),
    [("", RefusalCode.INVALID), (" \n ", RefusalCode.INVALID), ("m" * 4_001, RefusalCode.TOO_LONG)],
)
async def test_a_message_has_1_to_4000_characters(
    act: Act, world: World, body: str, code: RefusalCode
) -> None:
    talk = await begin(act, world, "neighbour")
    assert len((await write(act, talk, "m" * 4_000)).body) == 4_000
    async with refused(code, "body"):
        await write(act, talk, body)


@pytest.mark.parametrize("persona", ["moderator", "worker", "stranger", "former"])
async def test_only_who_takes_part_writes(act: Act, world: World, persona: str) -> None:
    talk = await begin(act, world, "neighbour")
    async with refused(RefusalCode.NOT_FOUND):
        await write(act, talk, persona=persona)


async def test_a_key_makes_it_exactly_once(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    given = {"conversationId": talk.id, "body": "Dag!", "clientMutationKey": "k1"}
    answers = await asyncio.gather(*(ask("resident", SENT, input=given) for _ in range(4)))
    sent = await models.ChatMessage.get()
    for answer in answers:
        assert answer.data == {
            "sendMessage": {"message": {"id": str(sent.id), "body": "Dag!"}, "errors": []}
        }
    assert await heard(world, "neighbour") == ["CONVERSATION_CHANGED", "MESSAGE_SENT"]


async def test_the_author_erases_and_an_empty_place_stays(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    sent = await write(act, talk, "Verkeerde persoon.")
    await act("resident", ERASE, message_id=sent.id)
    found = await newest(ask, "neighbour", talk)
    assert (found["id"], found["body"], found["authorName"]) == (str(sent.id), None, "Resident")
    assert found["deletedAt"] is not None
    assert await ledger.holding("Verkeerde persoon") == []
    assert (await heard(world, "neighbour"))[2:] == ["MESSAGE_REMOVED"]
    async with refused(RefusalCode.NOT_FOUND):
        await act("resident", ERASE, message_id=sent.id)


async def test_nobody_erases_the_words_of_another(act: Act, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    sent = await write(act, talk)
    async with refused(RefusalCode.FORBIDDEN):
        await act("neighbour", ERASE, message_id=sent.id)
    for persona in ("moderator", "stranger"):
        async with refused(RefusalCode.NOT_FOUND):
            await act(persona, ERASE, message_id=sent.id)


async def test_a_conversation_is_walked_in_pages(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    for number in range(5):
        await write(act, talk, str(number), ("resident", "neighbour")[number % 2])
    document = """
    query ($id: ID!, $before: String) {
      conversation(id: $id) {
        messages(last: 2, before: $before) {
          nodes { body } pageInfo { startCursor hasPreviousPage }
        }
      }
    }
    """
    pages, before, more = [], None, True
    while more:
        data = await talking.asked(ask, "neighbour", document, id=talk.id, before=before)
        page = data["conversation"]["messages"]
        pages.append([node["body"] for node in page["nodes"]])
        before, more = page["pageInfo"]["startCursor"], page["pageInfo"]["hasPreviousPage"]
    assert pages == [["3", "4"], ["1", "2"], ["0"]]


async def test_messages_page_in_the_order_in_which_they_came_whatever_the_clocks_say(
    act: Act, ask: Ask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await begin(act, world, "neighbour")
    real = time.time_ns
    for number, moved in enumerate((0, HOUR, -HOUR, 0, 2 * HOUR, -2 * HOUR, 0)):
        monkeypatch.setattr(time, "time_ns", lambda moved=moved: real() + moved * 10**6)
        await write(act, talk, str(number))
    monkeypatch.undo()
    assert await read(ask, "neighbour", talk) == [str(number) for number in range(7)]


async def test_who_writes_at_the_same_moment_writes_in_the_order_of_the_events(
    act: Act, ask: Ask, world: World
) -> None:
    talk = await begin(act, world, "neighbour")
    writing = (
        write(act, talk, str(number), ("resident", "neighbour")[number % 2]) for number in range(12)
    )
    await asyncio.gather(*writing)
    stream_id = world.people["neighbour"].resident_id
    told = models.Event.filter(stream_id=stream_id, kind=models.EventKind.MESSAGE_SENT)
    in_order = [event.subject_id for event in await told.order_by("sequence")]
    assert len(in_order) == 12
    assert in_order == sorted(in_order, key=str)
    assert (await models.Conversation.get(id=talk.id)).last_message_id == in_order[-1]


def test_an_id_comes_after_another_whatever_the_clock_says() -> None:
    now = uuid7()
    ahead = uuid7(round(time.time() * 1000) + HOUR)
    assert uuid7_after(now) > now
    after = uuid7_after(ahead)
    assert (after > ahead, after.int >> 80) == (True, (ahead.int >> 80) + 1)
    last, made = UUID(int=0), []
    for _ in range(500):
        last = uuid7_after(last)
        made.append(last)
    assert made == sorted(set(made))
