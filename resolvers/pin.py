"""Pinned posts: what a moderator or a neighbourhood worker keeps on top, a few at a time."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from realtime import events
from resolvers.context import Context
from resolvers.feed import about_post
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.work import Work

MOST = 3

Which = Annotated[UUID, Doc("Which post.")]


async def of_neighbourhoods(
    neighbourhoods: Sequence[models.Neighbourhood], context: Context
) -> list[list[models.Post]]:
    """What is kept on top there, three posts at most, the last one pinned first."""
    ids = [each.id for each in neighbourhoods]
    rows = visible(models.Post, context.viewer).filter(neighbourhood_id__in=ids)
    pinned = await rows.filter(pinned_at__isnull=False).order_by("-pinned_at")
    return [[post for post in pinned if post.neighbourhood_id == id] for id in ids]


async def pin_post(work: Work, *, post_id: Which) -> models.Post:
    """Keep a post on top of its feed, as a moderator or worker there; at most three at a time."""
    post = await _own_place(work, post_id)
    if post.pinned_at is not None:
        return post
    # one after the other: two who pin at once may not make four
    await models.Neighbourhood.filter(id=post.neighbourhood_id).select_for_update(no_key=True)
    standing = models.Post.filter(neighbourhood_id=post.neighbourhood_id, removed_at=None)
    if await standing.filter(pinned_at__isnull=False).count() >= MOST:
        raise Refusal(RefusalCode.CONFLICT, f"{MOST} posts are pinned; let one of them go first.")
    return await _mark(work, post, datetime.now(UTC))


async def unpin_post(work: Work, *, post_id: Which) -> models.Post:
    """Let a post go from the top of its feed."""
    post = await _own_place(work, post_id)
    return post if post.pinned_at is None else await _mark(work, post, None)


async def _own_place(work: Work, post_id: UUID) -> models.Post:
    post = await work.find(models.Post, post_id, "post")
    if post.neighbourhood_id not in work.viewer.moderates | work.viewer.works_in:
        raise forbidden("Only a moderator or a worker of the neighbourhood pins its posts.")
    return post


async def _mark(work: Work, post: models.Post, moment: datetime | None) -> models.Post:
    post.pinned_at = moment
    await post.save(update_fields=["pinned_at"])
    work.announce(about_post(events.PostEdited, post))
    return post
