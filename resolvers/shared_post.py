"""What a share shows of its post: the words as they are now, and the name if the author chose so.

Everything here is found through the share as the viewer may see it at that moment: in the statement
that reads the words, so that what ended in between shows nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

import models
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import referred
from resolvers.relation import One, reads

Shares = Sequence[models.PostShare]


@reads("id", "post_id")
async def kinds(shares: Shares, context: Context) -> list[models.PostKind | None]:
    """What the post is about; null when the post is gone."""
    found = await context.batches.load_all(words, shares)
    return [post.kind if post else None for post in found]


@reads("id", "post_id")
async def titles(shares: Shares, context: Context) -> list[str | None]:
    """The title of the post, if it has one."""
    found = await context.batches.load_all(words, shares)
    return [post.title if post else None for post in found]


@reads("id", "post_id")
async def bodies(shares: Shares, context: Context) -> list[str | None]:
    """The words of the post as they are now; null when the post is gone."""
    found = await context.batches.load_all(words, shares)
    return [post.body if post else None for post in found]


@reads("id", "post_id")
async def moments(shares: Shares, context: Context) -> list[datetime | None]:
    """When the post was published; null when the post is gone."""
    return [
        post.created_at if post else None for post in await context.batches.load_all(words, shares)
    ]


@reads("id", "author_id", "with_name")
async def author_names(shares: Shares, context: Context) -> list[str | None]:
    """The display name of the author, who chose to show it; otherwise null."""
    named = _seen(shares, context).filter(with_name=True).values("author_id")
    authors = models.Membership.filter(id__in=Subquery(named))
    found = await referred(authors, [s.author_id if s.with_name else None for s in shares])
    return [author.display_name if author else None for author in found]


posts = One("The post, for its author.", models.Post, "post_id")


@reads("id", "post_id")
async def words(shares: Shares, context: Context) -> list[models.Post | None]:
    """The post behind each share; never shown as such."""
    shared = Subquery(_seen(shares, context).values("post_id"))
    live = models.Post.filter(id__in=shared, removed_at__isnull=True)
    return await referred(live, [share.post_id for share in shares])


def _seen(shares: Shares, context: Context) -> QuerySet[models.PostShare]:
    ids = {share.id for share in shares}
    return visible(models.PostShare, context.viewer).filter(id__in=ids)
