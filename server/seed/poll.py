"""What the posts of kind POLL ask, and how the neighbours voted: secretly, for or against."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, crowd, identity, post

OPEN_FOR = 14 * calendar.DAY
OPTIONS = ["FOR", "AGAINST"]
MOST = 30


@dataclass(slots=True)
class Poll:
    """The columns of a poll; sums are raised by those who vote."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    post_id: UUID
    author_id: UUID
    audience: models.Audience
    closes_at: datetime
    closed_at: datetime | None
    counts: list[int]
    sums: list[int]
    options: list[str] = field(default_factory=lambda: OPTIONS)
    method: models.PollMethod = models.PollMethod.FOR_OR_AGAINST
    voice: models.PollVoice = models.PollVoice.RESIDENT
    results: models.PollResults = models.PollResults.AFTER_CLOSING
    most_choices: int = 1
    is_secret: bool = True
    ballot_count: int = 0


@dataclass(slots=True)
class Ballot:
    """The columns of a ballot: that a voice was given, and not what it said."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    post_id: UUID
    poll_id: UUID
    resident_id: UUID
    membership_id: UUID
    voice_id: UUID
    audience: models.Audience
    is_secret: bool = True


@dataclass(slots=True)
class Votes:
    """All polls of a village, and the voices that were given."""

    polls: list[Poll] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)


def write(feed: post.Feed) -> Votes:
    """The poll behind each post that asks something, and those who voted."""
    random = identity.source("poll", feed.people.home.number)
    votes, neighbours = Votes(), crowd.Crowd(feed.people.members)
    for item in feed.posts:
        if item.kind is models.PostKind.POLL:
            found = ask(item, random)
            votes.polls.append(found)
            votes.ballots += vote(found, item, neighbours, random)
    return votes


def ask(item: post.Post, random: Random) -> Poll:
    """The poll behind a post: open for two weeks."""
    end = item.at + OPEN_FOR
    closes = calendar.moment(end)
    return Poll(
        id=identity.identify(item.at, random),
        created_at=item.created_at,
        neighbourhood_id=item.neighbourhood_id,
        post_id=item.id,
        author_id=item.author_id,
        audience=item.audience,
        closes_at=closes,
        closed_at=closes if end <= calendar.END else None,
        counts=[0, 0],
        sums=[0, 0],
    )


def vote(found: Poll, item: post.Post, neighbours: crowd.Crowd, random: Random) -> list[Ballot]:
    """Up to so many neighbours vote in turn; a street mostly agrees."""
    given: dict[UUID, Ballot] = {}
    favour, at = random.uniform(0.5, 0.9), item.at
    until = min(item.at + OPEN_FOR, calendar.END)
    for _ in range(random.randrange(3, MOST)):
        at = calendar.within(at, until, 4 * calendar.HOUR, random)
        member = neighbours.pick(at, random)
        is_resident = member.role is not models.MembershipRole.NEIGHBOURHOOD_WORKER
        if member.id in given or member.joined > at or not is_resident:
            continue
        found.counts[0 if random.random() < favour else 1] += 1
        found.ballot_count += 1
        given[member.id] = Ballot(
            id=identity.identify(at, random),
            created_at=calendar.moment(at),
            neighbourhood_id=item.neighbourhood_id,
            post_id=item.id,
            poll_id=found.id,
            resident_id=member.resident_id,
            membership_id=member.id,
            voice_id=member.id,
            audience=item.audience,
        )
    return list(given.values())
