"""The end of matches that nobody ends by hand: solved, deleted, moved out, without leave, blocked.

Each locks as a step does (requests, then matches), may be called again, and tells whom it concerns.
"""

from datetime import UTC, datetime
from uuid import UUID

from tortoise.expressions import Q

import models
from models import HelpMatchState
from resolvers import help_match_step
from resolvers.help_match_change import announce, lock_requests, settle
from resolvers.work import Work

PROPOSED = HelpMatchState.PROPOSED
STANDING = (HelpMatchState.PROPOSED, HelpMatchState.ACCEPTED)


async def withdraw_of_post(work: Work, post_id: UUID) -> None:
    """What is proposed for a request that is over is withdrawn; what was accepted stands."""
    await _withdraw(work, Q(post_id=post_id, state=PROPOSED))


async def withdraw_of_member(work: Work, membership_id: UUID) -> None:
    """A member who moves out, or may not be matched any more, stands in no match."""
    party = Q(requester_id=membership_id) | Q(helper_id=membership_id)
    await _withdraw(work, party & Q(state__in=STANDING))


async def withdraw_between(work: Work, one_resident_id: UUID, other_resident_id: UUID) -> None:
    """Of two persons between whom there is a block now, none stands in a match with the other.

    Nor in one that the other proposed, as a neighbourhood worker, and that waits for an answer.
    """
    one, other = await _memberships(one_resident_id, other_resident_id)
    pair = Q(requester_id__in=one, helper_id__in=other)
    pair |= Q(requester_id__in=other, helper_id__in=one)
    proposed = Q(proposed_by_id__in=one) & (Q(requester_id__in=other) | Q(helper_id__in=other))
    proposed |= Q(proposed_by_id__in=other) & (Q(requester_id__in=one) | Q(helper_id__in=one))
    await _withdraw(work, pair & Q(state__in=STANDING) | proposed & Q(state=PROPOSED))


async def erase_of_post(work: Work, post_id: UUID) -> None:
    """Of a deleted post no request is left, and no match. Its members are locked before this."""
    await lock_requests([post_id])
    matches = await models.HelpMatch.filter(post_id=post_id).order_by("id").select_for_update()
    await announce(work, matches)
    await models.HelpMatch.filter(post_id=post_id).delete()
    await models.HelpRequest.filter(post_id=post_id).delete()


async def _withdraw(work: Work, which: Q) -> None:
    """Withdraw these, and let the requests that they leave look for somebody again."""
    seen = [match.post_id for match in await models.HelpMatch.filter(which)]
    requests = await lock_requests(seen)
    found = models.HelpMatch.filter(which, post_id__in=seen)
    matches = await found.order_by("id").select_for_update()
    now = datetime.now(UTC)
    for match in matches:
        help_match_step.end(match, HelpMatchState.WITHDRAWN, now)
        await match.save(update_fields=["state", "ended_at", "address"])
    await settle(requests)
    await announce(work, matches)


async def _memberships(*resident_ids: UUID) -> list[list[UUID]]:
    """The memberships of each person, locked: a proposal between them was before this, or waits."""
    found = models.Membership.filter(resident_id__in=resident_ids).order_by("id")
    rows = await found.select_for_update(no_key=True)
    return [[row.id for row in rows if row.resident_id == one] for one in resident_ids]
