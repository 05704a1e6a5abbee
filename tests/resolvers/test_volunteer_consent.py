"""The consent to be asked for volunteering: given to one organisation, changed, and taken back."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

import models
from realtime.hub import Hub
from resolvers.membership import move_out
from resolvers.refusal import RefusalCode
from resolvers.volunteer_consent import end_due, withdraw_volunteer_consent
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.test_volunteer import READERS, consent, listed, seen_by
from tests.world import World

# the viewer, the consents, their names, places, skills and messages; the ledger and its events
STATEMENTS = 8
PAGE = """
query ($organisation: ID!) { volunteers(organisationId: $organisation) { nodes {
  displayName neighbourhood { name } skills { slug } contacts { nodes { body } }
} } }
"""
MINE = """
{ viewer { volunteerConsents { nodes {
  id organisation { name } neighbourhood { name } skills { slug } revokedAt
} } } }
"""


async def expire(consent: models.VolunteerConsent) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    await models.VolunteerConsent.filter(id=consent.id).update(expires_at=past)


async def test_neighbours_do_not_read_a_consent(ask: Ask, act: Act, partners: World) -> None:
    given = await consent(act, partners)
    mine = (await ask("resident", MINE)).data
    assert mine == {
        "viewer": {
            "volunteerConsents": {
                "nodes": [
                    {
                        "id": str(given.id),
                        "organisation": {"name": "Town"},
                        "neighbourhood": {"name": "Home"},
                        "skills": [{"slug": "reading-aloud"}, {"slug": "groceries"}],
                        "revokedAt": None,
                    }
                ]
            }
        }
    }
    for persona in ("neighbour", "moderator", "worker"):
        answer = await ask(persona, MINE)
        assert answer.data == {"viewer": {"volunteerConsents": {"nodes": []}}}
        async with refused(RefusalCode.NOT_FOUND):
            await act(persona, withdraw_volunteer_consent, consent_id=given.id)


async def test_a_withdrawn_consent_is_gone_at_once(ask: Ask, act: Act, partners: World) -> None:
    given = await consent(act, partners)
    await act("resident", withdraw_volunteer_consent, consent_id=given.id)
    for persona in READERS:
        assert await listed(ask, partners, persona) == []
        assert not await seen_by(ask, persona, given.id)
    assert await models.AccessRecord.exists() is False
    kinds = await ledger.told(partners.organisations["town"])
    assert kinds == ["VOLUNTEER_CHANGED", "VOLUNTEER_CHANGED"]
    before = await models.VolunteerConsent.get(id=given.id)
    await act("resident", withdraw_volunteer_consent, consent_id=given.id)
    assert (await models.VolunteerConsent.get(id=given.id)).revoked_at == before.revoked_at
    assert await ledger.told(partners.organisations["town"]) == kinds


async def test_an_expired_consent_is_gone_at_once_and_may_be_given_anew(
    ask: Ask, act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    await expire(given)
    assert await listed(ask, partners, "manager") == []
    assert not await seen_by(ask, "manager", given.id)
    again = await consent(act, partners)
    assert again.id != given.id
    assert (await models.VolunteerConsent.get(id=given.id)).revoked_at is not None
    assert await listed(ask, partners, "manager") == ["Resident"]
    # given, ended, given anew
    assert await ledger.told(partners.organisations["town"]) == ["VOLUNTEER_CHANGED"] * 3


async def test_a_consent_that_the_clock_ends_is_told_once(
    act: Act, partners: World, hub: Hub
) -> None:
    town, now = partners.organisations["town"], datetime.now(UTC)
    for persona in ("resident", "neighbour", "moderator"):
        await expire(await consent(act, partners, persona))
    kept = await consent(act, partners, "nearby")
    told = await asyncio.gather(*(end_due(hub, now) for _ in range(3)))
    assert sum(told) == 3
    assert await ledger.told(town) == ["VOLUNTEER_CHANGED"] * 7
    rows = await models.VolunteerConsent.all().order_by("id")
    assert [row.told_end for row in rows] == [True, True, True, False]
    assert rows[-1].id == kept.id
    await act("resident", withdraw_volunteer_consent, consent_id=rows[0].id)
    assert await ledger.told(town) == ["VOLUNTEER_CHANGED"] * 7
    await act("nearby", withdraw_volunteer_consent, consent_id=kept.id)
    await expire(kept)
    assert await end_due(hub, now) == 0


async def test_a_standing_consent_is_changed_in_its_place(
    ask: Ask, act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    end = datetime.now(UTC) + timedelta(days=10)
    again = await consent(act, partners, skills=["cooking"], expires_at=end)
    rows = await models.VolunteerConsent.all()
    assert [(row.id, row.skills, row.expires_at) for row in rows] == [(given.id, ["cooking"], end)]
    assert again.id == given.id
    await consent(act, partners, to="centre")
    assert await models.VolunteerConsent.all().count() == 2


async def test_moving_out_ends_the_consents_of_that_membership(
    ask: Ask, act: Act, partners: World
) -> None:
    given = await consent(act, partners)
    await consent(act, partners, "neighbour")
    await act("resident", move_out, membership_id=partners.people["resident"].membership_id)
    assert (await models.VolunteerConsent.get(id=given.id)).revoked_at is not None
    assert await listed(ask, partners, "manager") == ["Neighbour"]
    assert await ledger.told(partners.organisations["town"]) == ["VOLUNTEER_CHANGED"] * 3


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"skills": []}, "skills"),
        ({"skills": ["no-such-skill"]}, "skills"),
        ({"expires_at": datetime(2020, 3, 16, tzinfo=UTC)}, "expires_at"),
        ({"expires_at": datetime.now(UTC) + timedelta(days=733)}, "expires_at"),
        ({"expires_at": datetime(2099, 1, 1)}, "expires_at"),
        ({"organisation_id": UUID(int=7)}, "organisation_id"),
    ],
)
async def test_a_consent_that_may_not_be_is_refused(
    act: Act, partners: World, given: dict[str, Any], field: str
) -> None:
    async with refused(RefusalCode.INVALID, field):
        await consent(act, partners, **given)


async def test_a_consent_ends_in_a_year_unless_said(act: Act, partners: World) -> None:
    given = await consent(act, partners)
    assert given.expires_at - given.created_at == pytest.approx(
        timedelta(days=365), abs=timedelta(seconds=5)
    )
    longest = datetime.now(UTC) + timedelta(days=731)
    assert (await consent(act, partners, expires_at=longest)).expires_at == longest


async def test_only_an_organisation_that_covers_the_neighbourhood_is_given_consent(
    act: Act, partners: World
) -> None:
    async with refused(RefusalCode.INVALID, "organisation_id"):
        await consent(act, partners, "nearby", "centre")
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    await models.Coverage.all().update(since=tomorrow)
    async with refused(RefusalCode.INVALID, "organisation_id"):
        await consent(act, partners)


async def test_only_a_verified_member_who_lives_there_consents(act: Act, partners: World) -> None:
    own = partners.people["resident"].membership_id
    for persona in ("neighbour", "moderator", "worker"):
        async with refused(RefusalCode.FORBIDDEN):
            await consent(act, partners, persona, membership_id=own)
    for persona in ("pending", "former", "worker"):
        async with refused(RefusalCode.FORBIDDEN):
            await consent(act, partners, persona)
    async with refused(RefusalCode.NOT_FOUND):
        await consent(act, partners, "stranger", membership_id=own)


async def test_an_organisation_does_not_withdraw_a_consent(act: Act, partners: World) -> None:
    given = await consent(act, partners)
    async with refused(RefusalCode.FORBIDDEN):
        await act("manager", withdraw_volunteer_consent, consent_id=given.id)


async def test_the_list_of_volunteers_costs_the_same_at_any_size(
    ask: Ask, act: Act, partners: World, caplog: pytest.LogCaptureFixture
) -> None:
    costs = []
    for persona in ("resident", "neighbour", "moderator", "nearby"):
        await consent(act, partners, persona)
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
            answer = await ask("manager", PAGE, organisation=partners.organisations["town"])
        assert answer.errors is None
        costs.append(len([r for r in caplog.records if r.name == "tortoise.db_client"]))
    assert costs == [STATEMENTS] * 4
