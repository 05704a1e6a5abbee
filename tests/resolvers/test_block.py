"""Blocks: given, listed for the blocker alone, told to both as what is gone, and taken back."""

from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.block
import resolvers.content_report
from models.base import uuid7
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger, talking
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import begin, block, ids, read, seats, unblock, write
from tests.resolvers.test_match_talk import match, opened
from tests.world import World

BLOCKS = "query { viewer { blocks { nodes { id membershipId displayName } } } }"
MEMBER = "query ($id: ID!) { membership(id: $id) { displayName } }"
BLOCK, UNBLOCK = resolvers.block.block_member, resolvers.block.unblock_member


def stream(world: World, persona: str) -> UUID:
    id = world.people[persona].resident_id
    assert id is not None
    return id


async def sees(ask: Ask, world: World, persona: str, other: str) -> bool:
    """Whether a persona finds the profile of another."""
    [id] = ids(world, other)
    return (await talking.asked(ask, persona, MEMBER, id=id))["membership"] is not None


async def test_two_vanish_for_each_other_and_come_back(act: Act, ask: Ask, world: World) -> None:
    pair = (("resident", "neighbour"), ("neighbour", "resident"))
    await block(act, world, "resident", "neighbour")
    assert [await sees(ask, world, *each) for each in pair] == [False, False]
    assert await sees(ask, world, "moderator", "resident")
    await unblock(act, world, "resident", "neighbour")
    assert [await sees(ask, world, *each) for each in pair] == [True, True]


async def test_whom_one_blocks_is_listed_by_name_and_for_nobody_else(
    act: Act, ask: Ask, world: World
) -> None:
    row = await block(act, world, "resident", "neighbour")
    [membership_id] = ids(world, "neighbour")
    listed = {
        "id": str(row.id),
        "membershipId": str(membership_id),
        "displayName": "Neighbour",
    }
    for persona in ("resident", "neighbour", "moderator", "worker"):
        found = await talking.asked(ask, persona, BLOCKS)
        expected = [listed] if persona == "resident" else []
        assert found["viewer"]["blocks"]["nodes"] == expected
    await unblock(act, world, "resident", "neighbour")
    assert (await talking.asked(ask, "resident", BLOCKS))["viewer"]["blocks"]["nodes"] == []


async def test_both_are_told_which_member_is_gone_and_not_by_whom(act: Act, world: World) -> None:
    await block(act, world, "resident", "neighbour")
    for persona, other in (("resident", "neighbour"), ("neighbour", "resident")):
        [event] = await models.Event.filter(stream_id=stream(world, persona))
        assert event.kind is models.EventKind.MEMBER_HIDDEN
        assert [event.subject_id] == ids(world, other)
        assert event.author_id is None


async def test_to_block_twice_is_to_block_once(act: Act, world: World) -> None:
    first = await block(act, world, "resident", "neighbour")
    assert (await block(act, world, "resident", "neighbour")).id == first.id
    assert await models.Block.all().count() == 1
    assert await ledger.told(stream(world, "neighbour")) == ["MEMBER_HIDDEN"]


async def test_nobody_blocks_oneself(act: Act, world: World) -> None:
    async with refused(RefusalCode.INVALID, "membership_id"):
        await block(act, world, "resident", "resident")


@pytest.mark.parametrize("other", ["stranger", "nearby", "pending"])
async def test_nobody_blocks_whom_one_cannot_see(act: Act, world: World, other: str) -> None:
    async with refused(RefusalCode.NOT_FOUND):
        await block(act, world, "resident", other)


@pytest.mark.parametrize("other", ["moderator", "worker", "former"])
async def test_moderators_professionals_and_who_moved_out_may_be_blocked(
    act: Act, ask: Ask, world: World, other: str
) -> None:
    await block(act, world, "resident", other)
    assert not await sees(ask, world, "resident", other)


