"""How a post read before its edits: kept, and read by its author and the moderators."""

from datetime import UTC, datetime

import models
from resolvers.relation import Onward
from resolvers.text import checked, checked_line

TITLE, BODY = 120, 10_000


history = Onward("How it read before its edits, newest first.", models.PostRevision, "post_id")


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
