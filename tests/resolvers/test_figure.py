"""Counting: what is a figure and what is not, each period once, and the weeks of a month."""

import asyncio

import models
from models.database import connection
from resolvers import figure
from tests.resolvers import counting
from tests.resolvers.counting import count_until, moment, publish, settle
from tests.world import World


async def test_what_an_organisation_announces_is_no_post_of_a_resident(partners: World) -> None:
    await models.Post.create(
        id=counting.id_of(moment("2020-05-09")),
        neighbourhood_id=partners.home,
        organisation_id=partners.organisations["town"],
        kind=models.PostKind.ANNOUNCEMENT,
        body="Sneeuw.",
    )
    await count_until("2020-06-02")
    rows = await models.Figure.filter(measure="POSTS")
    assert {row.count for row in rows} == {0}


async def test_two_who_count_at_once_count_once(partners: World) -> None:
    now = moment("2020-06-02")
    await asyncio.gather(figure.count_due(now), figure.count_due(now))
    doubled = await connection().execute_query_dict(
        """select 1 from figure group by period, starts_on, place, neighbourhood_id, measure,
            organisation_id having count(*) > 1"""
    )
    # from the 16th of March: eleven weeks, and three months
    periods = await models.Figure.all().distinct().values_list("period", "starts_on")
    assert (doubled, len(periods)) == ([], 14)


async def test_a_round_counts_no_more_than_it_may_and_goes_on_from_there(partners: World) -> None:
    rounds = [await figure.count_due(moment("2020-06-02"), limit=5) for _ in range(4)]
    assert rounds == [5, 5, 4, 0]


async def test_a_month_of_whole_weeks_hides_what_one_of_its_weeks_hides(partners: World) -> None:
    members = await settle(partners, "home", 9, "2021-01-10")
    for day, count in (("2021-02-02", 9), ("2021-02-09", 9), ("2021-02-16", 9), ("2021-02-23", 3)):
        for place in ("home", "beside", "far"):
            writers = members if place == "home" else await settle(partners, place, 9, "2021-01-10")
            await publish(writers[: count if place == "home" else 9], day)
    await count_until("2021-03-02")
    rows = await models.Figure.filter(
        measure="POSTS", neighbourhood_id=partners.home, starts_on__gte="2021-02-01"
    ).order_by("starts_on", "period")
    assert [(row.period.value, row.people, row.hidden) for row in rows if row.hidden] == [
        ("MONTH", 9, True),
        ("WEEK", 3, True),
    ]
