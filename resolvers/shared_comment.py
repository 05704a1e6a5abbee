"""What goes along with a share of the comments under its post: words as they are now, no names."""

from collections.abc import Sequence
from datetime import datetime

from tortoise.expressions import Subquery

import models
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of, referred
from resolvers.paging import After, First

AGREED = models.CommentShareState.AGREED

Rows = Sequence[models.CommentShare]


async def of_shares(
    shares: Sequence[models.PostShare],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.CommentShare]]:
    """The comments whose writers agreed that they go along, oldest first; no others, no names."""
    rows = visible(models.CommentShare, context.viewer).filter(state=AGREED)
    window = Window(first, after, newest_first=False)
    return await pages_of(rows, window, "share_id", [share.id for share in shares])


async def bodies(rows: Rows, context: Context) -> list[str | None]:
    """The words of the comment as they are now."""
    return [
        comment.body if comment else None for comment in await context.batches.load_all(words, rows)
    ]


async def moments(rows: Rows, context: Context) -> list[datetime | None]:
    """When the comment was written."""
    return [
        comment.created_at if comment else None
        for comment in await context.batches.load_all(words, rows)
    ]


async def words(rows: Rows, context: Context) -> list[models.Comment | None]:
    """The comment behind each agreed share, found through it; never shown as such."""
    agreed = visible(models.CommentShare, context.viewer).filter(state=AGREED)
    shared = Subquery(agreed.filter(id__in={row.id for row in rows}).values("comment_id"))
    live = models.Comment.filter(id__in=shared, deleted_at__isnull=True, removed_at__isnull=True)
    return await referred(live, [row.comment_id for row in rows])
