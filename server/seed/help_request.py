"""What the posts that ask for help ask for, and how far each has come at the end of the year."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

import models
from server.seed import calendar, identity, post, village

OPEN, MATCHED, SOLVED, WITHDRAWN = models.HelpRequestState
TODAY, THIS_WEEK, NO_HURRY = models.Urgency
ASKED_AFTER = 14 * calendar.DAY
# What becomes of a request that no neighbour solved: by its age at the end of the year (days), how
# often it is open, has helpers enough, or was taken back.
OUTCOMES = ((14, (70, 20, 10)), (60, (50, 8, 42)), (400, (7, 0, 93)))
CONFIRMED = {True: 0.75, False: 0.3}
LATELY = 60 * calendar.DAY
TIMED = {TODAY: 0.7, THIS_WEEK: 0.65, NO_HURRY: 0.25}
TOLD_MINUTES = 0.8
# The hours (of the local clock) between which help is wanted on a day.
DAY_PARTS = ((9, 12), (13, 17), (14, 16), (18, 21))


@dataclass(slots=True)
class HelpRequest:
    """The columns of a request; `post`, and the moments (ms) from `at` to `until`, its end or that
    of the year, serve what follows.
    """

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    post_id: UUID
    author_id: UUID
    audience: models.Audience
    skill: str | None
    urgency: models.Urgency
    minutes: int | None
    people: int
    post: post.Post
    at: int
    until: int = calendar.END
    state: models.HelpRequestState = OPEN
    wanted_from: datetime | None = None
    wanted_until: datetime | None = None
    asked_at: datetime | None = None
    confirmed_at: datetime | None = None

    @property
    def stands_lately(self) -> bool:
        """Whether it is open, and so young or so lately confirmed that neighbours still offer."""
        since = max(self.post.created_at, self.confirmed_at or self.post.created_at)
        return self.state is OPEN and since > calendar.moment(calendar.END - LATELY)


@cache
def marks() -> list[tuple[str, str | None]]:
    """What stands in the words of a request, and the skill that it asks for."""
    return [(words, slug or None) for words, slug in village.read("help_request")["marks"]]


def skill(text: str) -> str | None:
    """The skill that a text asks for; None for one that has no name in the catalogue."""
    return next(slug for words, slug in marks() if words in text)


def usual(what: str, slug: str | None) -> list[Any]:
    """What the file says of a skill, or of all the others."""
    table = village.read("help_request")[what]
    found: list[Any] = table.get(slug, table["others"])
    return found


def write(feed: post.Feed) -> list[HelpRequest]:
    """The request behind each post that asks for help, in order of time."""
    random = identity.source("request", feed.people.home.number)
    asked = [item for item in feed.posts if item.kind is models.PostKind.HELP_REQUEST]
    return [compose(item, random) for item in asked]


def compose(item: post.Post, random: Random) -> HelpRequest:
    """One request, in the state in which it is at the end of the year."""
    slug = skill(item.body)
    request = HelpRequest(
        id=identity.identify(item.at, random),
        created_at=item.created_at,
        neighbourhood_id=item.neighbourhood_id,
        post_id=item.id,
        author_id=item.author_id,
        audience=item.audience,
        skill=slug,
        urgency=random.choices((TODAY, THIS_WEEK, NO_HURRY), usual("urgency", slug))[0],
        minutes=random.choice(usual("minutes", slug)) if random.random() < TOLD_MINUTES else None,
        people=random.choice(usual("people", slug)),
        post=item,
        at=item.at,
    )
    conclude(request, random)
    if random.random() < TIMED[request.urgency]:
        want(request, random)
    return request


def conclude(request: HelpRequest, random: Random) -> None:
    """Say how a request ended: solved with its post, or by its age; the old were asked about."""
    age = calendar.END - request.at
    if request.post.solved_at:
        request.state = SOLVED
        request.until = calendar.unix(request.post.solved_at)
    else:
        chances = next(each for days, each in OUTCOMES if age < days * calendar.DAY)
        request.state = random.choices((OPEN, MATCHED, WITHDRAWN), chances)[0]
    if request.state is WITHDRAWN:
        request.until = calendar.later(request.at, 9 * calendar.DAY, random)
    if request.state is not MATCHED and request.until > request.at + ASKED_AFTER:
        ask(request, random)


def ask(request: HelpRequest, random: Random) -> None:
    """Ask the author whether a request still stands; the owner of a young one often says so."""
    asked = calendar.awake(request.at + ASKED_AFTER, random)
    if asked >= request.until:
        return
    request.asked_at = calendar.moment(asked)
    is_young = request.at > calendar.END - LATELY
    if request.state is OPEN and random.random() < CONFIRMED[is_young]:
        request.confirmed_at = calendar.moment(calendar.later(asked, calendar.DAY, random))


def want(request: HelpRequest, random: Random) -> None:
    """Say when help is wanted: within hours, on a day of this week, or in the weeks after.

    Nothing is said of a time that had to come when the matter was settled already.
    """
    today = calendar.clock(request.at)[0]
    first, last = random.choice(DAY_PARTS)
    day = today if request.urgency is TODAY else today + timedelta(random.randint(1, 5))
    start = calendar.midnight(day) + first * calendar.HOUR
    end = calendar.midnight(day) + last * calendar.HOUR
    if request.urgency is NO_HURRY:
        end += random.randint(2, 14) * calendar.DAY
    if request.at < start < request.until:
        request.wanted_from = calendar.moment(start)
        request.wanted_until = calendar.moment(end)
