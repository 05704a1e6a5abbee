"""The parts of the week in which something is wanted, by the clocks of the Low Countries."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import models

CLOCK = ZoneInfo("Europe/Brussels")
MORNING, NOON, EVENING = 6, 12, 18
PARTS = list(models.Availability)
A_DAY = 3
A_WEEK = timedelta(days=7)
STEP = timedelta(hours=1)
A_LITTLE = timedelta(microseconds=1)


def parts_of(request: models.HelpRequest, now: datetime) -> list[models.Availability]:
    """The parts of the week in which help is wanted, from now on; none where no time was said.

    Where no end was said, it lasts as many minutes as it takes.
    """
    begin, end = _stretch(request, now)
    if begin is None or end is None or end < now:
        return []
    begin = max(begin, now)
    if end - begin >= A_WEEK:
        return PARTS
    found = {part_of(begin), part_of(max(begin, end - A_LITTLE))}
    while (begin := begin + STEP) < end:
        found.add(part_of(begin))
    return sorted(found, key=PARTS.index)


def part_of(moment: datetime) -> models.Availability:
    """The part of the week a moment falls in; the night belongs to the evening before it."""
    local = moment.astimezone(CLOCK)
    begins = local.weekday() * A_DAY
    if local.hour < MORNING:
        return PARTS[begins - 1]
    return PARTS[begins + (local.hour >= NOON) + (local.hour >= EVENING)]


def _stretch(
    request: models.HelpRequest, now: datetime
) -> tuple[datetime, datetime] | tuple[None, None]:
    begin, end = request.wanted_from, request.wanted_until
    if begin is None and end is None:
        is_today = request.urgency is models.Urgency.TODAY
        return (now, _midnight(now)) if is_today else (None, None)
    begin = begin or now
    return begin, end or begin + timedelta(minutes=request.minutes or 0)


def _midnight(now: datetime) -> datetime:
    tomorrow = now.astimezone(CLOCK) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