async def test_a_housemate_may_be_blocked(act: Act, ask: Ask, world: World) -> None:
    await talking.settle(world, "housemate", household_id=world.household_id)
    await block(act, world, "resident", "housemate")
    document = "query ($id: ID!) { membership(id: $id) { household { houseNumber } invitations"
    document += " { nodes { id } } } }"
    own = await talking.asked(ask, "resident", document, id=ids(world, "resident")[0])
    assert own["membership"] == {
        "household": {"houseNumber": "resident"},
        "invitations": {"nodes": [{"id": str(world.invitation_id)}]},
    }
    other = await talking.asked(ask, "housemate", document, id=ids(world, "housemate")[0])
    assert other["membership"]["household"] == {"houseNumber": "resident"}
    assert other["membership"]["invitations"] == {"nodes": []}


async def test_who_is_blocked_does_not_block_back(act: Act, ask: Ask, world: World) -> None:
    await block(act, world, "resident", "neighbour")
    async with refused(RefusalCode.NOT_FOUND):
        await block(act, world, "neighbour", "resident")
    async with refused(RefusalCode.NOT_FOUND):
        await unblock(act, world, "neighbour", "resident")
    async with refused(RefusalCode.NOT_FOUND):
        await act("resident", UNBLOCK, membership_id=uuid7())


async def test_each_of_two_blocks_has_to_go(act: Act, ask: Ask, world: World) -> None:
    row = await block(act, world, "resident", "neighbour")
    await models.Block.create(
        neighbourhood_id=world.home,
        resident_id=row.blocked_id,
        blocked_id=row.resident_id,
        membership_id=ids(world, "resident")[0],
    )
    await unblock(act, world, "resident", "neighbour")
    assert not await sees(ask, world, "resident", "neighbour")
    await unblock(act, world, "neighbour", "resident")
    assert await sees(ask, world, "resident", "neighbour")


async def test_a_block_holds_wherever_the_two_are(act: Act, ask: Ask, world: World) -> None:
    await block(act, world, "resident", "neighbour")
    both: dict[str, Any] = {"neighbourhood_id": world.neighbourhoods["far"], "state": "ACTIVE"}
    there = [
        await models.Membership.create(
            resident_id=stream(world, persona), display_name=persona, **both
        )
        for persona in ("resident", "neighbour")
    ]
    for persona, member in zip(("neighbour", "resident"), there, strict=True):
        found = await talking.asked(ask, persona, MEMBER, id=member.id)
        assert found["membership"] is None


async def test_where_both_are_in_two_places_each_membership_is_told(act: Act, world: World) -> None:
    both: dict[str, Any] = {"neighbourhood_id": world.neighbourhoods["far"], "state": "ACTIVE"}
    other = await models.Membership.create(
        resident_id=stream(world, "neighbour"), display_name="N", **both
    )
    await models.Membership.create(resident_id=stream(world, "resident"), display_name="R", **both)
    await block(act, world, "resident", "neighbour")
    told = await models.Event.filter(stream_id=stream(world, "resident"))
    assert {event.subject_id for event in told} == {*ids(world, "neighbour"), other.id}
    assert await ledger.told(stream(world, "neighbour")) == ["MEMBER_HIDDEN"] * 2


async def test_two_hundred_are_blocked_at_most(
    act: Act, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resolvers.block, "MOST", 1)
    await block(act, world, "resident", "neighbour")
    async with refused(RefusalCode.CONFLICT):
        await block(act, world, "resident", "moderator")


async def test_the_talk_of_the_two_is_gone_and_both_are_told(
    act: Act, ask: Ask, world: World
) -> None:
    chat, other = await begin(act, world, "neighbour"), await begin(act, world, "moderator")
    sent = await write(act, chat, "onder ons")
    await block(act, world, "neighbour", "resident")
    for persona in ("resident", "neighbour"):
        assert await read(ask, persona, chat) is None
        kinds = await ledger.told(stream(world, persona))
        assert kinds[-2:] == ["MEMBER_HIDDEN", "CONVERSATION_CHANGED"]
        async with refused(RefusalCode.NOT_FOUND):
            await write(act, chat, persona=persona)
    async with refused(RefusalCode.NOT_FOUND):
        verb = resolvers.chat_message.delete_message
        await act("resident", verb, message_id=sent.id)
    assert [row["id"] for row in await talking.listed(ask, "resident")] == [str(other.id)]
    assert await talking.listed(ask, "neighbour") == []
    await unblock(act, world, "neighbour", "resident")
    assert await read(ask, "neighbour", chat) == ["onder ons"]
    assert len(await talking.listed(ask, "resident")) == 2


