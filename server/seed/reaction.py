"""Sympathy: the reactions of a village to its posts and comments."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, comment, crowd, identity, post, roster

ON_COMMENTS = 0.22
THANKS, LIKE, CARE, CLAP, SAD = (
    models.ReactionKind.THANKS,
    models.ReactionKind.LIKE,
    models.ReactionKind.CARE,
    models.ReactionKind.CLAP,
    models.ReactionKind.SAD,
)
KINDS = [THANKS, LIKE, CARE, CLAP, SAD]
USUAL = (12, 52, 16, 16, 4)
MOODS = {
    models.PostKind.HELP_REQUEST: (10, 30, 48, 4, 8),
    models.PostKind.ALERT: (40, 15, 18, 3, 24),
    models.PostKind.IDEA: (8, 55, 4, 33, 0),
    models.PostKind.EVENT: (10, 52, 3, 35, 0),
    models.PostKind.INTRODUCTION: (5, 58, 22, 15, 0),
}
ON_COMMENT = (38, 42, 10, 8, 2)


@dataclass(slots=True)
class Reaction:
    """The columns of a reaction."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    post_id: UUID
    comment_id: UUID | None
    author_id: UUID
    audience: models.Audience
    kind: models.ReactionKind


class Applause:
    """The reactions of one village: at most one of a member on a post or a comment."""

    def __init__(self, feed: post.Feed, comments: list[comment.Comment]) -> None:
        self.feed = feed
        self.comments = comments
        self.reactions: list[Reaction] = []
        self.given: set[tuple[UUID, UUID]] = set()

    def give(
        self, target: post.Post | comment.Comment, author: roster.Member, random: Random
    ) -> None:
        """Let a member react, unless the words are their own or they did so before."""
        if target.author is author or (target.id, author.id) in self.given:
            return
        self.given.add((target.id, author.id))
        at = calendar.later(max(target.at, author.joined), 3 * calendar.HOUR, random)
        self.reactions.append(row(target, author, at, random))

    def spread(self, total: int, random: Random) -> None:
        """Let members react, the zealous more, until there are as many reactions as asked for."""
        posts = self.feed.posts
        weights = [random.gammavariate(1.1, 1) for _ in posts]
        readers = crowd.Crowd(self.feed.people.members)
        while len(self.reactions) < total:
            wanted = total - len(self.reactions)
            for target in random.choices(posts, weights, k=wanted):
                chosen = random.choice(self.comments) if random.random() < ON_COMMENTS else target
                self.give(chosen, readers.anybody(random), random)

    def wake(self, silent: list[roster.Member], random: Random) -> None:
        """Let each of the members who said nothing react to one post of somebody else."""
        for member in silent:
            before = len(self.reactions)
            while len(self.reactions) == before:
                self.give(random.choice(self.feed.posts), member, random)


def row(
    target: post.Post | comment.Comment, author: roster.Member, at: int, random: Random
) -> Reaction:
    """The reaction, counted on what it is given to."""
    on_post = isinstance(target, post.Post)
    mood = MOODS.get(target.kind, USUAL) if isinstance(target, post.Post) else ON_COMMENT
    kind = random.choices(KINDS, mood)[0]
    counter = f"{kind.lower()}_count"
    setattr(target, counter, getattr(target, counter) + 1)
    return Reaction(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        neighbourhood_id=target.neighbourhood_id,
        post_id=target.id if isinstance(target, post.Post) else target.post_id,
        comment_id=None if on_post else target.id,
        author_id=author.id,
        audience=target.audience,
        kind=kind,
    )


def write(
    feed: post.Feed, comments: list[comment.Comment], count: int, random: Random
) -> list[Reaction]:
    """As many reactions as are asked for; no active household stays silent."""
    applause = Applause(feed, comments)
    applause.wake(silent(feed, comments), random)
    applause.spread(count, random)
    return sorted(applause.reactions, key=lambda reaction: reaction.id)


def silent(feed: post.Feed, comments: list[comment.Comment]) -> list[roster.Member]:
    """One member of each active household that neither posted nor commented."""
    heard = {item.author.household_id for item in feed.posts}
    heard |= {item.author.household_id for item in comments}
    found: dict[UUID | None, roster.Member] = {}
    for member in feed.people.members:
        if member.zeal and member.household_id not in heard:
            found.setdefault(member.household_id, member)
    return list(found.values())
