"""Notifications: what a resident is told of, read in a list and marked as read."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from models.forgetting import forget
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.relation import One
from resolvers.work import Work

COUNTED = 100


async def of_residents(
    residents: Sequence[models.Resident],
    context: Context,
    *,
    unread: Annotated[bool | None, Doc("Only what was not read, or only what was.")] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.Notification]]:
    """What the person was told of in the last 90 days, newest first."""
    rows = visible(models.Notification, context.viewer)
    if unread is not None:
        rows = rows.filter(read_at__isnull=unread)
    return await pages_of(rows, Window(first, after), "resident_id", [r.id for r in residents])


async def unread_counts(residents: Sequence[models.Resident], context: Context) -> list[int]:
    """How much of it was not read; 100 stands for that many or more."""
    rows = visible(models.Notification, context.viewer).filter(read_at=None).limit(COUNTED)
    count = len(await rows.values_list("id"))
    return [count for _ in residents]


posts = One(
    "The post it is about; null when it is about none, or none that may be seen any more.",
    models.Post,
    "post_id",
)


comments = One(
    "The comment it is about; null when it is about none, or none that may be seen any more.",
    models.Comment,
    "comment_id",
)


authors = One(
    "The neighbour whose doing it is, if it is anybody's who may be seen.",
    models.Membership,
    "author_id",
)


async def mark_notifications_read(
    work: Work,
    *,
    through_id: Annotated[UUID, Doc("This notification, and all that are older.")],
) -> models.Resident:
    """Mark notifications as read; an e-mail that waits does not tell of them any more."""
    newest = await work.find(models.Notification, through_id, "notification")
    rows = models.Notification.filter(
        resident_id=newest.resident_id, id__lte=newest.id, read_at=None
    )
    await rows.update(read_at=datetime.now(UTC))
    return await work.visible(models.Resident).get()


async def forget_notifications(before: datetime, *, limit: int) -> int:
    """Forget the notifications made before a moment, at most `limit`; gives how many."""
    return await forget(models.Notification, "created_at", before, limit=limit)


async def forget_letters(before: datetime, *, limit: int) -> int:
    """Forget the letters written down before a moment, at most `limit`; gives how many."""
    return await forget(models.Letter, "created_at", before, limit=limit)
