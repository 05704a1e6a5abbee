"""How much stands under a post or a comment, without what a block hides from the viewer."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Count

import models
from resolvers.context import Context
from resolvers.relation import reads


@reads("id", "comment_count")
async def of_posts(posts: Sequence[models.Post], context: Context) -> list[int]:
    """How many comments and replies stand under it that the viewer may see."""
    blocked = context.viewer.blocked
    under = Q(author_id__in=blocked) | Q(parent__author_id__in=blocked)
    hidden = await _hidden(context, "post_id", [post.id for post in posts], under)
    return [post.comment_count - hidden[post.id] for post in posts]


@reads("id", "reply_count")
async def of_comments(comments: Sequence[models.Comment], context: Context) -> list[int]:
    """How many replies stand under it that the viewer may see."""
    theirs = Q(author_id__in=context.viewer.blocked)
    hidden = await _hidden(context, "parent_id", [comment.id for comment in comments], theirs)
    return [comment.reply_count - hidden[comment.id] for comment in comments]


async def _hidden(context: Context, key: str, ids: Sequence[UUID], which: Q) -> Counter[UUID]:
    """What is counted on the row and not seen; who has to do with no block pays nothing for it.

    The blocks belong to the class of viewers that shares an answer.
    """
    if not context.viewer.blocked:
        return Counter()
    rows = models.Comment.filter(which, deleted_at__isnull=True, removed_at__isnull=True)
    counted = rows.filter(**{f"{key}__in": ids}).annotate(rows=Count("id")).group_by(key)
    return Counter(dict(await counted.values_list(key, "rows")))
