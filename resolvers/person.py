"""Whose memberships these are: asked to tell residents what concerns them, never to show it."""

from collections.abc import Iterable
from uuid import UUID

import models


async def residents_of(membership_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The resident behind each membership, by the id of the membership."""
    rows = models.Membership.filter(id__in=set(membership_ids))
    return dict(await rows.values_list("id", "resident_id"))


async def active_residents_of(membership_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The resident behind each of those memberships that have not ended."""
    rows = models.Membership.filter(id__in=set(membership_ids), state=models.MembershipState.ACTIVE)
    return dict(await rows.values_list("id", "resident_id"))
