"""Gatherings: posted, changed, called off, and listed in the calendar of a neighbourhood."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from strawberry import UNSET
from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from models.base import floor, milliseconds, uuid7
from resolvers import attendance_place, post, post_revision, reminder
from resolvers.context import Context
from resolvers.feed import about_part
from resolvers.moment import known, within
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.personal import to_resident
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.relation import One
from resolvers.text import checked_line
from resolvers.work import Work

PLACE, MOST = 200, 10_000
NOT_GOING = models.AttendanceState.NOT_GOING
FURTHEST, LONGEST = timedelta(days=2 * 366), timedelta(days=31)

Which = Annotated[UUID, Doc("Which gathering.")]
Starts = Annotated[datetime, Doc("When it starts.")]
Ends = Annotated[datetime | None, Doc("When it ends, if that is known.")]
Where = Annotated[str, Doc("Where, in words: 200 characters at most.")]
Capacity = Annotated[int | None, Doc("How many may come, 10,000 at most; null: all who want.")]


async def of_neighbourhoods(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    since: Annotated[
        datetime | None, Doc("What starts from then on; left out: from now on.")
    ] = None,
    until: Annotated[datetime | None, Doc("Only what starts before then.")] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.Gathering]]:
    """Its calendar: the gatherings that the viewer may read of, by their start."""
    start = datetime.now(UTC) if since is None else known(since, "since")
    rows = visible(models.Gathering, context.viewer).filter(starts_key__gte=floor(start))
    if until is not None:
        rows = rows.filter(starts_key__lt=floor(known(until, "until")))
    window = Window(first, after, newest_first=False, by="starts_key")
    ids = [each.id for each in neighbourhoods]
    return await pages_of(rows, window, "neighbourhood_id", ids)


of_posts = One("What it invites to, if it does.", models.Gathering, "id", key="post_id")


posts = One("The post that invites to it.", models.Post, "post_id")


async def create_gathering(
    work: Work,
    *,
    neighbourhood_id: Annotated[UUID, Doc("In the feed of which neighbourhood.")],
    body: post.Body,
    starts_at: Starts,
    place: Where,
    title: Annotated[str, Doc("What it is called, at most 120 characters.")],
    audience: post.AudienceChoice = models.Audience.NEIGHBOURHOOD,
    language: post.LanguageChoice = None,
    ends_at: Ends = None,
    capacity: Capacity = None,
) -> models.Gathering:
    """Invite the neighbours: a post in the feed, and what it invites to."""
    made = await post.create_post(
        work,
        neighbourhood_id=neighbourhood_id,
        kind=models.PostKind.EVENT,
        body=body,
        title=checked_line(title, "title", post_revision.TITLE),
        audience=audience,
        language=language,
    )
    found = models.Gathering(
        neighbourhood_id=neighbourhood_id,
        post_id=made.id,
        author_id=made.author_id,
        audience=audience,
        place=checked_line(place, "place", PLACE),
    )
    _set_time(found, starts_at, ends_at)
    _set_capacity(found, capacity)
    await found.save(force_create=True)
    return found


async def edit_gathering(
    work: Work,
    *,
    gathering_id: Which,
    starts_at: Annotated[datetime | None, Doc("A new start; left out: as it was.")] = None,
    ends_at: Ends = UNSET,
    place: Annotated[str | None, Doc("Another place; left out: as it was.")] = None,
    capacity: Capacity = UNSET,
) -> models.Gathering:
    """Change what one's own post invites to; with more places, those who wait move up."""
    found = await _own(work, gathering_id)
    before = (found.starts_at, found.ends_at, found.place)
    if starts_at is not None or ends_at is not UNSET:
        ends = found.ends_at if ends_at is UNSET else ends_at
        _set_time(found, starts_at or found.starts_at, ends)
    if place is not None:
        found.place = checked_line(place, "place", PLACE)
    if capacity is not UNSET:
        _set_capacity(found, capacity)
    await found.save()
    await attendance_place.move_up(work, found)
    await reminder.move(found)
    if before != (found.starts_at, found.ends_at, found.place):
        await _tell_comers(work, found)
    work.announce(about_part(found))
    return found


async def cancel_gathering(work: Work, *, gathering_id: Which) -> models.Gathering:
    """Call it off; the post stays, and whoever wanted to come is told."""
    found = await _own(work, gathering_id)
    if found.cancelled_at is not None:
        return found
    found.cancelled_at = datetime.now(UTC)
    await found.save(update_fields=["cancelled_at"])
    await _tell_comers(work, found)
    work.announce(about_part(found))
    return found


async def _own(work: Work, gathering_id: UUID) -> models.Gathering:
    found = await work.find(models.Gathering, gathering_id, "gathering")
    if not rules.AUTHOR.holds(work.viewer, found):
        raise forbidden("Only whoever invited may change it.")
    return found


def _set_time(found: models.Gathering, starts_at: datetime, ends_at: datetime | None) -> None:
    """Raises `Refusal` INVALID for what has begun, or ends before it starts."""
    found.starts_at = within(starts_at, "starts_at", datetime.now(UTC), FURTHEST)
    found.ends_at = None if ends_at is None else within(ends_at, "ends_at", starts_at, LONGEST)
    found.starts_key = uuid7(milliseconds(starts_at))


def _set_capacity(found: models.Gathering, capacity: int | None) -> None:
    """Raises `Refusal` INVALID; nobody who has a place loses it."""
    if capacity is not None and not max(1, found.going_count) <= capacity <= MOST:
        words = f"At least those who come already, at most {MOST}."
        raise Refusal(RefusalCode.INVALID, words, "capacity")
    found.capacity = capacity


async def _tell_comers(work: Work, found: models.Gathering) -> None:
    """Tell those who come, perhaps come or wait that the time or place is another, or it is off."""
    coming = models.Attendance.filter(gathering_id=found.id).exclude(state=NOT_GOING)
    for row in await coming.exclude(membership_id=found.author_id).order_by("resident_id"):
        kind = models.EventKind.GATHERING_CHANGED
        work.announce(to_resident(row.resident_id, kind, row, author_id=found.author_id))
