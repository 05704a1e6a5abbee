"""The dashboard: exact for a whole town, rounded for others; and the locks of the three doors."""

import pytest

import models
from tests.inside import Ask
from tests.resolvers.counting import count_until, publish, settle
from tests.resolvers.test_statistic import ASKED, SERIES
from tests.world import World

DASHBOARD = """
query ($id: ID!) { dashboard(organisationId: $id) {
  asOf exact neighbourhoods households registeredHouseholds engagedHouseholds participation
  activeShare posts comments shares helpOffers volunteers
} }
"""
NOT_FOUND = "There is no such organisation."


@pytest.mark.parametrize("document", [ASKED, SERIES, DASHBOARD])
@pytest.mark.parametrize(
    ("persona", "words"),
    [
        ("centre_manager", NOT_FOUND),
        ("editor", "This needs the scope statistics:read."),
        ("case_worker", "This needs the scope statistics:read."),
        ("token shares:read", "This needs the scope statistics:read."),
        ("resident", "This needs the scope statistics:read."),
        ("token revoked", "Sign in first."),
        ("signed_out", "Sign in first."),
    ],
)
async def test_who_has_no_leave_is_told_nothing(
    ask: Ask, partners: World, document: str, persona: str, words: str
) -> None:
    await count_until("2020-06-02")
    given = {"id": partners.organisations["town"], "place": partners.home, "period": "MONTH"}
    answer = await ask(persona, document, **given)
    assert [error.message for error in answer.errors or ()] == [words]
    assert set((answer.data or {}).values()) <= {None}


async def test_a_small_town_has_no_exact_dashboard(ask: Ask, partners: World) -> None:
    for place, people in (("home", 11), ("beside", 12), ("far", 7)):
        await publish(await settle(partners, place, people, "2020-04-10"), "2020-05-10")
    await count_until("2020-06-02")
    answer = await ask("analyst", DASHBOARD, id=partners.organisations["town"])
    assert answer.data is not None
    assert answer.data["dashboard"] == {
        "asOf": "2020-05-31",
        "exact": False,
        "neighbourhoods": 2,
        "households": 200,
        "registeredHouseholds": 20,
        "engagedHouseholds": 20,
        "participation": 0.1,
        "activeShare": 1.0,
        "posts": None,
        "comments": None,
        "shares": None,
        "helpOffers": None,
        "volunteers": None,
    }


async def test_a_town_reads_the_exact_totals_of_the_whole(ask: Ask, partners: World) -> None:
    await models.Coverage.create(
        organisation_id=partners.organisations["town"],
        neighbourhood_id=partners.neighbourhoods["far"],
        since="2020-03-16",
    )
    for place, people in (("home", 11), ("beside", 12), ("far", 1)):
        members = await settle(partners, place, people, "2020-04-10")
        await publish(members[:7], "2020-05-10")
    await publish(members, "2020-06-10")
    await count_until("2020-07-02")
    answer = await ask("analyst", DASHBOARD, id=partners.organisations["town"])
    assert answer.data is not None
    told = answer.data["dashboard"]
    assert (told["asOf"], told["exact"], told["neighbourhoods"]) == ("2020-06-30", True, 3)
    assert (told["households"], told["registeredHouseholds"]) == (300, 24)
    assert (told["engagedHouseholds"], told["activeShare"]) == (15, 0.62)
    # the one post of June waits until five people are in the difference
    assert (told["posts"], told["comments"], told["shares"]) == (15, None, None)
