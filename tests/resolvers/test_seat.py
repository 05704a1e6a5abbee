"""Seats: who comes reads from then on, who leaves or moves out reads nothing more."""

import asyncio

import models
import resolvers.conversation
import resolvers.membership
import resolvers.seat
import resolvers.worker
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger, talking
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import begin, ids, join, leave, read, seats, settle, write
from tests.world import World

ADD = resolvers.seat.add_participants


async def group(act: Act, world: World) -> models.Conversation:
    """Resident, neighbour and moderator talk."""
    return await begin(act, world, "neighbour", "moderator")


async def heard(world: World, persona: str) -> list[str]:
    stream_id = world.people[persona].resident_id
    assert stream_id is not None
    return await ledger.told(stream_id)


async def test_a_newcomer_reads_what_is_written_from_then_on(
    act: Act, ask: Ask, world: World
) -> None:
    talk = await group(act, world)
    await write(act, talk, "voor drie")
    await join(act, world, talk, "worker")
    await write(act, talk, "voor vier")
    assert await read(ask, "worker", talk) == ["voor vier"]
    assert await read(ask, "neighbour", talk) == ["voor drie", "voor vier"]
    everybody = dict.fromkeys(("Resident", "Neighbour", "Moderator", "Worker"), True)
    assert await seats(ask, "worker", talk) == everybody
    assert await seats(ask, "neighbour", talk) == everybody
    assert await heard(world, "worker") == ["CONVERSATION_CHANGED", "MESSAGE_SENT"]


async def test_to_bring_in_who_is_there_changes_nothing(act: Act, world: World) -> None:
    talk = await group(act, world)
    await join(act, world, talk, "neighbour")
    assert await heard(world, "neighbour") == ["CONVERSATION_CHANGED"]
    assert await models.Participant.all().count() == 3


async def test_who_leaves_reads_nothing_more_and_the_others_see_it(
    act: Act, ask: Ask, world: World
) -> None:
    talk = await group(act, world)
    sent = await write(act, talk, "samen")
    await leave(act, talk, "moderator")
    await write(act, talk, "onder ons")
    assert await read(ask, "moderator", talk) is None
    assert await talking.listed(ask, "moderator") == []
    there = {"Resident": True, "Neighbour": True, "Moderator": False}
    assert await seats(ask, "neighbour", talk) == there
    assert await read(ask, "neighbour", talk) == ["samen", "onder ons"]
    left = ids(world, "moderator")[0]
    assert left not in (await models.ChatMessage.get(id=sent.id)).reader_ids
    assert (await heard(world, "moderator"))[2:] == ["CONVERSATION_CHANGED"]
    assert (await heard(world, "neighbour"))[2:] == ["CONVERSATION_CHANGED", "MESSAGE_SENT"]


async def test_a_newcomer_does_not_learn_who_left_before(act: Act, ask: Ask, world: World) -> None:
    talk = await group(act, world)
    await leave(act, talk, "moderator")
    await join(act, world, talk, "worker")
    there = {"Resident": True, "Neighbour": True, "Worker": True}
    assert await seats(ask, "worker", talk) == there
    assert await seats(ask, "neighbour", talk) == {**there, "Moderator": False}


async def test_who_left_a_group_is_not_brought_back(act: Act, world: World) -> None:
    talk = await group(act, world)
    await leave(act, talk, "moderator")
    async with refused(RefusalCode.FORBIDDEN):
        await join(act, world, talk, "moderator")
    async with refused(RefusalCode.FORBIDDEN):
        await join(act, world, talk, "worker", "moderator")


async def test_a_chat_of_two_that_was_left_is_closed_until_one_asks_again(
    act: Act, ask: Ask, world: World
) -> None:
    talk = await begin(act, world, "neighbour")
    await write(act, talk, "eerst")
    await leave(act, talk, "neighbour")
    assert await seats(ask, "resident", talk) == {"Resident": True, "Neighbour": False}
    async with refused(RefusalCode.CONFLICT, "conversation_id"):
        await write(act, talk)
    assert (await begin(act, world, "resident", persona="neighbour")).id == talk.id
    await write(act, talk, "weer")
    assert await read(ask, "neighbour", talk) == ["weer"]
    assert await read(ask, "resident", talk) == ["eerst", "weer"]
    both = {"Resident": True, "Neighbour": True}
    assert await seats(ask, "neighbour", talk) == await seats(ask, "resident", talk) == both


