"""What the posts of kind EVENT invite to, and who came."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, crowd, identity, post

GOING, MAYBE, NOT_GOING, WAITING = models.AttendanceState
ANSWERS, WEIGHTS = (GOING, MAYBE, NOT_GOING), (60, 28, 12)
# The hours of the local clock at which people meet, on a working day and at the weekend.
HOURS = {False: (19, 20), True: (10, 14, 16, 19)}
LIMITED, PLACES = 0.2, (6, 8, 10)
MOST = 14


@dataclass(slots=True)
class Gathering:
    """The columns of a gathering; counters are raised by those who answer."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    post_id: UUID
    author_id: UUID
    audience: models.Audience
    starts_at: datetime
    starts_key: UUID
    place: str
    capacity: int | None
    ends_at: datetime | None = None
    going_count: int = 0
    maybe_count: int = 0
    waiting_count: int = 0


@dataclass(slots=True)
class Attendance:
    """The columns of an answer."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    post_id: UUID
    gathering_id: UUID
    resident_id: UUID
    membership_id: UUID
    audience: models.Audience
    state: models.AttendanceState
    waits_since_id: UUID | None


@dataclass(slots=True)
class Agenda:
    """All gatherings of a village, and the answers to them."""

    gatherings: list[Gathering] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)


def write(feed: post.Feed) -> Agenda:
    """The gathering behind each post that invites to one, and those who answered."""
    random = identity.source("gathering", feed.people.home.number)
    agenda, neighbours = Agenda(), crowd.Crowd(feed.people.members)
    for item in feed.posts:
        if item.kind is models.PostKind.EVENT:
            found = invite(item, random)
            agenda.gatherings.append(found)
            agenda.attendances += answer(found, item, neighbours, random)
    return agenda


def invite(item: post.Post, random: Random) -> Gathering:
    """What a post invites to, on the day that its words name."""
    day = named(item)
    at = calendar.midnight(day) + random.choice(HOURS[day.weekday() >= 5]) * calendar.HOUR
    return Gathering(
        id=identity.identify(item.at, random),
        created_at=item.created_at,
        neighbourhood_id=item.neighbourhood_id,
        post_id=item.id,
        author_id=item.author_id,
        audience=item.audience,
        starts_at=calendar.moment(at),
        starts_key=identity.identify(at, random),
        place=item.words["spot"],
        capacity=random.choice(PLACES) if random.random() < LIMITED else None,
    )


def named(item: post.Post) -> date:
    """The day that stands in the words of a post: "zaterdag 12 september"."""
    _, number, month = item.words["soon"].split()
    written = calendar.clock(item.at)[0]
    day = date(written.year, calendar.MONTHS.index(month) + 1, int(number))
    return day if day > written else day.replace(year=written.year + 1)


def answer(
    found: Gathering, item: post.Post, neighbours: crowd.Crowd, random: Random
) -> list[Attendance]:
    """Up to so many neighbours answer in turn; where there is no place they wait."""
    given: list[Attendance] = []
    until, count = min(calendar.unix(found.starts_at), calendar.END), random.randrange(2, MOST)
    for at, member in neighbours.turns(item.at, until, 5 * calendar.HOUR, count, random):
        state = place(found, random.choices(ANSWERS, WEIGHTS)[0])
        id = identity.identify(at, random)
        given.append(
            Attendance(
                id=id,
                created_at=calendar.moment(at),
                neighbourhood_id=item.neighbourhood_id,
                post_id=item.id,
                gathering_id=found.id,
                resident_id=member.resident_id,
                membership_id=member.id,
                audience=item.audience,
                state=state,
                waits_since_id=id if state is WAITING else None,
            )
        )
    return given


def place(found: Gathering, wanted: models.AttendanceState) -> models.AttendanceState:
    """Count an answer; who would come and finds no place waits."""
    if wanted is GOING and found.capacity is not None and found.going_count >= found.capacity:
        wanted = WAITING
    if wanted is not NOT_GOING:
        counter = f"{wanted.lower()}_count"
        setattr(found, counter, getattr(found, counter) + 1)
    return wanted
