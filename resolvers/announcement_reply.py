"""What residents write under an announcement, as its organisation reads it: words and a name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from tortoise.queryset import QuerySet
from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from resolvers import membership
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.relation import One


@dataclass(frozen=True)
class AnnouncementReply:
    """One comment under an announcement of `organisation_id`, by `resident_id`."""

    id: UUID
    resident_id: UUID
    organisation_id: UUID
    neighbourhood_id: UUID
    display_name: str
    body: str
    created_at: datetime
    edited_at: datetime | None


read_by = One(
    "The organisation that reads, with display names, what is written under it.",
    models.Organisation,
    "organisation_id",
)


async def replies(
    announcements: Sequence[models.Announcement],
    context: Context,
    *,
    neighbourhood_id: Annotated[UUID | None, Doc("Only those of this neighbourhood.")] = None,
    first: First = None,
    after: After = None,
) -> list[Page[AnnouncementReply]]:
    """What neighbours wrote under it where the viewer reaches, oldest first; they know it."""
    rows = visible(models.Comment, context.viewer).filter(rules.ANNOUNCER.where(context.viewer))
    rows = rows.filter(author_id__isnull=False, deleted_at__isnull=True)
    if neighbourhood_id is not None:
        rows = rows.filter(neighbourhood_id=neighbourhood_id)
    window = Window(first, after, newest_first=False)
    pages = await _pages(rows, window, [row.id for row in announcements])
    found = iter(await of_comments([row for page in pages for row in page.nodes], context))
    return [page.of([next(found) for _ in page.nodes]) for page in pages]


async def _pages(
    rows: QuerySet[models.Comment], window: Window, ids: Sequence[UUID]
) -> list[Page[models.Comment]]:
    """A page for each announcement, of the pages of all the posts that it stands as."""
    standing = models.Post.filter(announcement_id__in=ids)
    posts: dict[UUID, UUID] = dict(await standing.values_list("id", "announcement_id"))
    found: dict[UUID, list[Page[models.Comment]]] = {id: [] for id in ids}
    pages = await pages_of(rows, window, "post_id", posts)
    for announcement_id, page in zip(posts.values(), pages, strict=True):
        found[announcement_id].append(page)
    return [_together(found[id], window) for id in ids]


def _together(pages: list[Page[models.Comment]], window: Window) -> Page[models.Comment]:
    """One page, oldest first, of the pages of several lists."""
    rows = sorted((row for page in pages for row in page.nodes), key=lambda row: row.id)
    whole = window.page(rows[: window.size + 1])
    if any(page.page_info.has_next_page for page in pages):
        return replace(whole, page_info=replace(whole.page_info, has_next_page=True))
    return whole


async def of_comments(
    comments: Sequence[models.Comment], _context: Context
) -> list[AnnouncementReply]:
    """The replies that visible comments are, in their order; erased ones are none."""
    standing = [row for row in comments if row.announcer_id and not row.deleted_at]
    names = await membership.names_of([row.author_id for row in standing if row.author_id])
    return [
        _reply(row, row.announcer_id, names[row.author_id])
        for row in standing
        if row.announcer_id and row.author_id
    ]


def _reply(
    comment: models.Comment, announcer_id: UUID, author: membership.Named
) -> AnnouncementReply:
    return AnnouncementReply(
        id=comment.id,
        resident_id=author.resident_id,
        organisation_id=announcer_id,
        neighbourhood_id=comment.neighbourhood_id,
        display_name=author.display_name,
        body=comment.body,
        created_at=comment.created_at,
        edited_at=comment.edited_at,
    )
