"""The posts in which an announcement stands: one in each neighbourhood that it is for."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tortoise.functions import Sum

import models
from auth import rules
from auth.visibility import visible
from realtime import events
from resolvers import organisation, reaction
from resolvers.context import Context
from resolvers.cursor import decode
from resolvers.feed import about_post
from resolvers.page import Page, Window, pages_of, referred
from resolvers.paging import After, First
from resolvers.poll_post import Question
from resolvers.relation import One

COUNTERS = ("comment_count", *reaction.NONE)


announcers = One(
    "The organisation that announced it; null for what a neighbour wrote.",
    models.Organisation,
    "organisation_id",
)


async def of_posts(
    posts: Sequence[models.Post], _context: Context
) -> list[models.AnnouncementPurpose | None]:
    """What an announcement is for; null for what a neighbour wrote."""
    rows = await referred(models.Announcement.all(), [post.announcement_id for post in posts])
    return [None if row is None else row.purpose for row in rows]


async def alerts(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Post]]:
    """The urgent announcements that are not over, newest first."""
    urgent = visible(models.Post, context.viewer).filter(urgent_until__gt=datetime.now(UTC))
    window = Window(first, after)
    return await pages_of(urgent, window, "neighbourhood_id", [n.id for n in neighbourhoods])


async def neighbourhoods(
    announcements: Sequence[models.Announcement],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Neighbourhood]]:
    """Where it stands, or will stand, oldest first."""
    window = Window(first, after, newest_first=False)
    start = UUID(int=0) if after is None else decode(after, "after")
    wanted = [
        sorted(id for id in row.neighbourhood_ids if id > start)[: window.size + 1]
        for row in announcements
    ]
    everywhere = [id for ids in wanted for id in ids]
    found = iter(await referred(visible(models.Neighbourhood, context.viewer), everywhere))
    return [window.page([place for _ in ids if (place := next(found))]) for ids in wanted]


async def comment_counts(
    announcements: Sequence[models.Announcement], context: Context
) -> list[int]:
    """How many comments stand under it, in the neighbourhoods that the viewer reaches."""
    sums = await _sums(announcements, context)
    return [sums[row.id]["comment_count"] for row in announcements]


async def reactions(
    announcements: Sequence[models.Announcement], context: Context
) -> list[list[reaction.ReactionCount]]:
    """What members expressed on it, each with its number, where the viewer reaches."""
    sums = await _sums(announcements, context)
    return [
        [
            reaction.ReactionCount(kind, sums[row.id][column])
            for kind, column in zip(models.ReactionKind, reaction.NONE, strict=True)
            if sums[row.id][column]
        ]
        for row in announcements
    ]


async def covered(announcement: models.Announcement) -> set[UUID]:
    """The neighbourhoods it is for that its organisation covers today."""
    rows = models.Coverage.filter(
        organisation_id=announcement.organisation_id,
        neighbourhood_id__in=announcement.neighbourhood_ids,
        since__lte=organisation.today(),
    )
    return {row.neighbourhood_id for row in await rows}


async def publish(announcement: models.Announcement, now: datetime) -> list[events.PostPublished]:
    """Put a locked announcement into the feeds that are still covered; gives what to announce."""
    places = sorted(await covered(announcement))
    posts = [_post(announcement, place) for place in places]
    await models.Post.bulk_create(posts)
    if announcement.poll is not None:
        question = Question.read(announcement.poll)
        await models.Poll.bulk_create([question.behind(each) for each in posts])
    announcement.published_at, announcement.neighbourhood_ids = now, places
    await announcement.save(update_fields=["published_at", "neighbourhood_ids"])
    return [about_post(events.PostPublished, post) for post in posts]


async def locked(announcement: models.Announcement) -> list[models.Post]:
    """Its posts that stand, locked in one order."""
    posts = models.Post.filter(announcement_id=announcement.id, removed_at__isnull=True)
    return await posts.order_by("id").select_for_update()


async def comments(posts: Sequence[models.Post]) -> list[models.Comment]:
    """What neighbours wrote under locked posts and did not erase."""
    return await models.Comment.filter(
        post_id__in=[post.id for post in posts],
        author_id__isnull=False,
        deleted_at__isnull=True,
        removed_at__isnull=True,
    )


async def reword(announcement: models.Announcement, places: Collection[UUID]) -> list[models.Post]:
    """Give its posts in these places the words of the announcement; gives the posts."""
    posts = [each for each in await locked(announcement) if each.neighbourhood_id in places]
    await models.Post.filter(id__in=[post.id for post in posts]).update(
        title=announcement.title, body=announcement.body, edited_at=announcement.edited_at
    )
    return posts


def _post(announcement: models.Announcement, neighbourhood_id: UUID) -> models.Post:
    return models.Post(
        neighbourhood_id=neighbourhood_id,
        organisation_id=announcement.organisation_id,
        announcement_id=announcement.id,
        kind=models.PostKind.ANNOUNCEMENT,
        audience=models.Audience.NEIGHBOURHOOD,
        title=announcement.title,
        body=announcement.body,
        urgent_until=announcement.urgent_until,
    )


async def _sums(
    announcements: Sequence[models.Announcement], context: Context
) -> dict[UUID, dict[str, int]]:
    """The counters of its posts added up, in the area of an office of the viewer's."""
    announced = (rules.LIVE & rules.ANNOUNCED).where(context.viewer)
    ids = [row.id for row in announcements]
    totals: dict[str, Any] = {f"total_{name}": Sum(name) for name in COUNTERS}
    posts = models.Post.filter(announced, announcement_id__in=ids).annotate(**totals)
    sums = {id: dict.fromkeys(COUNTERS, 0) for id in ids}
    for row in await posts.group_by("announcement_id").values("announcement_id", *totals):
        sums[row["announcement_id"]] = {name: row[f"total_{name}"] for name in COUNTERS}
    return sums
