"""Conversations: with whom, one of each pair, under a title, and closed to everybody else."""

import asyncio
from uuid import UUID

import pytest

import models
import resolvers.conversation
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger, talking
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import begin, ids, settle, write
from tests.world import PLACES, World

START = resolvers.conversation.start_conversation
DIRECT, GROUP = models.ConversationKind.DIRECT, models.ConversationKind.GROUP
ONE = "query ($id: ID!) { conversation(id: $id) { id kind title match { id } isOpen unreadCount } }"


async def test_a_chat_of_two_is_this(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    for persona in ("resident", "neighbour"):
        answer = await talking.asked(ask, persona, ONE, id=talk.id)
        assert answer["conversation"] == {
            "id": str(talk.id),
            "kind": "DIRECT",
            "title": None,
            "match": None,
            "isOpen": True,
            "unreadCount": 0,
        }
        assert await talking.seats(ask, persona, talk) == {"Resident": True, "Neighbour": True}


async def test_a_conversation_of_a_few_has_a_title(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour", "moderator", "worker", title="  Het  feest ")
    assert (talk.kind, talk.title, talk.pair_ids) == (GROUP, "Het feest", None)
    names = {"Resident": True, "Neighbour": True, "Moderator": True, "Worker": True}
    assert await talking.seats(ask, "worker", talk) == names


async def test_both_hear_that_a_conversation_began(act: Act, world: World) -> None:
    await begin(act, world, "neighbour")
    for persona in ("resident", "neighbour"):
        stream_id = world.people[persona].resident_id
        assert stream_id is not None
        assert await ledger.told(stream_id) == ["CONVERSATION_CHANGED"]


@pytest.mark.parametrize("persona", PLACES)
async def test_nobody_else_sees_a_conversation(
    act: Act, ask: Ask, world: World, persona: str
) -> None:
    talk = await begin(act, world, "neighbour")
    answer = await ask(persona, ONE, id=talk.id)
    other = await ask(persona, ONE, id=models.base.uuid7())
    takes_part = persona in ("resident", "neighbour")
    assert (answer.data == other.data) is not takes_part
    assert [e.message for e in answer.errors or []] == [e.message for e in other.errors or []]


async def test_to_ask_again_gives_the_same_chat(act: Act, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    assert (await begin(act, world, "neighbour")).id == talk.id
    assert (await begin(act, world, "resident", persona="neighbour")).id == talk.id
    assert await models.Conversation.all().count() == 1
    assert await models.Participant.all().count() == 2


async def test_two_who_ask_at_the_same_moment_get_the_same_chat(act: Act, world: World) -> None:
    begun = await asyncio.gather(
        *(begin(act, world, "neighbour") for _ in range(3)),
        *(begin(act, world, "resident", persona="neighbour") for _ in range(3)),
    )
    assert len({talk.id for talk in begun}) == 1
    assert await models.Conversation.all().count() == 1
    assert await models.Participant.all().count() == 2


async def test_a_group_is_always_a_new_one(act: Act, world: World) -> None:
    one = await begin(act, world, "neighbour", "moderator")
    assert (await begin(act, world, "neighbour", "moderator")).id != one.id


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("stranger", RefusalCode.NOT_FOUND),
        ("pending", RefusalCode.NOT_FOUND),
        ("nearby", RefusalCode.NOT_FOUND),
        ("worker_elsewhere", RefusalCode.NOT_FOUND),
        ("former", RefusalCode.FORBIDDEN),
    ],
)
async def test_only_active_members_of_the_own_neighbourhood_are_written_to(
    act: Act, world: World, other: str, code: RefusalCode
) -> None:
    async with refused(code):
        await begin(act, world, other)
    async with refused(code):
        await begin(act, world, "neighbour", other)


async def test_who_lives_next_door_is_seen_and_not_written_to(act: Act, world: World) -> None:
    await models.Membership.filter(id=world.people["nearby"].membership_id).update(nearby_count=1)
    async with refused(RefusalCode.FORBIDDEN):
        await begin(act, world, "nearby")


@pytest.mark.parametrize("persona", ["stranger", "former", "pending", "worker_elsewhere"])
async def test_nobody_writes_into_a_neighbourhood_of_others(
    act: Act, world: World, persona: str
) -> None:
    async with refused(RefusalCode.NOT_FOUND):
        await begin(act, world, "neighbour", persona=persona)


async def test_a_professional_may_begin_and_be_written_to(act: Act, world: World) -> None:
    talk = await begin(act, world, "neighbour", persona="worker")
    assert (await begin(act, world, "worker", persona="neighbour")).id == talk.id


async def test_nobody_talks_to_oneself(act: Act, world: World) -> None:
    for others in (["resident"], ["neighbour", "resident"]):
        async with refused(RefusalCode.INVALID, "membership_ids"):
            await begin(act, world, *others)


async def test_eight_take_part_at_most(act: Act, world: World) -> None:
    names = [f"n{number}" for number in range(8)]
    await settle(world, *names)
    assert len((await begin(act, world, *names[:7])).participant_ids) == 8
    async with refused(RefusalCode.INVALID, "membership_ids"):
        await begin(act, world, *names)
    async with refused(RefusalCode.INVALID, "membership_ids"):
        await act("resident", START, membership_ids=[])


@pytest.mark.parametrize(
    ("others", "title", "code"),
    [
        (["neighbour"], "Met titel", RefusalCode.INVALID),
        (["neighbour", "moderator"], None, RefusalCode.INVALID),
        (["neighbour", "moderator"], "  ", RefusalCode.INVALID),
        (["neighbour", "moderator"], "t" * 61, RefusalCode.TOO_LONG),
    ],
)
async def test_a_group_has_a_title_and_a_talk_of_two_has_none(
    act: Act, world: World, others: list[str], title: str | None, code: RefusalCode
) -> None:
    async with refused(code, "title"):
        await act("resident", START, membership_ids=ids(world, *others), title=title)


async def test_the_newest_activity_stands_first(act: Act, ask: Ask, world: World) -> None:
    first = await begin(act, world, "neighbour")
    second = await begin(act, world, "moderator")
    assert await order(ask) == [second.id, first.id]
    await write(act, first)
    assert await order(ask) == [first.id, second.id]
    await write(act, second, persona="moderator")
    assert await order(ask) == [second.id, first.id]


async def order(ask: Ask, persona: str = "resident") -> list[UUID]:
    return [UUID(row["id"]) for row in await talking.listed(ask, persona)]


async def test_the_list_is_walked_in_pages(act: Act, ask: Ask, world: World) -> None:
    names = [f"n{number}" for number in range(5)]
    await settle(world, *names)
    talks = [await begin(act, world, name) for name in names]
    for talk in (talks[3], talks[0], talks[4]):
        await write(act, talk)
    walked, after = [], None
    for _ in range(3):
        data = await talking.asked(ask, "resident", talking.LIST, first=2, after=after)
        page = data["viewer"]["conversations"]
        walked += [row["id"] for row in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert page["pageInfo"]["hasNextPage"] is False
    assert walked == [str(talks[number].id) for number in (4, 0, 3, 2, 1)]


async def test_each_sees_the_own_list_alone(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    await write(act, talk, "Kan je even komen?")
    row = {"id": str(talk.id), "title": None, "lastMessage": {"body": "Kan je even komen?"}}
    assert await talking.listed(ask, "resident") == [{**row, "unreadCount": 0}]
    assert await talking.listed(ask, "neighbour") == [{**row, "unreadCount": 1}]
    for persona in ("moderator", "worker", "stranger"):
        assert await talking.listed(ask, persona) == []
