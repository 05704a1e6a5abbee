"""Reports: what the moderators read, what they never learn, and who reads nothing."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.chat_message
from models.base import uuid7
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger, moderating, talking
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.moderating import MESSAGE, PROFILE, judged, report_message
from tests.resolvers.talking import begin, block, ids, write
from tests.world import World

MINE = "query { viewer { reports { nodes { id reason note accusedName outcome answer } } } }"
MODERATOR = models.MembershipRole.MODERATOR


async def mine(ask: Ask, persona: str) -> Any:
    return (await talking.asked(ask, persona, MINE))["viewer"]["reports"]["nodes"]


async def quarrel(act: Act, world: World, count: int) -> list[models.ChatMessage]:
    """The two talk by turns, the neighbour first."""
    talk = await begin(act, world, "neighbour")
    return [
        await write(act, talk, f"{number}", ("neighbour", "resident")[number % 2])
        for number in range(count)
    ]


async def test_the_moderators_read_the_message_and_five_around_it(
    act: Act, ask: Ask, world: World
) -> None:
    messages = await quarrel(act, world, 16)
    made = await report_message(act, messages[8])
    assert await judged(ask, world) == [
        {
            "id": str(made.case_id),
            "subject": "MESSAGE",
            "subjectId": str(messages[8].id),
            "postId": None,
            "body": "8",
            "reasons": ["HARASSMENT"],
            "notes": ["Zo niet."],
            "accusedName": "Neighbour",
            "accused": {"displayName": "Neighbour"},
            "messages": [
                {
                    "speaker": 1 if number % 2 else 2,
                    "isAccused": number % 2 == 0,
                    "isReported": number == 8,
                    "body": str(number),
                }
                for number in range(3, 14)
            ],
            "decidedAt": None,
            "decisions": [],
        }
    ]


async def test_nobody_else_reads_a_report_or_its_case(act: Act, ask: Ask, world: World) -> None:
    messages = await quarrel(act, world, 3)
    made = await report_message(act, messages[0])
    for persona in set(world.people) - {"moderator", "expired", "revoked", "signed_out"}:
        assert await judged(ask, world, persona) is None
        assert [row["id"] for row in await mine(ask, persona)] == (
            [str(made.id)] if persona == "resident" else []
        )
    assert await mine(ask, "moderator") == []


async def test_the_reporter_reads_the_own_report(act: Act, ask: Ask, world: World) -> None:
    made = await report_message(act, (await quarrel(act, world, 1))[0])
    assert await mine(ask, "resident") == [
        {
            "id": str(made.id),
            "reason": "HARASSMENT",
            "note": "Zo niet.",
            "accusedName": "Neighbour",
            "outcome": "WAITING",
            "answer": "",
        }
    ]


async def test_nothing_that_a_moderator_reads_names_the_reporter(
    act: Act, ask: Ask, world: World
) -> None:
    messages = await quarrel(act, world, 9)
    made = await report_message(act, messages[4])
    answer = await ask("moderator", moderating.CASES, id=world.home)
    person = world.people["resident"]
    for trace in ("Resident", person.resident_id, person.membership_id, made.id):
        assert str(trace) not in str(answer.data)
    stream_id = world.people["moderator"].resident_id
    [event] = await models.Event.filter(stream_id=stream_id)
    assert (event.kind, event.author_id) == (models.EventKind.CONTENT_REPORTED, None)
    assert event.subject_id == made.case_id


async def test_those_who_report_the_same_are_one_case_in_no_order(
    act: Act, ask: Ask, world: World
) -> None:
    """The notes stand by the alphabet, whoever came first; no row of a report is there to sort."""
    [subject_id] = ids(world, "neighbour")
    made = [
        await moderating.report(act, persona, PROFILE, subject_id, note=note, reason=reason)
        for persona, note, reason in (
            ("worker", "Zo niet.", models.ReportReason.OTHER),
            ("resident", "Dit kan niet.", models.ReportReason.HARASSMENT),
            ("moderator", "", models.ReportReason.OTHER),
        )
    ]
    assert len({row.case_id for row in made}) == 1
    [row] = await judged(ask, world)
    assert row["notes"] == ["Dit kan niet.", "Zo niet."]
    assert row["reasons"] == ["HARASSMENT", "OTHER"]
    answer = await ask("moderator", moderating.CASES, id=world.home)
    assert not [each.id for each in made if str(each.id) in str(answer.data)]


async def test_a_moderator_reads_nothing_else_of_the_conversation(
    act: Act, ask: Ask, world: World
) -> None:
    messages = await quarrel(act, world, 3)
    await report_message(act, messages[0])
    talk = await models.Conversation.get()
    assert await talking.read(ask, "moderator", talk) is None
    assert await talking.listed(ask, "moderator") == []
    async with refused(RefusalCode.NOT_FOUND):
        await report_message(act, messages[2], "moderator")


async def test_whoever_it_is_about_is_no_judge(act: Act, ask: Ask, world: World) -> None:
    await talking.settle(world, "second", role=MODERATOR)
    talk = await begin(act, world, "moderator")
    await report_message(act, await write(act, talk, "lelijk", "moderator"))
    assert await judged(ask, world, "moderator") == []
    [row] = await judged(ask, world, "second")
    assert row["accusedName"] == "Moderator"
    heard = {
        persona: await ledger.told(world.people[persona].resident_id or uuid7())
        for persona in ("moderator", "second")
    }
    assert "CONTENT_REPORTED" not in heard["moderator"]
    assert heard["second"] == ["CONTENT_REPORTED"]


async def test_who_works_for_an_organisation_is_no_judge(
    act: Act, ask: Ask, partners: World
) -> None:
    await models.Staff.create(
        organisation_id=partners.organisations["town"],
        resident_id=partners.people["moderator"].resident_id,
        role=models.StaffRole.ANALYST,
        name="Moderator",
    )
    await report_message(act, (await quarrel(act, partners, 1))[0])
    assert await judged(ask, partners) is None
    assert await ledger.told(partners.people["moderator"].resident_id or uuid7()) == []


async def test_where_nobody_moderates_a_report_waits(act: Act, ask: Ask, world: World) -> None:
    moderators = models.Membership.filter(id=ids(world, "moderator")[0])
    await moderators.update(role=models.MembershipRole.RESIDENT)
    await report_message(act, (await quarrel(act, world, 1))[0])
    assert await judged(ask, world) is None
    await moderators.update(role=MODERATOR)
    assert len(await judged(ask, world)) == 1


async def test_to_report_again_gives_the_first_report(act: Act, ask: Ask, world: World) -> None:
    [message] = await quarrel(act, world, 1)
    made = await asyncio.gather(*(report_message(act, message) for _ in range(3)))
    assert len({row.id for row in made}) == 1
    again = await report_message(act, message, note="Nog iets.")
    assert (again.id, again.note) == (made[0].id, "Zo niet.")
    assert await models.ReportedMessage.all().count() == 1
    assert await ledger.told(world.people["moderator"].resident_id or uuid7()) == [
        "CONTENT_REPORTED"
    ]


async def test_all_who_report_at_once_are_in_one_case(act: Act, ask: Ask, world: World) -> None:
    [subject_id] = ids(world, "neighbour")
    names = ("resident", "worker", "moderator")
    made = await asyncio.gather(
        *(moderating.report(act, name, PROFILE, subject_id, note=name) for name in names)
    )
    assert len({row.case_id for row in made}) == 1
    [row] = await judged(ask, world)
    assert row["notes"] == sorted(names)


async def test_what_is_copied_is_what_the_reporter_could_read(
    act: Act, ask: Ask, world: World
) -> None:
    talk = await begin(act, world, "neighbour", "moderator")
    await write(act, talk, "voor de komst")
    await talking.join(act, world, talk, "worker")
    await block(act, world, "worker", "resident")
    await write(act, talk, "van wie geblokkeerd is")
    erased = await write(act, talk, "gewist", "moderator")
    await act("moderator", resolvers.chat_message.delete_message, message_id=erased.id)
    message = await write(act, talk, "lelijk", "neighbour")
    await report_message(act, message, "worker")
    [row] = await judged(ask, world)
    assert [copy["body"] for copy in row["messages"]] == ["lelijk"]


async def test_the_copy_stays_when_the_words_are_erased(act: Act, ask: Ask, world: World) -> None:
    [message] = await quarrel(act, world, 1)
    await report_message(act, message)
    await act("neighbour", resolvers.chat_message.delete_message, message_id=message.id)
    [row] = await judged(ask, world)
    assert (row["body"], [copy["body"] for copy in row["messages"]]) == ("0", ["0"])
    async with refused(RefusalCode.NOT_FOUND):
        await report_message(act, message)


async def test_a_block_hides_no_case_from_a_moderator(act: Act, ask: Ask, world: World) -> None:
    [message] = await quarrel(act, world, 1)
    await block(act, world, "neighbour", "moderator")
    await block(act, world, "resident", "moderator")
    await report_message(act, message)
    [row] = await judged(ask, world)
    assert (row["accusedName"], row["accused"]) == ("Neighbour", None)
    told = await ledger.told(world.people["moderator"].resident_id or uuid7())
    assert told[-1] == "CONTENT_REPORTED"


@pytest.mark.parametrize("persona", ["moderator", "worker", "stranger"])
async def test_only_who_can_read_a_message_reports_it(act: Act, world: World, persona: str) -> None:
    [message] = await quarrel(act, world, 1)
    async with refused(RefusalCode.NOT_FOUND):
        await report_message(act, message, persona)


async def test_nobody_reports_the_own_words(act: Act, world: World) -> None:
    [message] = await quarrel(act, world, 1)
    async with refused(RefusalCode.FORBIDDEN):
        await report_message(act, message, "neighbour")
    assert await models.ModerationCase.all().count() == 0


async def test_a_note_has_at_most_1000_characters(act: Act, world: World) -> None:
    [message] = await quarrel(act, world, 1)
    async with refused(RefusalCode.TOO_LONG, "note"):
        await report_message(act, message, note="n" * 1_001)
    assert (await report_message(act, message, note="")).note == ""


async def test_a_moderator_elsewhere_reads_nothing(act: Act, ask: Ask, world: World) -> None:
    far: UUID = world.neighbourhoods["far"]
    await talking.settle(world, "elsewhere", role=MODERATOR, neighbourhood_id=far)
    await moderating.report(act, "resident", MESSAGE, (await quarrel(act, world, 1))[0].id)
    assert await judged(ask, world, "elsewhere") is None
