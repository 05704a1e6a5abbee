"""What was answered: comments under the posts of a village, and replies to them."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, crowd, identity, phrase, post, roster

REPLIES = 0.24
ATTEMPTS = 20
SHARED = {"hobby", "course", "day"}
TALK = {
    models.PostKind.HELP_REQUEST: 1.25,
    models.PostKind.POLL: 1.7,
    models.PostKind.IDEA: 1.5,
    models.PostKind.INTRODUCTION: 1.2,
    models.PostKind.CLASSIFIED: 0.75,
}


@dataclass(slots=True)
class Comment:
    """The columns of a comment; `at` (ms), `author` and `post` serve what follows."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    post_id: UUID
    parent_id: UUID | None
    author_id: UUID
    audience: models.Audience
    body: str
    at: int
    author: roster.Member
    post: post.Post
    organisation_id: UUID | None = None
    announcer_id: UUID | None = None
    reply_count: int = 0
    thanks_count: int = 0
    like_count: int = 0
    care_count: int = 0
    clap_count: int = 0
    sad_count: int = 0


class Thread:
    """The talk under one post."""

    def __init__(self, feed: post.Feed, above: post.Post, talkers: crowd.Crowd) -> None:
        self.feed = feed
        self.above = above
        self.talkers = talkers
        self.comments: list[Comment] = []
        self.answered = {above.author_id}
        self.decks: dict[str, list[str]] = {}

    def go_on(self, random: Random) -> None:
        """Add one comment, or one reply to a comment that stands there."""
        tops = [item for item in self.comments if item.parent_id is None]
        if tops and random.random() < REPLIES:
            self.reply(random.choice(tops), random)
        else:
            self.answer(random)

    def answer(self, random: Random) -> None:
        """Add a comment on the post, if possible of somebody who has not spoken yet."""
        at = calendar.later(self.above.at, 4 * calendar.HOUR, random)
        author = self.talkers.pick(at, random)
        for _ in range(ATTEMPTS):
            if author.id not in self.answered:
                break
            author = self.talkers.pick(at, random)
        self.answered.add(author.id)
        text = phrase.comment(self.core("others", random), self.words(author, random), random)
        self.comments.append(self.row(None, at, author, text, random))

    def reply(self, parent: Comment, random: Random) -> None:
        """Add a reply: once by the author of the post, else by somebody else."""
        at = calendar.later(parent.at, 2 * calendar.HOUR, random)
        thanks = parent.reply_count == 0 and parent.author is not self.above.author
        author = self.above.author if thanks else self.talkers.pick(at, random)
        group = "author" if author is self.above.author else "aside"
        words = self.words(author, random) | {"other": parent.author.first}
        text = phrase.reply(self.core(group, random), words, random)
        self.comments.append(self.row(parent, at, author, text, random))

    def core(self, group: str, random: Random) -> str:
        """What is said, before names and farewells; nothing twice until all has been said."""
        deck = self.decks.setdefault(group, [])
        if not deck:
            said = phrase.answers(self.above.kind)[group]
            deck += random.sample(said, len(said))
            if group == "others":
                fitting = self.above.template.answers
                deck += random.sample(fitting, len(fitting))
                deck.sort(key=lambda core: random.random() + (0.6 if core in fitting else 0))
        return deck.pop()

    def words(self, author: roster.Member, random: Random) -> phrase.Words:
        """The words that depend on who writes, and those of the post."""
        shared = {f"its_{slot}": word for slot, word in self.above.words.items() if slot in SHARED}
        situation = post.situation(self.feed.people, author, random)
        return situation | shared | {"poster": self.above.author.first}

    def row(
        self, parent: Comment | None, at: int, author: roster.Member, body: str, random: Random
    ) -> Comment:
        """The comment, counted on the post and on the comment above it."""
        self.above.comment_count += 1
        if parent:
            parent.reply_count += 1
        return Comment(
            id=identity.identify(at, random),
            created_at=calendar.moment(at),
            neighbourhood_id=self.above.neighbourhood_id,
            post_id=self.above.id,
            parent_id=parent.id if parent else None,
            author_id=author.id,
            audience=self.above.audience,
            body=body,
            at=at,
            author=author,
            post=self.above,
        )


def write(feed: post.Feed, count: int, random: Random) -> list[Comment]:
    """As many comments as are asked for, in order of time."""
    talkers = crowd.Crowd(feed.people.members)
    weights = [random.gammavariate(1.3, 1) * TALK.get(item.kind, 1) for item in feed.posts]
    chosen = random.choices(range(len(weights)), weights, k=count)
    threads = [Thread(feed, item, talkers) for item in feed.posts]
    for index in chosen:
        threads[index].go_on(random)
    comments = [comment for thread in threads for comment in thread.comments]
    return sorted(comments, key=lambda comment: comment.id)
