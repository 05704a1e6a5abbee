"""Introductions: the newest neighbours, and the one post in which each says hello."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import models
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, found_by, pages_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode

NEW = timedelta(days=30)
KIND = models.PostKind.INTRODUCTION


async def newcomers(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Membership]]:
    """The members who came in the last 30 days, newest first."""
    new = visible(models.Membership, context.viewer).filter(
        state=models.MembershipState.ACTIVE, verified_at__gt=datetime.now(UTC) - NEW
    )
    window = Window(first, after)
    return await pages_of(new, window, "neighbourhood_id", [each.id for each in neighbourhoods])


async def of_memberships(
    memberships: Sequence[models.Membership], context: Context
) -> list[models.Post | None]:
    """The post in which the member said hello, if there is one."""
    rows = visible(models.Post, context.viewer).filter(kind=KIND)
    return await found_by(rows, "author_id", [each.id for each in memberships])


async def check_first(author_id: UUID) -> None:
    """Nobody says hello twice in one neighbourhood. Raises `Refusal` CONFLICT."""
    if await models.Post.filter(author_id=author_id, kind=KIND, removed_at=None).exists():
        words = "You have introduced yourself; change what you wrote."
        raise Refusal(RefusalCode.CONFLICT, words, "kind")
