"""The end of a post: no word stays of it, nor of what stands under it, and nothing hangs on it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import models
from resolvers import help_request_post, nearby, post_part, reaction, share_end
from resolvers.work import Work


async def end(work: Work, post: models.Post) -> None:
    """Remove a locked post of the viewer's own, its shares, and its request with the matches."""
    await share_end.end_of_post(work, post.id, datetime.now(UTC))
    await nearby.count_post(post, -1)
    await help_request_post.erase(work, post)
    await erase([post.id])


async def erase(post_ids: Sequence[UUID]) -> None:
    """Leave no word of locked posts, and none of what stands under them."""
    gone = {"removed_at": datetime.now(UTC), "body": "", **reaction.NONE}
    await models.Post.filter(id__in=post_ids).update(title=None, comment_count=0, **gone)
    await post_part.erase(post_ids)
    under = models.Comment.filter(post_id__in=post_ids)
    await under.update(reply_count=0, **gone)
