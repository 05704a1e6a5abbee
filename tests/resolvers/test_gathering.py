"""Gatherings: who comes, who waits and moves up, who is told, and who sees that."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
import resolvers.attendance
import resolvers.gathering_post
import resolvers.membership
import resolvers.post
from realtime.hub import Hub
from resolvers import reminder
from resolvers.refusal import RefusalCode
from server.settings import Settings
from tests import notifying
from tests.inside import Ask
from tests.resolvers import gathering, ledger
from tests.resolvers.conftest import Act
from tests.resolvers.gathering import GOING, MAYBE, NOT_GOING, WAITING, again, attend, invite, soon
from tests.resolvers.ledger import refused
from tests.resolvers.talking import asked, block, ids, settle
from tests.world import World

EDIT = resolvers.gathering_post.edit_gathering
SEEN = """
query ($id: ID!) {
  post(id: $id) { gathering {
    goingCount attendances { nodes { state membership { displayName } } }
  } }
}
"""
CALENDAR = """
query ($id: ID!, $since: DateTime, $until: DateTime, $after: String) {
  neighbourhood(id: $id) {
    calendar(since: $since, until: $until, first: 2, after: $after) {
      nodes { place post { title } } pageInfo { endCursor hasNextPage }
    }
  }
}
"""


async def told(world: World, persona: str) -> list[str]:
    resident_id = world.people[persona].resident_id
    assert resident_id is not None
    return await ledger.told(resident_id)


async def test_who_finds_no_place_waits_and_moves_up_in_order(act: Act, world: World) -> None:
    await settle(world, "third", "fourth")
    found = await invite(act, world, capacity=1)
    assert await attend(act, found, "neighbour") is GOING
    assert await attend(act, found, "third") is WAITING
    assert await attend(act, found, "fourth") is WAITING
    assert await attend(act, found, "third", MAYBE) is MAYBE
    assert await attend(act, found, "third") is WAITING
    await attend(act, found, "neighbour", NOT_GOING)
    [neighbour, third, fourth] = ids(world, "neighbour", "third", "fourth")
    assert await gathering.states(found) == {neighbour: NOT_GOING, third: WAITING, fourth: GOING}
    assert await told(world, "fourth") == ["ATTENDANCE_CHANGED"]
    await act("resident", EDIT, gathering_id=found.id, capacity=2)
    assert (await gathering.states(found))[third] is GOING
    row = await again(found)
    assert (row.going_count, row.maybe_count, row.waiting_count) == (2, 0, 0)
    assert await ledger.drift() == []


async def test_a_place_falls_free_when_somebody_moves_out(act: Act, world: World) -> None:
    await settle(world, "third")
    found = await invite(act, world, capacity=1)
    await attend(act, found, "third")
    await attend(act, found, "neighbour")
    [third] = ids(world, "third")
    await act("third", resolvers.membership.move_out, membership_id=third)
    assert list((await gathering.states(found)).values()) == [GOING]
    assert await told(world, "neighbour") == ["ATTENDANCE_CHANGED"]
    assert await ledger.drift() == []


async def test_neighbours_see_who_comes_and_nobody_who_does_not(
    act: Act, ask: Ask, world: World
) -> None:
    found = await invite(act, world, audience=models.Audience.NEIGHBOURS_NEARBY)
    await attend(act, found, "neighbour")
    await attend(act, found, "moderator", NOT_GOING)
    seen = {"state": "GOING", "membership": {"displayName": "Neighbour"}}
    for persona, nodes in (("resident", [seen]), ("worker", [seen]), ("nearby", [])):
        answer = await asked(ask, persona, SEEN, id=str(found.post_id))
        expected = {"goingCount": 1, "attendances": {"nodes": nodes}}
        assert answer["post"]["gathering"] == expected, persona
    assert (await asked(ask, "stranger", SEEN, id=str(found.post_id)))["post"] is None
    await block(act, world, "resident", "neighbour")
    answer = await asked(ask, "resident", SEEN, id=str(found.post_id))
    assert answer["post"]["gathering"]["attendances"]["nodes"] == []
    async with refused(RefusalCode.NOT_FOUND):
        await attend(act, found, "neighbour", MAYBE)


async def test_what_professionals_may_not_read_they_see_nobody_come_to(
    act: Act, ask: Ask, world: World
) -> None:
    found = await invite(act, world)
    await attend(act, found, "neighbour")
    only = models.Audience.NEIGHBOURS_ONLY
    await act("resident", resolvers.post.edit_post, post_id=found.post_id, audience=only)
    assert (await asked(ask, "worker", SEEN, id=str(found.post_id)))["post"] is None
    row = await models.Attendance.get(gathering_id=found.id)
    assert row.audience is only


async def test_the_calendar_is_paged_by_the_start(act: Act, ask: Ask, world: World) -> None:
    for days in (3, 1, 2, 40):
        await invite(act, world, title=f"{days}", place=f"P{days}", starts_at=soon(days=days))
    page = await asked(ask, "neighbour", CALENDAR, id=str(world.home), until=soon(days=30))
    first = page["neighbourhood"]["calendar"]
    assert [each["place"] for each in first["nodes"]] == ["P1", "P2"]
    after = first["pageInfo"]["endCursor"]
    page = await asked(ask, "neighbour", CALENDAR, id=str(world.home), after=after)
    assert [each["place"] for each in page["neighbourhood"]["calendar"]["nodes"]] == ["P3", "P40"]
    for persona in ("nearby", "stranger"):
        page = await asked(ask, persona, CALENDAR, id=str(world.home))
        assert page["neighbourhood"]["calendar"]["nodes"] == []


@pytest.mark.parametrize(
    ("since", "count"),
    [("0001-01-01T00:00:00Z", 1), ("1960-01-01T00:00:00Z", 1), ("9999-12-31T23:59:59Z", 0)],
)
async def test_the_calendar_begins_at_any_moment(
    act: Act, ask: Ask, world: World, since: str, count: int
) -> None:
    await invite(act, world)
    page = await asked(ask, "neighbour", CALENDAR, id=str(world.home), since=since)
    assert len(page["neighbourhood"]["calendar"]["nodes"]) == count


async def test_a_moment_says_its_offset(ask: Ask, world: World) -> None:
    for name in ("since", "until"):
        given = {"id": str(world.home), name: "2026-01-01T00:00:00"}
        answer = await ask("neighbour", CALENDAR, **given)
        codes = [(each.extensions or {})["code"] for each in answer.errors or ()]
        assert codes == ["INVALID"]


async def test_another_time_and_calling_off_are_told_to_whoever_comes(
    act: Act, world: World
) -> None:
    found = await invite(act, world)
    await attend(act, found, "neighbour", remind_minutes=60)
    await attend(act, found, "moderator", NOT_GOING)
    later = soon(days=20)
    await act("resident", EDIT, gathering_id=found.id, starts_at=later)
    row = await models.Attendance.get(gathering_id=found.id, state=GOING)
    assert row.remind_at == later - timedelta(minutes=60)
    await act("resident", EDIT, gathering_id=found.id, capacity=5)
    await act("resident", resolvers.gathering_post.cancel_gathering, gathering_id=found.id)
    assert await told(world, "neighbour") == ["GATHERING_CHANGED", "GATHERING_CHANGED"]
    assert await told(world, "moderator") == []
    async with refused(RefusalCode.CONFLICT, "gathering_id"):
        await attend(act, found, "moderator")


async def test_reminders_come_once_and_not_to_whoever_stays_away(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    found = await invite(act, world, starts_at=soon(hours=30))
    await attend(act, found, "neighbour", remind_minutes=24 * 60)
    await attend(act, found, "moderator", MAYBE, remind_minutes=None)
    await attend(act, found, "resident", NOT_GOING)
    assert await reminder.remind_due(hub, soon(hours=5)) == 0
    async with notifying.notifying(settings, hub) as sink:
        assert await reminder.remind_due(hub, soon(hours=7)) == 1
        assert await reminder.remind_due(hub, soon(hours=7)) == 0
        await notifying.done()
    assert await notifying.told(world, "neighbour") == [("EVENT", "REMINDER_DUE")]
    [letter] = sink.letters
    assert "There is news about an event you are coming to" in notifying.text(letter)
    assert await told(world, "moderator") == []


async def test_what_was_called_off_reminds_nobody(act: Act, world: World, hub: Hub) -> None:
    found = await invite(act, world)
    await attend(act, found, "neighbour", remind_minutes=60)
    await act("resident", resolvers.gathering_post.cancel_gathering, gathering_id=found.id)
    await reminder.remind_due(hub, found.starts_at - timedelta(minutes=10))
    assert "REMINDER_DUE" not in await told(world, "neighbour")


async def test_nothing_is_left_of_a_gathering_whose_post_is_removed(
    act: Act, ask: Ask, world: World
) -> None:
    found = await invite(act, world)
    await attend(act, found, "neighbour")
    await act("resident", resolvers.post.delete_post, post_id=found.post_id)
    assert await models.Attendance.all().count() == 0
    assert await ledger.holding("Op het plein") == []
    page = await asked(ask, "neighbour", CALENDAR, id=str(world.home))
    assert page["neighbourhood"]["calendar"]["nodes"] == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"starts_at": datetime.now(UTC) - timedelta(hours=1)}, "starts_at"),
        ({"starts_at": datetime(2030, 1, 1)}, "starts_at"),
        ({"ends_at": datetime.now(UTC) + timedelta(days=1)}, "ends_at"),
        ({"place": " "}, "place"),
        ({"title": ""}, "title"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 10_001}, "capacity"),
    ],
)
async def test_what_cannot_be_is_refused(
    act: Act, world: World, given: dict[str, Any], field: str
) -> None:
    async with refused(RefusalCode.INVALID, field):
        await invite(act, world, **given)


async def test_only_whoever_invites_changes_it_and_nobody_loses_a_place(
    act: Act, world: World
) -> None:
    found = await invite(act, world)
    for persona in ("neighbour", "moderator"):
        await attend(act, found, persona)
        async with refused(RefusalCode.FORBIDDEN):
            await act(persona, EDIT, gathering_id=found.id, place="Elders")
    async with refused(RefusalCode.INVALID, "capacity"):
        await act("resident", EDIT, gathering_id=found.id, capacity=1)
    async with refused(RefusalCode.INVALID, "state"):
        await attend(act, found, "neighbour", WAITING)
    async with refused(RefusalCode.INVALID, "remind_minutes"):
        await attend(act, found, "neighbour", remind_minutes=0)
