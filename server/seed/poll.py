"""What the posts of kind POLL ask, and how the neighbours voted, secretly."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, crowd, identity, phrase, post

OPEN_FOR = 14 * calendar.DAY
FOR_OR_AGAINST = ["FOR", "AGAINST"]
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
    method: models.PollMethod
    options: list[str]
    counts: list[int]
    sums: list[int]
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
    words = dict(item.words)
    named = [phrase.fill(each, words, random) for each in item.template.options]
    options, methods = named or FOR_OR_AGAINST, models.PollMethod
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
        method=methods.CHOICE if named else methods.FOR_OR_AGAINST,
        options=options,
        counts=[0] * len(options),
        sums=[0] * len(options),
    )


def vote(found: Poll, item: post.Post, neighbours: crowd.Crowd, random: Random) -> list[Ballot]:
    """Up to so many neighbours vote in turn; some answers are liked more than others."""
    given: list[Ballot] = []
    liked = [random.uniform(0.2, 1) for _ in found.options]
    until, count = min(item.at + OPEN_FOR, calendar.END), random.randrange(3, MOST)
    for at, member in neighbours.turns(item.at, until, 4 * calendar.HOUR, count, random):
        if member.role is models.MembershipRole.NEIGHBOURHOOD_WORKER:
            continue
        found.counts[random.choices(range(len(liked)), liked)[0]] += 1
        found.ballot_count += 1
        given.append(
            Ballot(
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
        )
    return given
