"""The talk inside a match: of its two parties alone, open as long as the match stands."""

from typing import Any

import pytest

import models
import resolvers.conversation
import resolvers.seat
from resolvers.refusal import RefusalCode
from resolvers.work import Work
from tests.inside import Ask
from tests.resolvers import ledger, talking
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import write
from tests.world import World

State = models.HelpMatchState
KIND = "query ($id: ID!) { conversation(id: $id) { kind match { id } isOpen title } }"


async def match(world: World, state: State = State.ACCEPTED, **more: Any) -> models.HelpMatch:
    """The neighbour helps the resident."""
    requester, helper = talking.ids(world, "resident", "neighbour")
    given: dict[str, Any] = {
        "neighbourhood_id": world.home,
        "post_id": world.posts[models.Audience.NEIGHBOURHOOD],
        "requester_id": requester,
        "helper_id": helper,
        "proposed_by_id": requester,
        "state": state,
        **more,
    }
    return await models.HelpMatch.create(**given)


async def opened(act: Act, row: models.HelpMatch, persona: str = "neighbour") -> Any:
    """The talk that the acceptance of a persona opens."""

    async def accept(work: Work) -> models.Conversation:
        return await resolvers.conversation.open_for_match(work, row)

    return await act(persona, accept)


async def test_the_two_of_a_match_talk_and_nobody_else(act: Act, ask: Ask, world: World) -> None:
    row = await match(world)
    talk = await opened(act, row)
    await write(act, talk, "Om tien uur?", "neighbour")
    for persona in ("resident", "neighbour"):
        answer = await talking.asked(ask, persona, KIND, id=talk.id)
        found = {"kind": "MATCH", "match": {"id": str(row.id)}, "isOpen": True, "title": None}
        assert answer["conversation"] == found
        assert await talking.read(ask, persona, talk) == ["Om tien uur?"]
        stream_id = world.people[persona].resident_id
        assert stream_id is not None
        assert await ledger.told(stream_id) == ["CONVERSATION_CHANGED", "MESSAGE_SENT"]
    for persona in ("moderator", "worker", "nearby", "stranger"):
        assert await talking.read(ask, persona, talk) is None


async def test_a_match_has_one_talk(act: Act, world: World) -> None:
    row = await match(world)
    assert (await opened(act, row)).id == (await opened(act, row, "resident")).id
    assert await models.Conversation.all().count() == 1
    other = await opened(act, await match(world, helper_id=talking.ids(world, "moderator")[0]))
    assert other.match_id != row.id


async def test_the_chat_of_the_two_is_another_one(act: Act, world: World) -> None:
    talk = await opened(act, await match(world))
    assert (await talking.begin(act, world, "neighbour")).id != talk.id


@pytest.mark.parametrize(
    ("state", "is_open"),
    [
        (State.ACCEPTED, True),
        (State.COMPLETED, True),
        (State.WITHDRAWN, False),
        (State.DECLINED, False),
    ],
)
async def test_a_talk_closes_with_its_match_and_stays_readable(
    act: Act, ask: Ask, world: World, state: State, is_open: bool
) -> None:
    row = await match(world)
    talk = await opened(act, row)
    await write(act, talk, "Tot morgen.")
    await models.HelpMatch.filter(id=row.id).update(state=state)
    for persona in ("resident", "neighbour"):
        answer = await talking.asked(ask, persona, KIND, id=talk.id)
        assert answer["conversation"]["isOpen"] is is_open
        assert await talking.read(ask, persona, talk) == ["Tot morgen."]
    if is_open:
        await write(act, talk)
        return
    async with refused(RefusalCode.CONFLICT, "conversation_id"):
        await write(act, talk)


async def test_nobody_leaves_the_talk_of_a_match_or_joins_it(act: Act, world: World) -> None:
    talk = await opened(act, await match(world))
    async with refused(RefusalCode.FORBIDDEN):
        await talking.leave(act, talk, "neighbour")
    async with refused(RefusalCode.FORBIDDEN):
        await talking.join(act, world, talk, "moderator")


async def test_a_talk_is_erased_with_its_match_and_both_are_told(
    act: Act, ask: Ask, world: World
) -> None:
    row = await match(world)
    talk, other = await opened(act, row), await talking.begin(act, world, "neighbour")
    await write(act, talk, "geen woord")
    await write(act, other, "een ander woord")

    async def erase(work: Work) -> None:
        await resolvers.conversation.erase_of_matches(work, [row.id])

    await act("resident", erase)
    assert await ledger.holding("geen woord") == []
    for persona in ("resident", "neighbour"):
        assert await talking.read(ask, persona, talk) is None
        assert await talking.read(ask, persona, other) == ["een ander woord"]
        stream_id = world.people[persona].resident_id
        assert stream_id is not None
        assert (await ledger.told(stream_id))[-1] == "CONVERSATION_CHANGED"


async def test_who_helps_from_next_door_is_known_by_name(act: Act, ask: Ask, world: World) -> None:
    row = await match(world, helper_id=talking.ids(world, "nearby")[0])
    talk = await opened(act, row, "nearby")
    await write(act, talk, "Ik kom.", "nearby")
    seats = (await talking.asked(ask, "resident", talking.SEATS, id=talk.id))["conversation"]
    names = [(s["displayName"], s["member"]) for s in seats["participants"]["nodes"]]
    assert sorted(names, key=str) == [
        ("Nearby", None),
        ("Resident", {"displayName": "Resident"}),
    ]
    found = await talking.asked(ask, "resident", talking.MESSAGES, id=talk.id)
    [message] = found["conversation"]["messages"]["nodes"]
    assert message == {"body": "Ik kom.", "authorName": "Nearby", "isMine": False}
