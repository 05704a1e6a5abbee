"""Statistics: what is counted, who is told what of it, and that an answer stays what it was."""

from typing import Any

import pytest

import models
from resolvers import tally
from tests.inside import Ask
from tests.resolvers import counting
from tests.resolvers.counting import count_until, moment, publish, settle
from tests.world import World

ASKED = """
query ($id: ID!, $period: Period!, $day: Date, $first: Int, $after: String) {
  statistics(organisationId: $id, period: $period, startsOn: $day) {
    period startsOn endsOn totals { measure value hidden }
    neighbourhoods(first: $first, after: $after) {
      nodes { neighbourhood { slug } figures { measure value hidden } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
SERIES = """
query ($id: ID!, $place: ID!, $period: Period!, $first: Int, $after: String) {
  series(organisationId: $id, neighbourhoodId: $place, period: $period, first: $first,
         after: $after) {
    nodes { period startsOn endsOn neighbourhood { slug } figures { measure value } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
OWN = """
query ($id: ID!, $period: Period!, $day: Date) {
  neighbourhood(id: $id) {
    statistics(period: $period, startsOn: $day) {
      startsOn neighbourhood { slug } figures { measure value hidden }
    }
  }
}
"""
MAY = {"period": "MONTH", "day": "2020-05-01"}


async def statistics(
    ask: Ask, world: World, persona: str = "analyst", of: str = "town", **given: Any
) -> Any:
    answer = await ask(persona, ASKED, id=world.organisations[of], **{**MAY, **given})
    assert answer.errors is None
    assert answer.data is not None
    return answer.data["statistics"]


def values(figures: list[dict[str, Any]]) -> dict[str, int | None]:
    for each in figures:
        assert each.get("hidden", each["value"] is None) is (each["value"] is None)
    return {each["measure"]: each["value"] for each in figures}


async def local(ask: Ask, world: World, measure: str, **given: Any) -> dict[str, int | None]:
    """What an office is told of a measure, by neighbourhood."""
    nodes = (await statistics(ask, world, **given))["neighbourhoods"]["nodes"]
    return {node["neighbourhood"]["slug"]: values(node["figures"])[measure] for node in nodes}


async def test_a_month_counts_what_residents_did_in_it_and_rounds(
    ask: Ask, partners: World
) -> None:
    neighbours = await settle(partners, "home", 8, "2020-04-10")
    others = await settle(partners, "beside", 13, "2020-04-10")
    await publish(await settle(partners, "far", 5, "2020-04-10"), "2020-05-10")
    posts = await publish(neighbours, "2020-05-31T23:59:59")
    await publish(neighbours, "2020-06-01T00:00:00")
    await publish(neighbours, "2020-04-30T23:59:59")
    await publish(others, "2020-05-04")
    await models.Post.filter(id=posts[0].id).update(removed_at=moment("2020-06-01"))
    await count_until("2020-06-02")
    counted = await models.Figure.filter(
        neighbourhood_id=partners.home, starts_on="2020-05-01", period="MONTH", organisation_id=None
    )
    assert {row.measure.value: (row.count, row.people) for row in counted} == {
        "REGISTERED_HOUSEHOLDS": (8, 8),
        "ENGAGED_HOUSEHOLDS": (8, 8),
        "ACTIVE_HOUSEHOLDS": (7, 7),
        "POSTS": (7, 7),
        "COMMENTS": (0, 0),
        "REACTIONS": (0, 0),
        "HELP_OFFERS": (0, 0),
    }
    assert await local(ask, partners, "POSTS") == {"home": 5, "beside": 15}
    assert await local(ask, partners, "REGISTERED_HOUSEHOLDS") == {"home": 10, "beside": 15}
    assert await local(ask, partners, "COMMENTS") == {"home": None, "beside": None}


async def test_who_writes_much_is_still_one(ask: Ask, partners: World) -> None:
    few = await settle(partners, "home", 4, "2020-04-10")
    many = await settle(partners, "beside", 9, "2020-04-10")
    more = await settle(partners, "far", 9, "2020-04-10")
    await publish(many, "2020-04-20")
    for day in range(10, 20):
        await publish(few, f"2020-05-{day}")
    await publish([*many, *more], "2020-05-10")
    await count_until("2020-06-02")
    rows = await models.Figure.filter(starts_on="2020-05-01", period="MONTH", measure="POSTS")
    counted = {row.neighbourhood_id: (row.count, row.people, row.hidden) for row in rows}
    assert counted[partners.home] == (40, 4, True)
    assert counted[None] == (58, 22, False)
    # the neighbourhoods that it is halved with are hidden along
    assert await local(ask, partners, "POSTS") == {"home": None, "beside": None}


async def test_an_office_that_covers_a_part_is_told_no_total_that_others_could_subtract(
    ask: Ask, partners: World
) -> None:
    for place, people in (("home", 11), ("beside", 12), ("far", 7)):
        members = await settle(partners, place, people, "2020-04-10")
        await publish(members, "2020-04-20")
        await publish(members, "2020-05-10")
    await count_until("2020-06-02")
    part = await statistics(ask, partners)
    centre = await statistics(ask, partners, "centre_manager", "centre")
    alone = await statistics(ask, partners, "token elsewhere")
    town = [part, centre, alone]
    assert [values(each["totals"])["POSTS"] for each in town] == [20, 10, 10]
    assert [len(each["neighbourhoods"]["nodes"]) for each in town] == [2, 1, 1]
    await models.Coverage.create(
        organisation_id=partners.organisations["town"],
        neighbourhood_id=partners.neighbourhoods["far"],
        since="2020-03-16",
    )
    whole = await statistics(ask, partners)
    assert values(whole["totals"])["POSTS"] == 30
    assert values(whole["totals"])["REACTIONS"] is None


async def test_a_neighbourhood_has_the_same_figures_for_whoever_asks(
    ask: Ask, partners: World
) -> None:
    for place, people in (("home", 11), ("beside", 3), ("far", 9)):
        members = await settle(partners, place, people, "2020-04-10")
        await publish(members, "2020-04-20")
        await publish(members, "2020-05-10")
    await count_until("2020-06-02")
    told = [
        await local(ask, partners, "POSTS", persona=persona, of=of)
        for persona, of in (("analyst", "town"), ("centre_manager", "centre"), ("manager", "town"))
    ]
    answer = await ask("resident", OWN, id=partners.home, **MAY)
    assert answer.data is not None
    own = answer.data["neighbourhood"]["statistics"]
    assert {each["home"] for each in told} == {10} == {values(own["figures"])["POSTS"]}
    assert own["neighbourhood"] == {"slug": "home"}
    assert set(values(own["figures"])) == {measure.value for measure in tally.COMMON}


@pytest.mark.parametrize(
    ("persona", "may"),
    [
        *((each, True) for each in ("resident", "neighbour", "moderator", "worker")),
        *((each, False) for each in ("nearby", "stranger", "worker_elsewhere", "pending")),
        *((each, False) for each in ("former", "analyst", "token statistics:read", "signed_out")),
    ],
)
async def test_neighbours_read_the_figures_of_their_own_neighbourhood_only(
    ask: Ask, partners: World, persona: str, may: bool
) -> None:
    await publish(await settle(partners, "home", 11, "2020-04-10"), "2020-05-10")
    await count_until("2020-06-02")
    answer = await ask(persona, OWN, id=partners.home, **MAY)
    assert answer.errors is None
    assert answer.data is not None
    assert (answer.data["neighbourhood"]["statistics"] is not None) is may


async def test_a_token_for_statistics_opens_the_doors(ask: Ask, partners: World) -> None:
    await count_until("2020-06-02")
    told = await statistics(ask, partners, "token statistics:read")
    assert (told["startsOn"], told["endsOn"]) == ("2020-05-01", "2020-05-31")


async def test_a_neighbourhood_that_is_not_covered_has_no_series(ask: Ask, partners: World) -> None:
    await count_until("2020-06-02")
    given = {"id": partners.organisations["town"], "period": "MONTH"}
    hidden = await ask("analyst", SERIES, place=partners.neighbourhoods["far"], **given)
    never = await ask("analyst", SERIES, place=partners.organisations["town"], **given)
    for answer in (hidden, never):
        assert [e.message for e in answer.errors or ()] == ["There is no such neighbourhood."]


async def test_a_series_is_walked_from_the_newest_period_to_the_opening(
    ask: Ask, partners: World
) -> None:
    await count_until("2020-06-02")
    given = {"id": partners.organisations["town"], "place": partners.home, "period": "MONTH"}
    found, after = [], None
    for _ in range(3):
        answer = await ask("analyst", SERIES, first=1, after=after, **given)
        assert answer.data is not None
        page = answer.data["series"]
        found += [node["startsOn"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert found == ["2020-05-01", "2020-04-01", "2020-03-01"]
    assert page["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize(("period", "day"), [("WEEK", "2020-05-05"), ("MONTH", "2020-05-04")])
async def test_there_are_no_periods_but_weeks_and_months(
    ask: Ask, partners: World, period: str, day: str
) -> None:
    await count_until("2020-06-02")
    given = {"id": partners.organisations["town"], "period": period, "day": day}
    answer = await ask("analyst", ASKED, **given)
    assert [error.message for error in answer.errors or ()] == [
        "A week begins on a Monday, a month on its first day."
    ]


async def test_a_period_that_is_not_over_has_no_figures(ask: Ask, partners: World) -> None:
    await count_until("2020-06-01T00:59:59")
    assert await statistics(ask, partners) is None
    assert (await statistics(ask, partners, day=None))["startsOn"] == "2020-04-01"
    await count_until("2020-06-01T01:00:00")
    assert (await statistics(ask, partners, day=None))["startsOn"] == "2020-05-01"


async def test_the_same_question_has_the_same_answer_for_ever(ask: Ask, partners: World) -> None:
    neighbours = await settle(partners, "home", 11, "2020-04-10")
    posts = await publish(neighbours, "2020-05-10")
    await count_until("2020-06-02")
    before = await statistics(ask, partners)
    await publish(neighbours, "2020-05-11")
    await models.Post.filter(id__in=[post.id for post in posts]).update(
        removed_at=moment("2020-06-03")
    )
    assert await count_until("2020-06-02") == 0
    assert await statistics(ask, partners) == before


async def test_what_is_shared_counts_for_the_organisation_it_is_shared_with(
    ask: Ask, partners: World
) -> None:
    neighbours = await settle(partners, "home", 6, "2020-04-10")
    for author, post in zip(neighbours, await publish(neighbours, "2020-05-10"), strict=True):
        await counting.share(partners, post, author, "centre", "2020-05-12")
    await count_until("2020-06-02")
    shares = {
        row.organisation_id: row.count
        for row in await models.Figure.filter(
            measure="SHARES_IDEA", starts_on="2020-05-01", neighbourhood_id=partners.home
        )
    }
    town, centre = (partners.organisations[each] for each in ("town", "centre"))
    assert shares == {town: 0, centre: 6}
    # of few purposes and few organisations all are hidden: a difference would tell the others
    told = await local(ask, partners, "SHARES_IDEA", persona="centre_manager", of="centre")
    assert told == {"home": None}
    assert await local(ask, partners, "SHARES_IDEA") == {"home": None, "beside": None}
