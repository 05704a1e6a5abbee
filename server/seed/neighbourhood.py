"""One village as it stands after the year: all its rows, made of people, posts and answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

import argon2.low_level

import models
from server.seed import (
    access_record,
    aid,
    announcement,
    comment,
    desk,
    gathering,
    guest,
    identity,
    notice,
    organisation,
    person,
    poll,
    post,
    reaction,
    roster,
    share,
    village,
    volunteer,
    worker,
)

# Public on purpose: the accounts of the demo are there for everybody to try.
DEMO_PASSWORD = "noaber-demo"  # noqa: S105
SALT = b"noaber demo salt"
Rows = dict[str, Sequence[object]]


@dataclass(frozen=True, slots=True)
class Credential:
    """The columns of a credential."""

    id: UUID
    created_at: datetime
    resident_id: UUID
    password_hash: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Stream:
    """The columns of a stream in which nothing has happened yet."""

    id: UUID
    kind: models.StreamKind
    last_sequence: int = 0
    trimmed_sequence: int = 0


@cache
def password_hash() -> str:
    """The argon2id hash of the demo password: one for all accounts, the same at every load."""
    return argon2.low_level.hash_secret(
        DEMO_PASSWORD.encode(),
        SALT,
        time_cost=2,
        memory_cost=19456,
        parallelism=1,
        hash_len=32,
        type=argon2.Type.ID,
    ).decode()


def build(home: village.Village, around: guest.Around) -> Rows:
    """All rows of a village but its own and its sides, by table, in an order that can be loaded.

    `around` are those who help in a village next to their own.
    """
    random = identity.source("content", home.number)
    people = roster.build(home, random)
    workers = worker.employ(people, random)
    board = notice.publish(people)
    feed = post.write(people, random)
    comments = comment.write(feed, home.comments - len(board.said), random)
    reactions = reaction.write(feed, comments, home.reactions - len(board.reactions), random)
    count_nearby([*feed.posts, *comments])
    shared = share.write(feed, comments)
    work, pool = desk.handle(shared, workers), volunteer.gather(people)
    return {
        **aid.give(feed, comments, pool.offers, around),
        "stream": streams(people.residents),
        "household": people.households,
        "resident": people.residents,
        "staff": workers,
        "credential": list(credentials(people.residents)),
        "membership": people.members,
        "invitation_code": people.codes,
        "post": [*board.notices, *feed.posts],
        "comment": [*board.said, *board.answers, *comments, *work.answers],
        "reaction": [*board.reactions, *reactions],
        **together(feed),
        **granted(shared, work, pool),
    }


def together(feed: post.Feed) -> Rows:
    """The rows beside the posts: what these were, invited to and asked, and who answered."""
    agenda, votes = gathering.write(feed), poll.write(feed)
    return {
        "post_revision": feed.revisions,
        "gathering": agenda.gatherings,
        "attendance": agenda.attendances,
        "poll": votes.polls,
        "ballot": votes.ballots,
    }


def granted(shared: share.Chest, work: desk.Desk, pool: volunteer.Pool) -> Rows:
    """The rows of what residents let the partners have, and of what these did with it."""
    return {
        "volunteer_consent": pool.consents,
        "volunteer_contact": pool.contacts,
        "post_share": shared.shares,
        "comment_share": shared.comment_shares,
        "case": work.cases,
        "case_note": work.notes,
        "referral": work.referrals,
        "access_record": access_record.write(work.cases, shared.comment_shares, pool.contacts),
    }


def streams(residents: list[person.Resident]) -> list[Stream]:
    """A stream for each account."""
    return [Stream(account.id, models.StreamKind.RESIDENT) for account in residents]


def count_nearby(items: Iterable[post.Post | comment.Comment]) -> None:
    """Count for each member the words that neighbours nearby may read."""
    for item in items:
        if item.audience is models.Audience.NEIGHBOURS_NEARBY:
            item.author.nearby_count += 1


def credentials(residents: list[person.Resident]) -> Iterable[Credential]:
    """A password for each account of the demo; nobody signs in as one of the others."""
    known = set(person.personas().values()) | organisation.addresses()
    for account in residents:
        if account.email in known:
            drawn = identity.source("credential", account.email)
            id = identity.identify(identity.instant(account.id), drawn)
            since = account.created_at
            yield Credential(id, since, account.id, password_hash(), since)


def frame(villages: list[village.Village]) -> Rows:
    """The rows of the villages of one copy, who lies beside whom, and the partners with staff."""
    partners = list(organisation.every(villages[0].copy).values())
    accounts = [account for partner in partners for account in partner.accounts]
    kinds = models.StreamKind
    return {
        "neighbourhood": villages,
        "adjacency": village.sides(villages),
        "stream": [
            *(Stream(home.id, kinds.NEIGHBOURHOOD) for home in villages),
            *(Stream(partner.id, kinds.ORGANISATION) for partner in partners),
            *streams(accounts),
        ],
        "organisation": partners,
        "unit": [unit for partner in partners for unit in partner.units.values()],
        "coverage": list(organisation.coverage(villages)),
        "resident": accounts,
        "credential": list(credentials(accounts)),
        "staff": [appointed for partner in partners for appointed in partner.staff],
        "announcement": announcement.every(villages),
    }
