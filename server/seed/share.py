"""What residents shared with a partner: their own posts, and the comments of those who agreed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

import models
from server.seed import (
    calendar,
    comment,
    crowd,
    household,
    identity,
    organisation,
    post,
    roster,
    village,
)

# What is new at the end of the year is new in the feed as well; what is settled took its time.
FRESH = {
    models.CaseState.RECEIVED: 3,
    models.CaseState.IN_PROGRESS: 5,
    models.CaseState.REFERRED: 8,
}
SETTLED_WITHIN = 45 * calendar.DAY
PURPOSES = {
    models.PostKind.HELP_REQUEST: models.SharePurpose.CARE_QUESTION,
    models.PostKind.IDEA: models.SharePurpose.IDEA,
    models.PostKind.ALERT: models.SharePurpose.REPORT,
}
ANSWERS = list(models.CommentShareState)
NO_PROFESSIONALS = models.Audience.NEIGHBOURS_ONLY


@dataclass(slots=True)
class Share:
    """The columns of a share; `at` and `until` (ms) and what is behind them serve what follows."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    organisation_id: UUID
    unit_id: UUID | None
    resident_id: UUID
    expires_at: datetime
    revoked_at: datetime | None
    post_id: UUID
    author_id: UUID
    purpose: models.SharePurpose
    with_name: bool
    told_end: bool
    at: int
    until: int
    post: post.Post
    partner: organisation.Organisation
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CommentShare:
    """The columns of the question to a commenter; `at` (ms) serves what follows."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    organisation_id: UUID
    unit_id: UUID | None
    resident_id: UUID
    expires_at: datetime
    revoked_at: datetime | None
    share_id: UUID
    comment_id: UUID
    author_id: UUID
    asker_id: UUID
    state: models.CommentShareState
    at: int


@dataclass(slots=True)
class Chest:
    """All that is shared in one village."""

    feed: post.Feed
    shares: list[Share] = field(default_factory=list)
    comment_shares: list[CommentShare] = field(default_factory=list)


def write(feed: post.Feed, comments: list[comment.Comment]) -> Chest:
    """The shares that the file names for this village."""
    chest, home = Chest(feed), feed.people.home
    for place, raw in enumerate(village.read("share")["share"]):
        if raw["village"] == home.root:
            random = identity.source("share", home.number, place)
            item = grant(chest, raw, random)
            chest.shares.append(item)
            under = [each for each in comments if each.post is item.post]
            chest.comment_shares += ask(item, under, place, random)
    return chest


def grant(chest: Chest, raw: dict[str, Any], random: Random) -> Share:
    """The share of a fitting post."""
    shared, taken_back = pick(chest, raw, random), "taken_back" in raw
    partner = organisation.every(chest.feed.people.home.copy)[raw["to"]]
    unit = partner.units.get(raw.get("unit", ""))
    at = calendar.later(shared.at, 9 * calendar.HOUR, random)
    until = calendar.later(at, 5 * calendar.DAY, random) if taken_back else calendar.END
    return Share(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        neighbourhood_id=shared.neighbourhood_id,
        organisation_id=partner.id,
        unit_id=unit.id if unit else None,
        resident_id=shared.author.resident_id,
        expires_at=household.OPEN_UNTIL,
        revoked_at=calendar.moment(until) if taken_back else None,
        post_id=shared.id,
        author_id=shared.author_id,
        purpose=purpose(shared),
        with_name=raw["named"],
        told_end=taken_back,
        at=at,
        until=until,
        post=shared,
        partner=partner,
        raw=raw,
    )


def pick(chest: Chest, raw: dict[str, Any], random: Random) -> post.Post:
    """A post that is fit to be shared, as new or as old as the state of the case asks.

    In a copy of the town a small village may have none for the purpose: then any other will do.
    """
    known = crowd.persona(chest.feed.people, raw["by"]) if "by" in raw else None
    free = [item for item in chest.feed.posts if is_free(chest, item, known)]
    fitting = [item for item in free if purpose(item) == raw["purpose"]] or free
    newest = FRESH.get(models.CaseState(raw["state"]))
    settled = [item for item in fitting if item.at < calendar.END - SETTLED_WITHIN]
    return random.choice(fitting[-newest:] if newest else settled or fitting)


def is_free(chest: Chest, item: post.Post, known: roster.Member | None) -> bool:
    """Whether a partner can do something with a post, and none has it yet.

    It is by `known`, or else by an author who shared nothing, and not kept from professionals.
    """
    fits = bool(item.template.topic) and item.audience != NO_PROFESSIONALS
    if known:
        return fits and item.author is known and all(each.post is not item for each in chest.shares)
    return fits and all(each.author_id != item.author_id for each in chest.shares)


def purpose(item: post.Post) -> models.SharePurpose:
    """What the author of a post wants of a partner."""
    return PURPOSES.get(item.kind, models.SharePurpose.OTHER)


def ask(
    item: Share, comments: list[comment.Comment], place: int, random: Random
) -> Iterable[CommentShare]:
    """The questions to others who commented; each answers in another way."""
    others = {each.author_id: each for each in comments if each.author is not item.post.author}
    asked = list(others.values())[: item.raw.get("asked", 0)]
    for index, each in enumerate(asked):
        at = calendar.later(max(item.at, each.at), 8 * calendar.HOUR, random)
        yield CommentShare(
            id=identity.identify(at, random),
            created_at=calendar.moment(at),
            neighbourhood_id=item.neighbourhood_id,
            organisation_id=item.organisation_id,
            unit_id=item.unit_id,
            resident_id=each.author.resident_id,
            expires_at=item.expires_at,
            revoked_at=item.revoked_at,
            share_id=item.id,
            comment_id=each.id,
            author_id=each.author_id,
            asker_id=item.author_id,
            state=ANSWERS[(place + index) % len(ANSWERS)],
            at=at,
        )
