"""The dashboard: where a place stands at the end of the last month that was counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import models
from auth.scope import Scope
from auth.visibility import visible
from resolvers import suppression
from resolvers.context import Context
from resolvers.period import Span
from resolvers.statistic import OrganisationId, counted
from resolvers.total import EVERYWHERE, Reach, reach, total

M = models.Measure
# fewer neighbourhoods are no town in which one of them could not be told from the total
FEWEST = 3


@dataclass(frozen=True)
class Dashboard:
    """The figures of the covered neighbourhoods; None where one is hidden."""

    as_of: date
    exact: bool
    neighbourhoods: int
    households: int
    registered_households: int | None
    engaged_households: int | None
    posts: int | None
    comments: int | None
    shares: int | None
    help_offers: int | None
    volunteers: int | None

    @property
    def participation(self) -> float | None:
        """The registered of all households, 0 to 1, to three decimals."""
        return _ratio(self.registered_households, self.households)

    @property
    def active_share(self) -> float | None:
        """Those that ever took part of the registered households, 0 to 1, to two decimals."""
        share = _ratio(self.engaged_households, self.registered_households)
        return None if share is None else round(share, 2)


async def dashboard(context: Context, *, organisation_id: OrganisationId) -> Dashboard | None:
    """Where the covered neighbourhoods stand; null while nothing is counted.

    A town that covers a whole place reads exact totals of the whole, others rounded ones.
    """
    office = context.office(organisation_id, Scope.STATISTICS_READ)
    span = await counted(models.Period.MONTH, None)
    if span is None:
        return None
    reached = await reach(span, office)
    organisation = await visible(models.Organisation, context.viewer).get(id=organisation_id)
    is_town = organisation.kind is models.OrganisationKind.TOWN
    places = len(reached.covered(EVERYWHERE))
    exact = is_town and places >= FEWEST and reached.is_whole(EVERYWHERE)
    known = visible(models.Neighbourhood, context.viewer)
    ids = [each.neighbourhood_id for each in reached.covered(EVERYWHERE)]
    households = sum(place.household_count for place in await known.filter(id__in=ids))
    blank = Dashboard(span.ends_on, exact, places, households, *[None] * 7)
    return await (_exact if exact else _rounded)(blank, span, reached)


async def _exact(blank: Dashboard, span: Span, reached: Reach) -> Dashboard:
    """The totals of whole places; shares and volunteers are those of all organisations."""
    return replace(
        blank,
        registered_households=standing(reached, M.REGISTERED_HOUSEHOLDS),
        engaged_households=standing(reached, M.ENGAGED_HOUSEHOLDS),
        posts=await _summed(span, reached, M.POSTS),
        comments=await _summed(span, reached, M.COMMENTS),
        shares=await _summed(span, reached, M.SHARES),
        help_offers=standing(reached, M.HELP_OFFERS),
        volunteers=await _volunteers(span, reached),
    )


async def _rounded(blank: Dashboard, span: Span, reached: Reach) -> Dashboard:
    """What the statistics of the last month tell; the sums of all months for a whole place."""
    whole = reached.is_whole(EVERYWHERE)
    posts = await _summed(span, reached, M.POSTS) if whole else None
    comments = await _summed(span, reached, M.COMMENTS) if whole else None
    return replace(
        blank,
        registered_households=total(reached, M.REGISTERED_HOUSEHOLDS).value,
        engaged_households=total(reached, M.ENGAGED_HOUSEHOLDS).value,
        posts=None if posts is None else suppression.rounded(posts),
        comments=None if comments is None else suppression.rounded(comments),
        help_offers=total(reached, M.HELP_OFFERS).value,
        volunteers=total(reached, M.VOLUNTEERS).value,
    )


def standing(reached: Reach, measure: models.Measure) -> int | None:
    """The exact total of what stood at the end of the month; None where few people are in it."""
    rows = reached.whole(measure)
    return None if not rows or any(each.hidden for each in rows) else sum(e.count for e in rows)


async def _summed(span: Span, reached: Reach, measure: models.Measure) -> int | None:
    """The exact sum of all months; None where few people are in it."""
    rows = await models.Figure.filter(
        place__in={each.place for each in reached.figures},
        period=models.Period.MONTH,
        measure=measure,
        neighbourhood_id=None,
        starts_on__lte=span.starts_on,
    )
    return summed(rows)


def summed(rows: Sequence[models.Figure]) -> int | None:
    """The sum of the months of each place up to the last that is settled; the others wait.

    None where nothing of a place is settled.
    """
    total = 0
    for place in {row.place for row in rows}:
        months = [row for row in rows if row.place == place]
        settled = [row.starts_on for row in months if row.settled]
        if not settled:
            return None
        total += sum(row.count for row in months if row.starts_on <= max(settled))
    return total if rows else None


async def _volunteers(span: Span, reached: Reach) -> int | None:
    """The exact number for all organisations together."""
    rows = await models.Figure.filter(
        place__in={each.place for each in reached.figures},
        period=span.period,
        starts_on=span.starts_on,
        measure=M.VOLUNTEERS,
        neighbourhood_id=None,
    )
    return told_together(rows)


def told_together(rows: Sequence[models.Figure]) -> int | None:
    """The sum over those organisations for which the total is told; None where it is for none."""
    told = [row.count for row in rows if not row.hidden]
    return sum(told) if told else None


def _ratio(part: int | None, whole: int | None) -> float | None:
    return round(part / whole, 3) if part is not None and whole else None
