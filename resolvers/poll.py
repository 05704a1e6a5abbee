"""Polls: what is asked, who has answered, and what came of it, once that may be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers import poll_tally
from resolvers.context import Context
from resolvers.page import Page, Window, found_by, pages_of
from resolvers.paging import After, First
from resolvers.relation import One

Polls = Sequence[models.Poll]


@dataclass(frozen=True)
class PollOption:
    """One of the answers to choose from; `number` is what a ballot says."""

    number: int
    words: str


of_posts = One(
    "What it asks, if it asks something to be answered by a vote.", models.Poll, "id", key="post_id"
)


async def of_neighbourhoods(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    open: Annotated[bool | None, Doc("Only polls that go on, or only those that are over.")] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.Poll]]:
    """Its polls that the viewer may see, newest first."""
    rows = visible(models.Poll, context.viewer)
    if open is not None:
        rows = rows.filter(closed_at__isnull=open)
    ids = [each.id for each in neighbourhoods]
    return await pages_of(rows, Window(first, after), "neighbourhood_id", ids)


posts = One("The post that asks it.", models.Post, "post_id")


def options(poll: models.Poll) -> list[PollOption]:
    """The answers to choose from, 20 at most; FOR and AGAINST where that is the question."""
    return numbered(poll.options)


def numbered(answers: Iterable[str]) -> list[PollOption]:
    """The answers by the numbers that ballots say."""
    return [PollOption(number, words) for number, words in enumerate(answers)]


def is_open(poll: models.Poll) -> bool:
    """Whether it can be answered now."""
    return poll_tally.is_open(poll, datetime.now(UTC))


async def my_ballots(polls: Polls, context: Context) -> list[models.Ballot | None]:
    """How the viewer answered, or the viewer's household where that has one voice."""
    voices = context.viewer.membership_ids | context.viewer.household_ids
    own = visible(models.Ballot, context.viewer).filter(voice_id__in=voices)
    return await found_by(own, "poll_id", [each.id for each in polls])


async def results(polls: Polls, context: Context) -> list[list[poll_tally.PollResult] | None]:
    """What came of it, for each option; null as long as it is not told.

    Either once the viewer has answered, or once it is closed, as the author chose. A secret poll
    tells nothing of fewer than five ballots.
    """
    told = await _told(polls, context)
    return [poll_tally.results(each) if each.id in told else None for each in polls]


async def ballots(
    polls: Polls, context: Context, *, first: First = None, after: After = None
) -> list[Page[models.Ballot] | None]:
    """Who answered what, where the poll is open for all to see, once its results are told."""
    told = await _told([each for each in polls if not each.is_secret], context)
    rows = visible(models.Ballot, context.viewer)
    window = Window(first, after, newest_first=False)
    pages = dict(zip(told, await pages_of(rows, window, "poll_id", told), strict=True))
    return [pages.get(each.id) for each in polls]


voters = One("Who gave it.", models.Membership, "membership_id")


async def _told(polls: Polls, context: Context) -> list[UUID]:
    """The polls of which the viewer is told what came of them."""
    own = await context.batches.load_all(my_ballots, polls)
    now = datetime.now(UTC)
    return [
        poll.id
        for poll, ballot in zip(polls, own, strict=True)
        if poll_tally.is_told(poll, ballot is not None, now)
    ]
