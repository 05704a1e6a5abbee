"""How a post read before its edits: kept, and read by its author and the moderators."""

from collections.abc import Sequence
from datetime import UTC, datetime

import models
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.text import checked, checked_line

TITLE, BODY = 120, 10_000


async def history(
    posts: Sequence[models.Post], context: Context, *, first: First = None, after: After = None
) -> list[Page[models.PostRevision]]:
    """How it read before its edits, newest first."""
    revisions = visible(models.PostRevision, context.viewer)
    return await pages_of(revisions, Window(first, after), "post_id", [p.id for p in posts])


async def reword(post: models.Post, body: str | None, title: str | None) -> None:
    """Give a locked post other words, and keep those that it had. Raises `Refusal`."""
    await models.PostRevision.create(
        neighbourhood_id=post.neighbourhood_id,
        post_id=post.id,
        author_id=post.author_id,
        title=post.title,
        body=post.body,
    )
    if body is not None:
        post.body = checked(body, "body", BODY)
    if title is not None:
        post.title = checked_line(title, "title", TITLE, least=0) or None
    post.edited_at = datetime.now(UTC)
    await post.save(update_fields=["body", "title", "edited_at"])
