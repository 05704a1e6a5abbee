"""Neighbourhood workers: sent where an organisation covers, seen by residents, called back."""

from uuid import UUID

import pytest

import models
from resolvers.refusal import RefusalCode
from resolvers.worker import assign_worker, withdraw_worker
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

WORKERS = """
query ($id: ID!) {
  neighbourhood(id: $id) {
    members(role: NEIGHBOURHOOD_WORKER) {
      nodes { displayName street verification organisation { name } household { id } }
    }
  }
}
"""
ASSIGNMENTS = """
query ($id: ID!) {
  organisation(id: $id) {
    staff { nodes { name assignments { nodes { since neighbourhood { slug } } } } }
  }
}
"""
FEED = "query ($id: ID!) { neighbourhood(id: $id) { feed { nodes { audience } } } }"


async def assign(act: Act, world: World, persona: str = "editor", place: str = "home") -> None:
    given = {"staff_id": world.staff[persona], "neighbourhood_id": world.neighbourhoods[place]}
    await act("manager", assign_worker, **given)


async def test_residents_see_that_a_professional_is_present_and_from_where(
    ask: Ask, act: Act, partners: World
) -> None:
    await assign(act, partners)
    answer = await ask("resident", WORKERS, id=partners.home)
    assert answer.errors is None
    assert answer.data is not None
    found = answer.data["neighbourhood"]["members"]["nodes"]
    assert [(each["displayName"], each["organisation"]) for each in found] == [
        ("Editor", {"name": "Town"}),
        ("Worker", None),
    ]
    kept = await models.Membership.get(organisation_id=partners.organisations["town"])
    assert (kept.state, kept.role) == (
        models.MembershipState.ACTIVE,
        models.MembershipRole.NEIGHBOURHOOD_WORKER,
    )
    assert (kept.verification, kept.street, kept.household_id) == (
        models.Verification.STAFF,
        None,
        None,
    )


async def test_a_worker_reads_what_is_open_to_professionals_until_called_back(
    ask: Ask, act: Act, partners: World
) -> None:
    assert (await ask("editor", FEED, id=partners.home)).data == {
        "neighbourhood": {"feed": {"nodes": []}}
    }
    await assign(act, partners)
    answer = await ask("editor", FEED, id=partners.home)
    assert answer.data is not None
    read = {post["audience"] for post in answer.data["neighbourhood"]["feed"]["nodes"]}
    assert read == {"NEIGHBOURHOOD", "NEIGHBOURS_NEARBY"}
    given = {"staff_id": partners.staff["editor"], "neighbourhood_id": partners.home}
    await act("manager", withdraw_worker, **given)
    assert (await ask("editor", FEED, id=partners.home)).data == {
        "neighbourhood": {"feed": {"nodes": []}}
    }
    async with refused(RefusalCode.NOT_FOUND):
        await act("manager", withdraw_worker, **given)


async def test_the_organisation_reads_where_its_own_people_are_sent_and_nothing_else(
    ask: Ask, act: Act, partners: World
) -> None:
    town = partners.organisations["town"]
    await assign(act, partners)
    elsewhere = partners.people["stranger"]
    await models.Staff.filter(id=partners.staff["analyst"]).update(
        resident_id=elsewhere.resident_id
    )
    answer = await ask("manager", ASSIGNMENTS, id=town)
    assert answer.errors is None
    assert answer.data is not None
    found = {
        each["name"]: [n["neighbourhood"]["slug"] for n in each["assignments"]["nodes"]]
        for each in answer.data["organisation"]["staff"]["nodes"]
    }
    assert found == {
        "Analyst": [],
        "Other_Unit": [],
        "Case_Worker": [],
        "Editor": ["home"],
        "Manager": [],
    }


async def test_who_works_for_two_organisations_is_listed_by_each_where_it_sends(
    ask: Ask, act: Act, partners: World
) -> None:
    """And one manager of both reads each apart."""
    centre = partners.organisations["centre"]
    for persona in ("editor", "manager"):
        await models.Staff.create(
            organisation_id=centre,
            resident_id=partners.people[persona].resident_id,
            role=models.StaffRole.MANAGER,
            name="Both",
        )
    await assign(act, partners, "editor", "beside")
    document = """
    query ($town: ID!, $centre: ID!) {
      town: organisation(id: $town) { ...people } centre: organisation(id: $centre) { ...people }
    }
    fragment people on Organisation { staff { nodes { assignments { nodes { since } } } } }
    """
    answer = await ask("manager", document, town=partners.organisations["town"], centre=centre)
    assert answer.data is not None
    counted = {
        name: sum(len(each["assignments"]["nodes"]) for each in found["staff"]["nodes"])
        for name, found in answer.data.items()
    }
    assert counted == {"town": 1, "centre": 0}


async def test_nobody_is_sent_where_the_organisation_does_not_cover(
    act: Act, partners: World
) -> None:
    for place in (partners.neighbourhoods["far"], UUID(int=1)):
        async with refused(RefusalCode.NOT_FOUND):
            given = {"staff_id": partners.staff["editor"], "neighbourhood_id": place}
            await act("manager", assign_worker, **given)


async def test_who_has_a_place_there_already_is_not_sent_there(act: Act, partners: World) -> None:
    await assign(act, partners)
    async with refused(RefusalCode.CONFLICT, "neighbourhood_id"):
        await assign(act, partners)
    await models.Staff.filter(id=partners.staff["analyst"]).update(
        resident_id=partners.people["neighbour"].resident_id
    )
    async with refused(RefusalCode.CONFLICT, "neighbourhood_id"):
        await assign(act, partners, "analyst")


async def test_who_has_not_joined_is_not_sent(act: Act, partners: World) -> None:
    await models.Staff.filter(id=partners.staff["analyst"]).update(resident_id=None)
    async with refused(RefusalCode.CONFLICT, "staff_id"):
        await assign(act, partners, "analyst")


@pytest.mark.parametrize(
    ("persona", "code"),
    [("editor", RefusalCode.FORBIDDEN), ("centre_manager", RefusalCode.NOT_FOUND)],
)
async def test_nobody_but_a_manager_sends_or_calls_back(
    act: Act, partners: World, persona: str, code: RefusalCode
) -> None:
    await assign(act, partners)
    given = {"staff_id": partners.staff["editor"], "neighbourhood_id": partners.home}
    for verb in (assign_worker, withdraw_worker):
        async with refused(code):
            await act(persona, verb, **given)
