"""Organisations: no secret themselves, and open within to those who work there."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
from auth.scope import PARTNER, ROLES
from resolvers.refusal import RefusalCode
from resolvers.unit import add_unit
from tests.inside import Ask
from tests.partners import SINCE
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

ORGANISATION = """
query ($id: ID!) {
  organisation(id: $id) {
    slug name kind
    neighbourhoods { nodes { since neighbourhood { slug place } } }
    units { nodes { name } }
    staff { nodes { name role unit { name } endedAt } }
  }
}
"""
COVERING = "query ($id: ID!) { organisations(neighbourhoodId: $id) { nodes { slug } } }"
COVERED_BY = """
query ($id: ID!) {
  neighbourhood(id: $id) {
    name place openedOn participation { rate } adjacent { nodes { slug } }
    organisations { nodes { slug } } members { nodes { id } } feed { nodes { id } }
  }
}
"""
OFFICES = """
{ offices { organisation { slug } role unitId unit { name } scopes
  neighbourhoods { nodes { neighbourhood { slug } } } } }
"""


def slugs(page: dict[str, Any]) -> list[str]:
    """Those of a page, sorted: what was made in one millisecond has no order."""
    return sorted(node["slug"] for node in page["nodes"])


@pytest.mark.parametrize("persona", ["signed_out", "stranger", "token shares:read"])
async def test_an_organisation_is_no_secret_and_who_works_there_is(
    ask: Ask, partners: World, persona: str
) -> None:
    answer = await ask(persona, ORGANISATION, id=partners.organisations["town"])
    assert answer.errors is None
    assert answer.data is not None
    found = answer.data["organisation"]
    assert (found["slug"], found["name"], found["kind"]) == ("town", "Town", "TOWN")
    assert [node["since"] for node in found["neighbourhoods"]["nodes"]] == [SINCE.isoformat()] * 2
    assert (found["units"], found["staff"]) == (None, None)


async def test_those_who_work_there_see_each_other_and_the_units(ask: Ask, partners: World) -> None:
    answer = await ask("analyst", ORGANISATION, id=partners.organisations["town"])
    assert answer.data is not None
    found = answer.data["organisation"]
    assert sorted(unit["name"] for unit in found["units"]["nodes"]) == ["care", "roads"]
    staff = {
        (s["name"], s["role"], s["unit"] and s["unit"]["name"]) for s in found["staff"]["nodes"]
    }
    assert staff == {
        ("Analyst", "ANALYST", None),
        ("Other_Unit", "CASE_WORKER", "roads"),
        ("Case_Worker", "CASE_WORKER", "care"),
        ("Editor", "EDITOR", None),
        ("Manager", "MANAGER", None),
    }


@pytest.mark.parametrize("persona", ["centre_manager", "token announcements:read"])
async def test_another_organisation_sees_neither_units_nor_staff(
    ask: Ask, partners: World, persona: str
) -> None:
    answer = await ask(persona, ORGANISATION, id=partners.organisations["town"])
    assert answer.data is not None
    found = answer.data["organisation"]
    assert (found["units"], found["staff"]) == (None, None)


async def test_a_token_that_reads_cases_reads_the_units_but_not_who_works_there(
    ask: Ask, partners: World
) -> None:
    answer = await ask("token cases:read", ORGANISATION, id=partners.organisations["town"])
    assert answer.data is not None
    found = answer.data["organisation"]
    assert sorted(unit["name"] for unit in found["units"]["nodes"]) == ["care", "roads"]
    assert found["staff"] is None


async def test_who_covers_a_neighbourhood_today_is_told_and_who_will_is_not(
    ask: Ask, partners: World
) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    late = {"neighbourhood_id": partners.home, "organisation_id": partners.organisations["centre"]}
    for day, covering in [(SINCE, ["centre", "town"]), (tomorrow, ["town"])]:
        await models.Coverage.filter(**late).update(since=day)
        answer = await ask("signed_out", COVERING, id=partners.home)
        assert answer.data is not None
        assert slugs(answer.data["organisations"]) == covering
        answer = await ask("resident", COVERED_BY, id=partners.home)
        assert answer.data is not None
        assert slugs(answer.data["neighbourhood"]["organisations"]) == covering
    answer = await ask("resident", ORGANISATION, id=partners.organisations["centre"])
    assert answer.data is not None
    [coverage] = answer.data["organisation"]["neighbourhoods"]["nodes"]
    assert coverage["since"] == tomorrow.isoformat()


@pytest.mark.parametrize("persona", ["analyst", "token shares:read"])
async def test_a_partner_reads_of_a_covered_neighbourhood_where_it_is_and_how_many_joined(
    ask: Ask, partners: World, persona: str
) -> None:
    answer = await ask(persona, COVERED_BY, id=partners.home)
    assert answer.data is not None
    assert slugs(answer.data["neighbourhood"].pop("organisations")) == ["centre", "town"]
    assert answer.data == {
        "neighbourhood": {
            "name": "Home",
            "place": "Deinze",
            "openedOn": "2020-03-16",
            "participation": {"rate": 0.1},
            "adjacent": None,
            "members": None,
            "feed": {"nodes": []},
        }
    }


@pytest.mark.parametrize(
    ("persona", "place"),
    [("manager", "far"), ("centre_manager", "beside"), ("token elsewhere", "home")],
)
async def test_a_partner_reads_only_the_name_of_what_it_does_not_cover(
    ask: Ask, partners: World, persona: str, place: str
) -> None:
    answer = await ask(persona, COVERED_BY, id=partners.neighbourhoods[place])
    assert answer.data is not None
    found = answer.data["neighbourhood"]
    closed = ("place", "openedOn", "participation", "adjacent", "members")
    assert found["name"] == place.title()
    assert [found[name] for name in closed] == [None] * 5
    assert found["feed"] == {"nodes": []}


async def test_a_token_is_told_what_it_may_do(ask: Ask, partners: World) -> None:
    answer = await ask("token elsewhere", OFFICES)
    assert answer.data == {
        "offices": [
            {
                "organisation": {"slug": "town"},
                "role": None,
                "unitId": None,
                "unit": None,
                "scopes": sorted(PARTNER),
                "neighbourhoods": {"nodes": [{"neighbourhood": {"slug": "beside"}}]},
            }
        ]
    }


async def test_staff_are_told_what_they_may_do(ask: Ask, partners: World) -> None:
    answer = await ask("case_worker", OFFICES)
    assert answer.data is not None
    [office] = answer.data["offices"]
    assert office["role"] == "CASE_WORKER"
    assert (office["unitId"], office["unit"]["name"]) == (str(partners.units["care"]), "care")
    assert office["scopes"] == sorted(ROLES[models.StaffRole.CASE_WORKER])
    reached = [node["neighbourhood"]["slug"] for node in office["neighbourhoods"]["nodes"]]
    assert sorted(reached) == ["beside", "home"]


@pytest.mark.parametrize("persona", ["token expired", "token revoked", "signed_out"])
async def test_who_is_nobody_has_no_office_to_ask_for(
    ask: Ask, partners: World, persona: str
) -> None:
    answer = await ask(persona, OFFICES)
    assert answer.data is None
    assert [error.extensions for error in answer.errors or []] == [{"code": "UNAUTHENTICATED"}]


async def test_a_resident_has_no_office(ask: Ask, partners: World) -> None:
    assert (await ask("resident", OFFICES)).data == {"offices": []}


async def test_a_manager_adds_a_unit_once(act: Act, partners: World) -> None:
    town = partners.organisations["town"]
    unit = await act("manager", add_unit, organisation_id=town, name="  Groen   en water ")
    assert (unit.organisation_id, unit.name) == (town, "Groen en water")
    async with refused(RefusalCode.CONFLICT, "name"):
        await act("manager", add_unit, organisation_id=town, name="Groen en water")


@pytest.mark.parametrize("persona", ["editor", "centre_manager", "resident"])
async def test_nobody_else_adds_a_unit(act: Act, partners: World, persona: str) -> None:
    async with refused(RefusalCode.NOT_FOUND):
        await act(persona, add_unit, organisation_id=partners.organisations["town"], name="Mine")


async def test_a_manager_of_one_unit_adds_none(act: Act, partners: World) -> None:
    await models.Staff.filter(id=partners.staff["manager"]).update(unit_id=partners.units["care"])
    async with refused(RefusalCode.FORBIDDEN):
        await act("manager", add_unit, organisation_id=partners.organisations["town"], name="Mine")