async def test_nobody_begins_to_talk_with_whom_one_does_not_meet(act: Act, world: World) -> None:
    await block(act, world, "resident", "neighbour")
    for persona, other in (("resident", "neighbour"), ("neighbour", "resident")):
        async with refused(RefusalCode.NOT_FOUND):
            await begin(act, world, other, persona=persona)
        async with refused(RefusalCode.NOT_FOUND):
            await begin(act, world, other, "moderator", persona=persona)


async def test_in_a_group_the_two_do_not_see_each_other(act: Act, ask: Ask, world: World) -> None:
    group = await begin(act, world, "neighbour", "moderator")
    await write(act, group, "van resident")
    await write(act, group, "van neighbour", "neighbour")
    await write(act, group, "van moderator", "moderator")
    await block(act, world, "resident", "neighbour")
    assert await read(ask, "resident", group) == ["van resident", "van moderator"]
    assert await read(ask, "neighbour", group) == ["van neighbour", "van moderator"]
    assert len(await read(ask, "moderator", group) or []) == 3
    assert await seats(ask, "resident", group) == {"Resident": True, "Moderator": True}
    assert await seats(ask, "neighbour", group) == {"Neighbour": True, "Moderator": True}
    assert len(await seats(ask, "moderator", group) or {}) == 3
    await unblock(act, world, "resident", "neighbour")
    assert len(await read(ask, "resident", group) or []) == 3


async def test_nothing_moves_or_is_told_when_somebody_hidden_writes(
    act: Act, ask: Ask, world: World
) -> None:
    group, chat = (
        await begin(act, world, "neighbour", "moderator"),
        await begin(act, world, "moderator"),
    )
    await block(act, world, "resident", "neighbour")
    before = await talking.listed(ask, "resident"), await ledger.told(stream(world, "resident"))
    sent = await write(act, group, "ongezien", "neighbour")
    verb = resolvers.participant.mark_read
    await act("neighbour", verb, conversation_id=group.id, message_id=sent.id)
    after = await talking.listed(ask, "resident"), await ledger.told(stream(world, "resident"))
    assert after == before
    assert [row["id"] for row in after[0]] == [str(chat.id), str(group.id)]
    assert [row["lastMessage"] for row in await talking.listed(ask, "moderator")] == [
        {"body": "ongezien"},
        None,
    ]
    await unblock(act, world, "resident", "neighbour")
    [first, _] = await talking.listed(ask, "resident")
    assert (first["id"], first["unreadCount"]) == (str(group.id), 1)


async def test_matches_of_the_two_are_withdrawn(act: Act, ask: Ask, world: World) -> None:
    row = await match(world)
    other = await match(world, helper_id=ids(world, "moderator")[0])
    talk = await opened(act, row)
    await block(act, world, "neighbour", "resident")
    states = {each.id: each.state.value for each in await models.HelpMatch.all()}
    assert states == {row.id: "WITHDRAWN", other.id: "ACCEPTED"}
    assert await read(ask, "resident", talk) is None
    assert "HELP_MATCH_CHANGED" in await ledger.told(stream(world, "resident"))


async def test_nobody_else_hears_of_a_block(act: Act, world: World) -> None:
    await begin(act, world, "neighbour", "moderator")
    persons = set(world.people) - {"resident", "neighbour", "signed_out"}
    before = {each: await ledger.told(stream(world, each)) for each in persons}
    await block(act, world, "resident", "neighbour")
    await unblock(act, world, "resident", "neighbour")
    assert {each: await ledger.told(stream(world, each)) for each in persons} == before
    assert await ledger.told(world.home) == []
