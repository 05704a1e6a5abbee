"""The periods that figures are about: ISO weeks and calendar months, in days of UTC, when over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import models

WEEK, MONTH = models.Period
# what was written before midnight is committed by then
GRACE = timedelta(hours=1)


@dataclass(frozen=True)
class Span:
    """One week or one month: from `starts_on` to the day before `next_on`."""

    period: models.Period
    starts_on: date

    @property
    def next_on(self) -> date:
        """The first day after it."""
        if self.period is WEEK:
            return self.starts_on + timedelta(weeks=1)
        return (self.starts_on.replace(day=28) + timedelta(days=4)).replace(day=1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.next_on - timedelta(days=1)

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return midnight(self.starts_on)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return midnight(self.next_on)

    @property
    def following(self) -> "Span":
        """The one after it."""
        return Span(self.period, self.next_on)

    @property
    def weeks_exactly(self) -> list["Span"]:
        """The weeks that make up a month that begins on a Monday and ends on a Sunday, or none."""
        if self.period is WEEK or self.starts_on.weekday() or self.next_on.weekday():
            return []
        days = (self.next_on - self.starts_on).days
        return [Span(WEEK, self.starts_on + timedelta(n)) for n in range(0, days, 7)]


def spans(since: date, now: datetime) -> list[Span]:
    """Every period that was over at a moment, from a day on; weeks before the month they end in."""
    found = [span for period in models.Period for span in _spans(period, since, now)]
    return sorted(found, key=lambda span: (span.next_on, span.period is MONTH))


def first_day(period: models.Period, day: date) -> date:
    """The first day of the period that a day lies in."""
    return day - timedelta(day.weekday()) if period is WEEK else day.replace(day=1)


def midnight(day: date) -> datetime:
    """The first moment of a day, in UTC."""
    return datetime.combine(day, time(), UTC)


def _spans(period: models.Period, since: date, now: datetime) -> Iterator[Span]:
    span = Span(period, first_day(period, since))
    while span.ends + GRACE <= now:
        yield span
        span = span.following
