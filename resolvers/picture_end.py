"""The end of pictures: the row at once, and the files once that is committed."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

import models
from models.transaction import transaction
from realtime import job
from realtime.job import JobKind

ABANDONED = timedelta(days=1)
AT_ONCE = 200


async def discard(pictures: QuerySet[models.Picture]) -> int:
    """Remove pictures, and have their files thrown away once that is committed."""
    ids = [(row.id,) for row in await pictures.select_for_update()]
    await job.enqueue_all(JobKind.DISCARD, ids)
    await models.Picture.filter(id__in=[id for (id,) in ids]).delete()
    return len(ids)


async def discard_abandoned(now: datetime) -> int:
    """Remove what was uploaded for no post, a day after; gives how many, `AT_ONCE` at most."""
    loose = models.Picture.filter(post_id=None, created_at__lt=now - ABANDONED)
    async with transaction():
        return await discard(loose.order_by("created_at").limit(AT_ONCE))


async def discard_of_members(membership_ids: Collection[UUID]) -> None:
    """Remove whatever these members uploaded."""
    await discard(models.Picture.filter(author_id__in=list(membership_ids)))