async def test_both_may_leave_and_begin_anew(act: Act, ask: Ask, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    await write(act, talk, "eerst")
    await leave(act, talk, "neighbour")
    await leave(act, talk, "resident")
    assert (await begin(act, world, "neighbour")).id == talk.id
    assert await read(ask, "resident", talk) == []


async def test_nobody_joins_a_talk_of_two(act: Act, world: World) -> None:
    talk = await begin(act, world, "neighbour")
    async with refused(RefusalCode.FORBIDDEN):
        await join(act, world, talk, "moderator")


async def test_only_who_takes_part_brings_others_in_or_leaves(act: Act, world: World) -> None:
    talk = await group(act, world)
    for persona in ("worker", "stranger"):
        async with refused(RefusalCode.NOT_FOUND):
            await leave(act, talk, persona)
        async with refused(RefusalCode.NOT_FOUND):
            await act(persona, ADD, conversation_id=talk.id, membership_ids=ids(world, "neighbour"))


async def test_nobody_brings_in_whom_one_may_not_write_to(act: Act, world: World) -> None:
    talk = await group(act, world)
    for other, code in (
        ("stranger", RefusalCode.NOT_FOUND),
        ("pending", RefusalCode.NOT_FOUND),
        ("former", RefusalCode.FORBIDDEN),
    ):
        async with refused(code):
            await join(act, world, talk, other)


async def test_a_group_stays_in_its_neighbourhood(act: Act, world: World) -> None:
    talk = await group(act, world)
    await settle(world, "elsewhere", neighbourhood_id=world.neighbourhoods["far"])
    person = world.people["resident"].resident_id
    await models.Membership.create(
        neighbourhood_id=world.neighbourhoods["far"],
        resident_id=person,
        display_name="Elders",
        state=models.MembershipState.ACTIVE,
    )
    async with refused(RefusalCode.FORBIDDEN):
        await join(act, world, talk, "elsewhere")
    async with refused(RefusalCode.INVALID, "membership_ids"):
        await begin(act, world, "elsewhere", "neighbour")


async def test_no_two_who_bring_others_in_make_it_nine(act: Act, world: World) -> None:
    names = [f"n{number}" for number in range(7)]
    await settle(world, *names)
    talk = await begin(act, world, "neighbour", *names[:4])

    async def bring(name: str) -> str:
        try:
            await join(act, world, talk, name)
        except Exception as error:
            return type(error).__name__
        return "came"

    outcomes = await asyncio.gather(*(bring(name) for name in names[4:]))
    assert sorted(outcomes) == ["Refusal", "came", "came"]
    assert len((await models.Conversation.get(id=talk.id)).participant_ids) == 8


async def test_who_moves_out_takes_part_in_nothing(act: Act, ask: Ask, world: World) -> None:
    talk, chat = await group(act, world), await begin(act, world, "neighbour")
    await write(act, talk, "samen")
    await write(act, chat, "met ons twee")
    [id] = ids(world, "neighbour")
    await act("neighbour", resolvers.membership.move_out, membership_id=id)
    for each in (talk, chat):
        assert await read(ask, "neighbour", each) is None
        assert (await seats(ask, "resident", each) or {})["Neighbour"] is False
    assert await read(ask, "resident", chat) == ["met ons twee"]
    async with refused(RefusalCode.CONFLICT, "conversation_id"):
        await write(act, chat)
    await write(act, talk, "verder met twee")
    assert (await heard(world, "resident"))[4:6] == ["CONVERSATION_CHANGED"] * 2


async def test_a_professional_who_is_called_back_takes_part_in_nothing(
    act: Act, ask: Ask, partners: World
) -> None:
    verb = resolvers.worker.assign_worker
    given = {"staff_id": partners.staff["editor"], "neighbourhood_id": partners.home}
    await act("manager", verb, **given)
    sent = await models.Membership.get(
        resident_id=partners.people["editor"].resident_id, neighbourhood_id=partners.home
    )
    talk = await act(
        "resident", resolvers.conversation.start_conversation, membership_ids=[sent.id]
    )
    await write(act, talk, "Dag!")
    assert await read(ask, "editor", talk) == ["Dag!"]
    await act("manager", resolvers.worker.withdraw_worker, **given)
    assert await read(ask, "editor", talk) is None
    assert await seats(ask, "resident", talk) == {"Resident": True, "Editor": False}
    async with refused(RefusalCode.CONFLICT, "conversation_id"):
        await write(act, talk)
