"""When people write: a year in Deinze, day by day and hour by hour, in Unix milliseconds (UTC)."""

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_DAY = date(2021, 3, 15)
BED_TIME = 23
RISING_TIME = 7
WAKING = (BED_TIME - RISING_TIME) * HOUR

# The factor by which a day is busier (or quieter) than an ordinary one.
SEASONS = (
    (date(2020, 3, 16), date(2020, 4, 5), 2.4),
    (date(2020, 4, 6), date(2020, 5, 10), 1.7),
    (date(2020, 5, 11), date(2020, 6, 14), 1.1),
    (date(2020, 7, 1), date(2020, 8, 4), 0.65),
    (date(2020, 8, 5), date(2020, 8, 16), 1.3),
    (date(2020, 8, 17), date(2020, 8, 31), 0.75),
    (date(2020, 10, 16), date(2020, 11, 22), 1.35),
    (date(2020, 12, 18), date(2021, 1, 3), 1.15),
    (date(2021, 2, 7), date(2021, 2, 14), 2.2),
)
# Monday to Sunday.
WEEK = (0.9, 0.88, 0.98, 0.9, 0.95, 1.2, 1.25)
# Hours of the local clock, from midnight: lunch and evening on working days, all day at weekends.
WORKING = (0, 0, 0, 0, 0, 0, 0, 3, 4, 4, 4, 5, 8, 7, 4, 4, 6, 8, 9, 13, 15, 12, 7, 0)
FREE = (0, 0, 0, 0, 0, 0, 0, 1, 4, 8, 11, 11, 8, 7, 8, 9, 9, 9, 8, 9, 10, 8, 5, 0)
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def midnight(day: date) -> int:
    """The start of a day on the local clock. Summer time begins and ends at midnight here."""
    summer = date(2020, 3, 29) <= day < date(2020, 10, 25)
    days = (day - EPOCH.date()).days
    return days * DAY - (2 if summer else 1) * HOUR


FIRST_DAY = date(2020, 1, 1)
MIDNIGHTS = [midnight(FIRST_DAY + timedelta(n)) for n in range((LAST_DAY - FIRST_DAY).days + 2)]
END = MIDNIGHTS[-1] - SECOND


def moment(at: int) -> datetime:
    """The same instant as a datetime."""
    return EPOCH + timedelta(milliseconds=at)


def unix(moment: datetime) -> int:
    """The instant of a datetime."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def clock(at: int) -> tuple[date, int]:
    """The local day of an instant and the milliseconds since its midnight."""
    index = bisect_right(MIDNIGHTS, at) - 1
    return FIRST_DAY + timedelta(index), at - MIDNIGHTS[index]


def awake(at: int, random: Random) -> int:
    """The instant, or when it falls at night, an hour of the day after at which people write."""
    day, elapsed = clock(at)
    if RISING_TIME * HOUR <= elapsed < BED_TIME * HOUR:
        return at
    if elapsed >= BED_TIME * HOUR:
        at, day = at + DAY, day + timedelta(1)
    return at - elapsed + hour(day, random)


def later(since: int, median: int, random: Random) -> int:
    """An instant after `since`, as people answer: `median` milliseconds later, sometimes days."""
    at = awake(min(END, since + SECOND + int(random.lognormvariate(0, 1.5) * median)), random)
    return at if at <= END else since + int((END - since) * random.random())


def within(since: int, until: int, median: int, random: Random) -> int:
    """An instant after `since`, as people answer, but before `until`; by day if there is one."""
    at = later(since, median, random)
    if at < until:
        return at
    part, begun, ended = random.uniform(0.05, 0.4), waking(since), waking(until)
    if ended - begun < MINUTE:
        return since + 1 + int((until - since) * part)
    days, elapsed = divmod(begun + 1 + int((ended - begun) * part), WAKING)
    return MIDNIGHTS[days] + RISING_TIME * HOUR + elapsed


def waking(at: int) -> int:
    """The milliseconds of waking life up to an instant, since the first day: nights left out."""
    day, elapsed = clock(at)
    up = min(max(elapsed - RISING_TIME * HOUR, 0), WAKING)
    return (day - FIRST_DAY).days * WAKING + up


def soon(at: int, random: Random) -> str:
    """A day within two weeks and a half after the instant, in words: "zaterdag 12 september"."""
    day = clock(at)[0] + timedelta(random.randint(3, 17))
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def busyness(day: date, opened_on: date) -> float:
    """How much is written on a day, relative to an ordinary day with all neighbours there."""
    season = next((factor for first, last, factor in SEASONS if first <= day <= last), 1.0)
    grown = min(1.0, 0.4 + (day - opened_on).days / 75)
    return season * WEEK[day.weekday()] * grown


def draw(opened_on: date, count: int, random: Random) -> list[int]:
    """`count` instants of writing between the opening and the end of the year, in order."""
    days = [opened_on + timedelta(n) for n in range((LAST_DAY - opened_on).days + 1)]
    weights = list(accumulate(busyness(day, opened_on) for day in days))
    drawn = random.choices(days, cum_weights=weights, k=count)
    return sorted(MIDNIGHTS[(day - FIRST_DAY).days] + hour(day, random) for day in drawn)


def hour(day: date, random: Random) -> int:
    """Milliseconds from the midnight of a day to an hour at which people write."""
    chosen = random.choices(range(24), FREE if day.weekday() >= 5 else WORKING)[0]
    return chosen * HOUR + random.randrange(HOUR)
