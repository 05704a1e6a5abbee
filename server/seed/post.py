"""What the neighbours of a village posted in the year."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, crowd, identity, phrase, roster

INTRODUCTIONS = 0.08
EDITED = 0.03
NEARBY, ONLY = 0.12, 0.05
SHARES = {
    models.PostKind.MESSAGE: 33,
    models.PostKind.HELP_REQUEST: 20,
    models.PostKind.CLASSIFIED: 18,
    models.PostKind.IDEA: 7,
    models.PostKind.ALERT: 8,
    models.PostKind.EVENT: 8,
    models.PostKind.POLL: 6,
}
SOLVED = {models.PostKind.HELP_REQUEST: 0.58, models.PostKind.CLASSIFIED: 0.35}


@dataclass(slots=True)
class Post:
    """The columns of a post; `at` (ms), `author`, `template` and `words` serve what follows."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    author_id: UUID
    kind: models.PostKind
    audience: models.Audience
    title: str | None
    body: str
    at: int
    author: roster.Member
    template: phrase.Template
    words: phrase.Words
    solved_at: datetime | None = None
    edited_at: datetime | None = None
    organisation_id: UUID | None = None
    announcement_id: UUID | None = None
    urgent_until: datetime | None = None
    comment_count: int = 0
    thanks_count: int = 0
    like_count: int = 0
    care_count: int = 0
    clap_count: int = 0
    sad_count: int = 0


@dataclass(slots=True)
class Revision:
    """The columns of a post revision."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    post_id: UUID
    author_id: UUID
    title: str | None
    body: str


@dataclass(slots=True)
class Feed:
    """All posts of a village in order of time, and what some of them were before an edit."""

    people: roster.Roster
    posts: list[Post] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)


def write(people: roster.Roster, random: Random) -> Feed:
    """As many posts as the figures of the village say."""
    feed = Feed(people)
    for at, author, kind in sorted(plan(people, random), key=lambda item: item[0]):
        item = compose(people, at, author, kind, random)
        feed.posts.append(item)
        if random.random() < EDITED:
            feed.revisions.append(edit(item, random))
    solve(feed.posts, random)
    return feed


def plan(people: roster.Roster, random: Random) -> list[tuple[int, roster.Member, models.PostKind]]:
    """When, who and of which kind; everybody introduces themselves at most once."""
    home = people.home
    writers = crowd.Crowd(people.members, power=1.2)
    new = random.sample(writers.members, min(int(home.posts * INTRODUCTIONS), home.active))
    planned = [
        (calendar.later(member.joined, calendar.DAY, random), member, models.PostKind.INTRODUCTION)
        for member in new
    ]
    kinds, shares = list(SHARES), list(SHARES.values())
    for at in calendar.draw(home.opened_on, home.posts - len(planned), random):
        planned.append((at, writers.pick(at, random), random.choices(kinds, shares)[0]))
    return planned


def compose(
    people: roster.Roster, at: int, author: roster.Member, kind: models.PostKind, random: Random
) -> Post:
    """One post, in words that fit its day."""
    template = phrase.choose(kind, calendar.clock(at)[0], random)
    words = situation(people, author, random) | {"soon": calendar.soon(at, random)}
    return Post(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        neighbourhood_id=author.neighbourhood_id,
        author_id=author.id,
        kind=kind,
        audience=audience(random),
        title=phrase.title(template, words, random),
        body=phrase.body(template, words, random),
        at=at,
        author=author,
        template=template,
        words=words,
    )


def situation(people: roster.Roster, author: roster.Member, random: Random) -> phrase.Words:
    """The words that depend on who writes and where."""
    return {
        "village": people.home.name,
        "street": random.choice(people.streets),
        "spot": random.choice(people.home.spots),
        "mystreet": author.street or people.streets[0],
        "first": author.first,
    }


def audience(random: Random) -> models.Audience:
    """Whom the author chose to write to."""
    chance = random.random()
    if chance < NEARBY:
        return models.Audience.NEIGHBOURS_NEARBY
    return models.Audience.NEIGHBOURS_ONLY if chance > 1 - ONLY else models.Audience.NEIGHBOURHOOD


def solve(posts: list[Post], random: Random) -> None:
    """Settle the matter of a part of the requests and classifieds."""
    for kind, part in SOLVED.items():
        asked = [item for item in posts if item.kind is kind]
        for item in random.sample(asked, round(part * len(asked))):
            item.solved_at = calendar.moment(calendar.later(item.at, 30 * calendar.HOUR, random))


def edit(item: Post, random: Random) -> Revision:
    """Let the author add a line to a post; what stood there before is kept."""
    at = calendar.later(item.at, 40 * calendar.MINUTE, random)
    before = item.body
    item.body += "\n\n" + phrase.addition(item.words, random)
    item.edited_at = calendar.moment(at)
    return Revision(
        id=identity.identify(at, random),
        created_at=item.edited_at,
        neighbourhood_id=item.neighbourhood_id,
        post_id=item.id,
        author_id=item.author_id,
        title=item.title,
        body=before,
    )
