"""Counts what happened in a period, once, when it is over: for all neighbourhoods in one statement.

It counts rows and people, and reads no words. What it counts is stored, and never counted again.
"""

from collections import defaultdict
from dataclasses import fields
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

import models
from models.base import floor
from models.database import connection
from models.transaction import transaction
from resolvers import tally
from resolvers.period import Span, spans
from resolvers.tally import Before, Count, Counted, Key

LOCK = 0x6669677572  # any number that nobody else locks
# eight years of weeks and months: a town that is loaded whole is counted in one round
AT_ONCE = 500
# $1, $2: first moment and the one after the last; $3, $4: the ids of these; $5: the day after.
# $6, $7: measures of a neighbourhood, and of an organisation in it; all have a row, be it of zero.
COUNT = """
with open as (select id, place from neighbourhood where opened_on < $5::date),
covered as (
    select open.*, c.organisation_id from open join coverage c on c.neighbourhood_id = open.id
    where c.since < $5::date
), acts as (
    select 'POSTS' as measure, neighbourhood_id, author_id from post
    where id >= $3 and id < $4 and removed_at is null and author_id is not null
    union all
    select 'COMMENTS', neighbourhood_id, author_id from comment
    where id >= $3 and id < $4 and removed_at is null and deleted_at is null
      and author_id is not null
    union all
    select 'REACTIONS', neighbourhood_id, author_id from reaction where id >= $3 and id < $4
), counted (measure, neighbourhood_id, organisation_id, count, people) as (
    select measure, neighbourhood_id, null::uuid, count(*), count(distinct author_id) from acts
    group by 1, 2
    union all
    select 'ACTIVE_HOUSEHOLDS', m.neighbourhood_id, null, count(distinct m.household_id),
           count(distinct m.household_id)
    from acts join membership m on m.id = acts.author_id group by 2
    union all
    select 'REGISTERED_HOUSEHOLDS', neighbourhood_id, null, count(*), count(*) from household
    where registered_at < $2 group by 2
    union all
    select 'ENGAGED_HOUSEHOLDS', h.neighbourhood_id, null, count(*), count(*) from household h
    where 'ENGAGED_HOUSEHOLDS' = any($6) and h.registered_at < $2 and exists (
        select from membership m where m.household_id = h.id and (
            exists (select from post where author_id = m.id and id < $4 and removed_at is null)
            or exists (select from comment where author_id = m.id and id < $4
                       and removed_at is null and deleted_at is null)
            or exists (select from reaction where author_id = m.id and id < $4)))
    group by 2
    union all
    select 'HELP_OFFERS', o.neighbourhood_id, null, count(*), count(*) from help_offer o
    join membership m on m.id = o.membership_id and m.state = 'ACTIVE'
    where o.id < $4 and o.skills <> '{}' group by 2
    union all
    select 'VOLUNTEERS', neighbourhood_id, organisation_id, count(distinct membership_id),
           count(distinct membership_id) from volunteer_consent
    where id < $4 and expires_at >= $2 and (revoked_at is null or revoked_at >= $2) group by 2, 3
    union all
    select 'SHARES_' || purpose, neighbourhood_id, organisation_id, count(distinct post_id),
           count(distinct resident_id) from post_share where id >= $3 and id < $4 group by 1, 2, 3
    union all
    select 'CASES_ANSWERED', neighbourhood_id, organisation_id, count(*),
           count(distinct resident_id)
    from "case" where answered_at >= $1 and answered_at < $2 group by 2, 3
    union all
    select 'CASES_CLOSED', neighbourhood_id, organisation_id, count(*), count(distinct resident_id)
    from "case" where closed_at >= $1 and closed_at < $2 group by 2, 3
)
select cell.place, cell.organisation_id, cell.measure, cell.id as neighbourhood_id,
       coalesce(counted.count, 0) as count, coalesce(counted.people, 0) as people
from (select id, place, null::uuid as organisation_id, unnest($6::text[]) as measure from open
      union all select id, place, organisation_id, unnest($7::text[]) from covered) as cell
left join counted on counted.neighbourhood_id = cell.id and counted.measure = cell.measure
    and counted.organisation_id is not distinct from cell.organisation_id
order by 1, 2, 3, 4
"""
MEDIAN = """
select n.place, c.organisation_id, c.neighbourhood_id, 'HOURS_TO_ANSWER' as measure,
       round((percentile_cont(0.5) within group (order by
           extract(epoch from c.answered_at - c.created_at))) / 3600)::int as count,
       count(distinct c.resident_id) as people
from "case" c join neighbourhood n on n.id = c.neighbourhood_id and n.opened_on < $3::date
join coverage v on v.neighbourhood_id = n.id and v.organisation_id = c.organisation_id
    and v.since < $3::date
where c.answered_at >= $1 and c.answered_at < $2
group by grouping sets ((1, 2, 3), (1, 2)) order by 1
"""
WAITING = """
select f.place, f.measure, sum(f.people)::int as people from figure f
where f.period = 'MONTH' and f.neighbourhood_id is null and f.organisation_id is null
  and not f.settled and f.starts_on < $1 and not exists (
    select from figure s where s.period = 'MONTH' and s.neighbourhood_id is null
      and s.organisation_id is null and s.place = f.place and s.measure = f.measure and s.settled
      and s.starts_on > f.starts_on and s.starts_on < $1)
group by 1, 2
"""


