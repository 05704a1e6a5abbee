"""Totals: of a whole place as it was counted, of a part of it only what is told of the part."""

from collections.abc import Sequence
from dataclasses import dataclass

import models
from auth.viewer import Office
from resolvers import suppression
from resolvers.context import Context
from resolvers.period import Span
from resolvers.publication import ORDER, Asked, Figure, belongs, value_of

# each neighbourhood has the first of these, and each that an organisation covers the second
EVERYWHERE, WHERE_COVERED = models.Measure.POSTS, models.Measure.VOLUNTEERS
# a total over all organisations is for the dashboard of the town
EXACT_ONLY = models.Measure.SHARES
# of a median, and of what only the place has, the parts tell no total
UNADDED = frozenset({models.Measure.CASES_RECEIVED, models.Measure.HOURS_TO_ANSWER})


@dataclass(frozen=True)
class Reach:
    """The stored figures of the places that an office reaches into, and how far it reaches."""

    office: Office
    figures: Sequence[models.Figure]

    def covered(self, measure: models.Measure) -> list[models.Figure]:
        """The figures of a measure in the covered neighbourhoods."""
        return [
            each for each in self._local(measure) if each.neighbourhood_id in self.office.covers
        ]

    def whole(self, measure: models.Measure) -> list[models.Figure]:
        """The figures of a measure of the places."""
        rows = [each for each in self.figures if each.measure is measure]
        return [each for each in rows if each.neighbourhood_id is None]

    def is_whole(self, measure: models.Measure) -> bool:
        """Whether the office covers all neighbourhoods that the figures of the places are about."""
        return len(self.covered(measure)) == len(self._local(measure)) > 0

    def _local(self, measure: models.Measure) -> list[models.Figure]:
        rows = [each for each in self.figures if each.measure is measure]
        return [each for each in rows if each.neighbourhood_id is not None]


async def reach(span: Span, office: Office) -> Reach:
    """The figures of one period in the places where an office covers a neighbourhood."""
    period = models.Figure.filter(period=span.period, starts_on=span.starts_on)
    inside = period.filter(neighbourhood_id__in=office.covers, measure=EVERYWHERE)
    places = {row.place for row in await inside}
    rows = await period.filter(place__in=places)
    return Reach(office, [row for row in rows if belongs(row, office)])


async def totals(asked: Sequence[Asked], _context: Context) -> list[list[Figure]]:
    """What the neighbourhoods come to together: for an office that covers the whole place its
    total, for another the sum of what is told, where nothing is hidden."""
    found = []
    for each in asked:
        reached = each.office and await reach(each.span, each.office)
        found.append(totals_of(reached) if reached else [])
    return found


def totals_of(reached: Reach) -> list[Figure]:
    """All totals of a reach, by measure."""
    rows = [each for each in reached.figures if each.neighbourhood_id is None]
    measures = {each.measure for each in rows} - {EXACT_ONLY}
    return [total(reached, measure) for measure in sorted(measures, key=ORDER.__getitem__)]


def total(reached: Reach, measure: models.Measure) -> Figure:
    """One total, rounded; hidden where a difference with it could tell something hidden."""
    rows = reached.whole(measure)
    is_own = any(each.organisation_id for each in rows)
    if reached.is_whole(WHERE_COVERED if is_own else EVERYWHERE):
        adds_up = len(rows) == 1 or measure not in UNADDED
        told = adds_up and not any(each.hidden for each in rows)
        return Figure(measure, suppression.rounded(sum(e.count for e in rows)) if told else None)
    values = [value_of(each) for each in reached.covered(measure)]
    told = measure not in UNADDED and None not in values
    return Figure(measure, sum(value or 0 for value in values) if told else None)
