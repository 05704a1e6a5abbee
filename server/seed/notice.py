"""The announcements as they stand in the feed of a village, and what was said under them."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import (
    announcement,
    calendar,
    crowd,
    identity,
    organisation,
    phrase,
    reaction,
    reply,
    roster,
    village,
)

REACTIONS_PER_REPLY = 4
MOODS = {models.AnnouncementPurpose.ALERT: (46, 12, 34, 2, 6)}
USUAL = (30, 40, 8, 20, 2)


@dataclass(slots=True)
class Notice:
    """The columns of the post in which an announcement stands in one village."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    organisation_id: UUID
    announcement_id: UUID
    urgent_until: datetime | None
    title: str
    body: str
    author_id: None = None
    kind: models.PostKind = models.PostKind.ANNOUNCEMENT
    audience: models.Audience = models.Audience.NEIGHBOURHOOD
    solved_at: None = None
    edited_at: None = None
    comment_count: int = 0
    thanks_count: int = 0
    like_count: int = 0
    care_count: int = 0
    clap_count: int = 0
    sad_count: int = 0


@dataclass(slots=True)
class Board:
    """The announcements of one village and what members made of them.

    `said` are the replies of members, `answers` those of the organisations.
    """

    people: roster.Roster
    notices: list[Notice] = field(default_factory=list)
    said: list[reply.Reply] = field(default_factory=list)
    answers: list[reply.Reply] = field(default_factory=list)
    reactions: list[reaction.Reaction] = field(default_factory=list)


class Poster:
    """One announcement that is put up in one village."""

    def __init__(self, board: Board, item: announcement.Announcement, random: Random) -> None:
        self.board = board
        self.item = item
        self.random = random
        self.readers = crowd.Crowd(board.people.members)
        self.spoken: set[UUID] = set()
        self.notice = Notice(
            id=identity.identify(item.at, random),
            created_at=item.created_at,
            neighbourhood_id=board.people.home.id,
            organisation_id=item.organisation_id,
            announcement_id=item.id,
            urgent_until=item.urgent_until,
            title=item.title,
            body=item.body,
        )
        board.notices.append(self.notice)

    def put_up(self) -> None:
        """Let members reply and react, and the organisation answer the first reply."""
        texts: list[str] = list(self.item.raw["replies"])
        echo = self.board.people.home.registered_household_count * self.item.raw["echo"] / 100
        count = min(len(texts), max(1, round(echo * self.random.uniform(0.7, 1.3))))
        replies = [self.say(text) for text in self.random.sample(texts, count)]
        self.answer(min(replies, key=lambda said: said.at))
        for _ in range(round(REACTIONS_PER_REPLY * echo)):
            self.react()

    def say(self, text: str) -> reply.Reply:
        """The reply of a member."""
        at = calendar.later(self.item.at, 5 * calendar.HOUR, self.random)
        author = self.readers.pick(self.item.at, self.random)
        words = {"mystreet": author.street or self.board.people.streets[0]}
        words["spot"] = self.random.choice(self.board.people.home.spots)
        body = phrase.capitalise(phrase.fill(text, words, self.random))
        said = self.row(at, body, None, author_id=author.id)
        self.board.said.append(said)
        return said

    def answer(self, above: reply.Reply) -> None:
        """The answer of the organisation, in the hours after."""
        at = calendar.later(above.at, 4 * calendar.HOUR, self.random)
        above.reply_count += 1
        self.board.answers.append(self.row(at, self.item.raw["answer"], above, author_id=None))

    def row(
        self, at: int, body: str, above: reply.Reply | None, author_id: UUID | None
    ) -> reply.Reply:
        """A comment, counted on the post."""
        self.notice.comment_count += 1
        return reply.Reply(
            id=identity.identify(at, self.random),
            created_at=calendar.moment(at),
            neighbourhood_id=self.notice.neighbourhood_id,
            post_id=self.notice.id,
            parent_id=above.id if above else None,
            author_id=author_id,
            organisation_id=None if author_id else self.item.organisation_id,
            announcer_id=self.item.organisation_id,
            audience=self.notice.audience,
            body=body,
            at=at,
        )

    def react(self) -> None:
        """The reaction of a member, unless there is one already."""
        author = self.readers.pick(self.item.at, self.random)
        if author.id in self.spoken:
            return
        self.spoken.add(author.id)
        at = calendar.later(self.item.at, 6 * calendar.HOUR, self.random)
        kind = self.random.choices(reaction.KINDS, MOODS.get(self.item.purpose, USUAL))[0]
        counter = f"{kind.lower()}_count"
        setattr(self.notice, counter, getattr(self.notice, counter) + 1)
        self.board.reactions.append(
            reaction.Reaction(
                id=identity.identify(at, self.random),
                created_at=calendar.moment(at),
                neighbourhood_id=self.notice.neighbourhood_id,
                post_id=self.notice.id,
                comment_id=None,
                author_id=author.id,
                audience=self.notice.audience,
                kind=kind,
            )
        )


def publish(people: roster.Roster) -> Board:
    """The announcements in one village, each with its replies and reactions."""
    board, home = Board(people), people.home
    partners = organisation.every(home.copy)
    for raw in village.read("announcement")["announcement"]:
        partner = partners[raw["organisation"]]
        if announcement.reaches(raw, partner, home):
            item = announcement.announce(raw, partner, [home])
            Poster(board, item, identity.source("notice", home.number, raw["slug"])).put_up()
    return board