COLUMNS = tuple(column.name for column in fields(Counted))
# hundreds of rows a period: as tuples, for a model apiece takes most of the time
columns_of = attrgetter(*COLUMNS)
WRITE = f"""
insert into figure (created_at, {", ".join(COLUMNS)})
values (now(), {", ".join(f"${place}" for place in range(1, len(COLUMNS) + 1))})
"""  # noqa: S608 — names of columns


async def count_due(now: datetime, *, limit: int = AT_ONCE) -> int:
    """Count the periods that are over and not yet counted, at most `limit`; gives how many."""
    rows = await connection().execute_query_dict("select min(opened_on) as day from neighbourhood")
    if rows[0]["day"] is None:
        return 0
    due = await _uncounted(spans(rows[0]["day"], now))
    for span in due[:limit]:
        async with transaction():
            await connection().execute_query("select pg_advisory_xact_lock($1)", [LOCK])
            same = models.Figure.filter(period=span.period, starts_on=span.starts_on)
            if not await same.exists():
                await _count(span)
    return len(due[:limit])


async def _uncounted(over: list[Span]) -> list[Span]:
    """Those after the last that was counted: they are counted in their order, none is skipped."""
    sql = "select period, max(starts_on) as day from figure group by 1"
    last = {row["period"]: row["day"] for row in await connection().execute_query_dict(sql)}
    return [span for span in over if span.starts_on > last.get(span.period, date.min)]


async def _count(span: Span) -> None:
    """Count one period and decide what of it is told, place by place."""
    moments = [span.begins, span.ends]
    measures = [each for each in tally.COMMON if _is_of(each, span.period)]
    given = [*moments, floor(span.begins), floor(span.ends), span.next_on, measures, tally.OWN]
    counts = await connection().execute_query_dict(COUNT, given)
    medians = await connection().execute_query_dict(MEDIAN, [*moments, span.next_on])
    befores, hours = await _befores(span), _by_place(medians)
    for place, counted in _by_place(counts).items():
        figures = tally.figures(span, place, counted, hours[place], befores[place])
        await connection().execute_many(WRITE, [list(columns_of(each)) for each in figures])


def _is_of(measure: models.Measure, period: models.Period) -> bool:
    """Who ever took part is counted by the month: it looks back over everything."""
    return period is models.Period.MONTH or measure is not models.Measure.ENGAGED_HOUSEHOLDS


def _by_place(rows: list[dict[str, Any]]) -> dict[str, list[Count]]:
    found: dict[str, list[Count]] = defaultdict(list)
    for place, group in groupby(rows, itemgetter("place")):
        found[place] += [Count(_key(row), row["count"], row["people"]) for row in group]
    return found


def _key(row: dict[str, Any]) -> Key:
    measure = models.Measure(row["measure"])
    return Key(measure, row["organisation_id"], row["neighbourhood_id"])


async def _befores(span: Span) -> dict[str, Before]:
    """What earlier months and the weeks of this one decided, by place."""
    waiting: dict[str, dict[models.Measure, int]] = defaultdict(dict)
    linked: dict[str, set[Key]] = defaultdict(set)
    if span.period is models.Period.MONTH:
        for row in await connection().execute_query_dict(WAITING, [span.starts_on]):
            waiting[row["place"]][models.Measure(row["measure"])] = row["people"]
    weeks = [week.starts_on for week in span.weeks_exactly]
    for row in await models.Figure.filter(
        period=models.Period.WEEK, starts_on__in=weeks, hidden=True
    ).values("place", "measure", "organisation_id", "neighbourhood_id"):
        linked[row["place"]].add(_key(row))
    places = defaultdict(lambda: Before({}, frozenset()))
    for place in {*waiting, *linked}:
        places[place] = Before(waiting[place], frozenset(linked[place]))
    return places
