"""How far each has read: told to those who take part, and never further back."""

from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.participant
from models.base import uuid7
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger, talking
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import begin, write
from tests.world import World

MARK = resolvers.participant.mark_read


async def mark(act: Act, persona: str, talk: models.Conversation, message_id: UUID) -> Any:
    return await act(persona, MARK, conversation_id=talk.id, message_id=message_id)


async def marks(ask: Ask, persona: str, talk: models.Conversation) -> dict[str, str | None]:
    """How far each has read, as a persona sees it."""
    found = (await talking.asked(ask, persona, talking.SEATS, id=talk.id))["conversation"]
    return {seat["displayName"]: seat["readTo"] for seat in found["participants"]["nodes"]}


async def unread(ask: Ask, persona: str) -> list[int]:
    return [row["unreadCount"] for row in await talking.listed(ask, persona)]


async def test_who_has_read_is_seen_by_the_others(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    first, second = await write(act, talk), await write(act, talk)
    assert await marks(ask, "resident", talk) == {"Resident": str(second.id), "Neighbour": None}
    assert await unread(ask, "neighbour") == [2]
    await mark(act, "neighbour", talk, first.id)
    for persona in ("resident", "neighbour"):
        seen = {"Resident": str(second.id), "Neighbour": str(first.id)}
        assert await marks(ask, persona, talk) == seen
    assert (await unread(ask, "neighbour"), await unread(ask, "resident")) == ([1], [0])


async def test_each_hears_that_a_mark_moved(act: Act, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    sent = await write(act, talk)
    await mark(act, "neighbour", talk, sent.id)
    await mark(act, "neighbour", talk, sent.id)
    for persona in ("resident", "neighbour"):
        stream_id = world.people[persona].resident_id
        assert stream_id is not None
        kinds = ["CONVERSATION_CHANGED", "MESSAGE_SENT", "CONVERSATION_CHANGED"]
        assert await ledger.told(stream_id) == kinds


async def test_a_mark_never_goes_back(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    first, second = await write(act, talk), await write(act, talk)
    await mark(act, "neighbour", talk, second.id)
    await mark(act, "neighbour", talk, first.id)
    assert (await marks(ask, "resident", talk))["Neighbour"] == str(second.id)


async def test_who_writes_has_read_what_stands_above(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    await write(act, talk)
    assert await unread(ask, "neighbour") == [1]
    answer = await write(act, talk, persona="neighbour")
    assert await unread(ask, "neighbour") == [0]
    assert (await marks(ask, "resident", talk))["Neighbour"] == str(answer.id)


async def test_what_is_unread_is_counted_to_99(act: Act, ask: Ask, world: World) -> None:
    talk, other = await begin(act, world, "neighbour"), await begin(act, world, "moderator")
    row = await write(act, talk)
    await models.ChatMessage.bulk_create(
        models.ChatMessage(
            neighbourhood_id=talk.neighbourhood_id,
            conversation_id=talk.id,
            author_id=row.author_id,
            reader_ids=row.reader_ids,
            pair_ids=row.pair_ids,
            body=f"{number}",
        )
        for number in range(150)
    )
    await write(act, other)
    assert await unread(ask, "neighbour") == [99]
    assert await unread(ask, "moderator") == [1]
    newest = await models.ChatMessage.filter(conversation_id=talk.id).order_by("-id").limit(8)
    await mark(act, "neighbour", talk, newest[-1].id)
    assert await unread(ask, "neighbour") == [7]


async def test_erased_messages_are_not_unread(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    sent = await write(act, talk)
    await act("resident", resolvers.chat_message.delete_message, message_id=sent.id)
    assert await unread(ask, "neighbour") == [0]


async def test_a_newcomer_sees_of_a_mark_only_what_the_newcomer_can_read(
    act: Act, ask: Ask, world: World
) -> None:
    talk = await begin(act, world, "neighbour", "moderator")
    before = await write(act, talk)
    await mark(act, "neighbour", talk, before.id)
    await talking.join(act, world, talk, "worker")
    assert set((await marks(ask, "worker", talk)).values()) == {None}
    after = await write(act, talk)
    assert (await marks(ask, "worker", talk))["Resident"] == str(after.id)
    assert (await marks(ask, "moderator", talk))["Neighbour"] == str(before.id)


async def test_a_mark_at_a_hidden_message_shows_at_the_last_one_that_is_seen(
    act: Act, ask: Ask, world: World
) -> None:
    talk = await begin(act, world, "neighbour", "moderator")
    seen = await write(act, talk)
    hidden = await write(act, talk, persona="neighbour")
    await mark(act, "moderator", talk, hidden.id)
    assert (await marks(ask, "resident", talk))["Moderator"] == str(hidden.id)
    await talking.block(act, world, "neighbour", "resident")
    assert (await marks(ask, "resident", talk))["Moderator"] == str(seen.id)
    async with refused(RefusalCode.NOT_FOUND):
        await mark(act, "resident", talk, hidden.id)


@pytest.mark.parametrize("persona", ["moderator", "stranger"])
async def test_only_who_takes_part_marks(act: Act, world: World, persona: str) -> None:
    talk = await begin(act, world, "neighbour")
    sent = await write(act, talk)
    async with refused(RefusalCode.NOT_FOUND):
        await mark(act, persona, talk, sent.id)


async def test_a_mark_stands_at_a_message_of_the_conversation(act: Act, world: World) -> None:
    talk, other = await begin(act, world, "neighbour"), await begin(act, world, "moderator")
    elsewhere = await write(act, other)
    for id in (elsewhere.id, uuid7()):
        async with refused(RefusalCode.NOT_FOUND):
            await mark(act, "resident", talk, id)
