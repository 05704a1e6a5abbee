"""A resident's calendar for calendar programs: by a secret address that can be taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import recipient, secrets
from auth.visibility import visible
from models.base import floor
from resolvers import follow
from resolvers.context import Context
from resolvers.refusal import not_found
from resolvers.relation import One
from resolvers.work import Work, perform

PAST, MOST = timedelta(days=30), 500


@dataclass(frozen=True)
class NewCalendarFeed:
    """The address, shown once."""

    path: str
    feed: models.CalendarFeed


@dataclass(frozen=True)
class Entry:
    """A gathering as a calendar has it."""

    gathering: models.Gathering
    post: models.Post


of_residents = One(
    "The address by which a calendar program reads the gatherings, if there is one.",
    models.CalendarFeed,
    "id",
    key="resident_id",
)


async def create_calendar_feed(
    context: Context,
    *,
    only_mine: Annotated[bool, Doc("Only what the viewer comes to, or perhaps comes to.")] = False,
) -> NewCalendarFeed:
    """Make a secret address for calendar programs; one that was made before opens nothing more."""
    secret = secrets.new_token("nbc")
    given = {"hash": secrets.digest(secret), "only_mine": only_mine}
    feed: models.CalendarFeed = await perform(context, _create, given, None)
    return NewCalendarFeed(f"/calendar/{secret}.ics", feed)


async def revoke_calendar_feed(work: Work) -> models.CalendarFeed:
    """Take the address back, at once."""
    feed = await work.visible(models.CalendarFeed).select_for_update().get_or_none()
    if feed is None:
        raise not_found("calendar feed")
    await feed.delete()
    return feed


async def entries(secret: str, now: datetime) -> list[Entry] | None:
    """What the address tells as of now, by the rules of now; None for one that opens nothing."""
    feed = await models.CalendarFeed.get_or_none(hash=secrets.digest(secret))
    if feed is None:
        return None
    viewer = (await recipient.viewers_of([feed.resident_id])).get(feed.resident_id)
    if viewer is None:
        return None
    rows = visible(models.Gathering, viewer).filter(
        neighbourhood_id__in=await follow.places_of(viewer), starts_key__gte=floor(now - PAST)
    )
    if feed.only_mine:
        mine = visible(models.Attendance, viewer).filter(
            membership_id__in=viewer.membership_ids,
            state__in=(models.AttendanceState.GOING, models.AttendanceState.MAYBE),
        )
        rows = rows.filter(id__in=await mine.values_list("gathering_id", flat=True))
    found = await rows.order_by("starts_key").limit(MOST)
    posts = visible(models.Post, viewer).filter(id__in=[each.post_id for each in found])
    words: dict[UUID, models.Post] = {post.id: post for post in await posts}
    return [Entry(each, words[each.post_id]) for each in found if each.post_id in words]


async def _create(work: Work, *, hash: str, only_mine: bool) -> models.CalendarFeed:
    account = await work.visible(models.Resident).select_for_update(no_key=True).get()
    await models.CalendarFeed.filter(resident_id=account.id).delete()
    return await models.CalendarFeed.create(resident_id=account.id, hash=hash, only_mine=only_mine)
