"""Polls of organisations: in every neighbourhood, secret, and told in sums that name nobody."""

from datetime import UTC, datetime
from typing import Any

import pytest

import models
import resolvers.announcement_poll
import resolvers.ballot
from realtime.hub import Hub
from resolvers import announcement, poll_tally
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.gathering import soon
from tests.resolvers.ledger import refused
from tests.resolvers.talking import asked, settle
from tests.world import World

ANNOUNCE = resolvers.announcement_poll.announce_poll
RESULTS = """
query ($id: ID!) {
  announcement(id: $id) { pollOptions { words } pollResults { number count } }
}
"""


async def announce(act: Act, partners: World, **more: Any) -> models.Announcement:
    given = {
        "organisation_id": partners.organisations["town"],
        "title": "Een speelplein?",
        "body": "Wat vindt u?",
        "method": models.PollMethod.CHOICE,
        "options": ["Ja", "Nee", "Later"],
        "closes_at": soon(),
        **more,
    }
    made: models.Announcement = await act("editor", ANNOUNCE, **given)
    return made


async def test_a_town_asks_and_is_told_no_small_number(act: Act, ask: Ask, partners: World) -> None:
    row = await announce(act, partners)
    polls = await models.Poll.filter(announcement_id=row.id)
    assert {each.neighbourhood_id for each in polls} == set(row.neighbourhood_ids)
    [home] = [each for each in polls if each.neighbourhood_id == partners.home]
    assert (home.is_secret, home.author_id, home.options) == (True, None, ["Ja", "Nee", "Later"])
    names = [f"voter{number}" for number in range(8)]
    await settle(partners, *names)
    for number, name in enumerate(names):
        values = [0 if number < 6 else 1]
        await act(name, resolvers.ballot.vote, poll_id=home.id, values=values)
    found = await asked(ask, "editor", RESULTS, id=str(row.id))
    assert found["announcement"]["pollResults"] is None
    await models.Poll.all().update(closed_at=datetime.now(UTC))
    found = await asked(ask, "editor", RESULTS, id=str(row.id))
    assert [each["words"] for each in found["announcement"]["pollOptions"]] == [
        "Ja",
        "Nee",
        "Later",
    ]
    told = [each["count"] for each in found["announcement"]["pollResults"]]
    assert told == [None, None, None]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([12, 7, 31], [10, 5, 30]),
        ([40, 3, 2], [40, None, None]),
        ([5, 5], [5, 5]),
        ([9, 4], [None, None]),
        ([0, 30], [None, None]),
    ],
)
def test_no_cell_of_few_people_is_told_nor_what_gives_it_away(
    counts: list[int], told: list[int | None]
) -> None:
    poll = models.Poll(counts=counts, sums=[0] * len(counts))
    assert [each.count for each in poll_tally.small_cells_hidden([poll])] == told


async def test_what_is_asked_later_closes_later(act: Act, partners: World, hub: Hub) -> None:
    async with refused(RefusalCode.INVALID, "closes_at"):
        await announce(act, partners, publish_at=soon(days=11))
    row = await announce(act, partners, publish_at=soon(days=1))
    assert await models.Poll.all().count() == 0
    await announcement.publish_due(hub, soon(days=2))
    assert await models.Poll.filter(announcement_id=row.id).count() == len(row.neighbourhood_ids)


async def test_who_asks_has_the_scope(act: Act, partners: World) -> None:
    for persona in ("case_worker", "analyst", "resident"):
        async with refused(RefusalCode.NOT_FOUND):
            given = {"organisation_id": partners.organisations["town"], "title": "?", "body": "?"}
            more = {"method": models.PollMethod.FOR_OR_AGAINST, "closes_at": soon()}
            await act(persona, ANNOUNCE, **given, **more)


async def test_withdrawing_it_leaves_no_word(act: Act, partners: World) -> None:
    row = await announce(act, partners)
    await act("editor", announcement.withdraw_announcement, announcement_id=row.id)
    assert {tuple(each.options) for each in await models.Poll.all()} == {()}
