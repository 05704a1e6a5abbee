"""Whether a match may be proposed: decided under the locks of the proposal, by what is true now.

A refusal says only what the viewer knows, or may see, anyhow. What a worker may not know of the two
is no refusal: such a proposal is hushed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q

import models
from models import HelpMatchRole, HelpMatchState, HelpReach
from models.base import floor
from resolvers import guardian_leave
from resolvers.help_match_change import Members
from resolvers.organisation import today
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.work import Work

REQUESTER, HELPER, WORKER = HelpMatchRole
LIVES_THERE = (models.MembershipRole.RESIDENT, models.MembershipRole.MODERATOR)
STANDING = {
    HelpMatchState.PROPOSED: "This is proposed already, and waits for an answer.",
    HelpMatchState.ACCEPTED: "The two are together in this already.",
    HelpMatchState.DECLINED: "This was declined, and is not proposed again.",
    HelpMatchState.COMPLETED: "The two were together in this already.",
}
FOR_ONE = 3
# how many of one's own may wait for an answer, and how many are made in a day
BOUNDS = {REQUESTER: (10, 20), HELPER: (10, 20), WORKER: (50, 50)}


@dataclass(frozen=True)
class Proposal:
    """Who would bring whom together for which post: all of them locked."""

    role: HelpMatchRole
    post: models.Post
    requester: models.Membership
    member: models.Membership
    proposer: models.Membership
    members: Members


async def check_request(work: Work, proposal: Proposal, request: models.HelpRequest | None) -> None:
    """Raises `Refusal`: the author is told what is missing, others that it is over."""
    if proposal.role is REQUESTER:
        await guardian_leave.check_may_be_matched(work, proposal.requester)
    over = (models.HelpRequestState.SOLVED, models.HelpRequestState.WITHDRAWN)
    stands = request is not None and request.state not in over
    if not stands or not proposal.members.may_be_asked(proposal.requester.id):
        words = "This request is over: nothing is proposed for it any more."
        raise Refusal(RefusalCode.CONFLICT, words, "post_id")


async def check_member(work: Work, proposal: Proposal) -> None:
    """Raises `Refusal`: to who offers what is missing, to others that there is no such helper."""
    member = proposal.member
    is_near = _is_near(work, proposal.post, member)
    if proposal.role is HELPER and is_near:
        await guardian_leave.check_may_be_matched(work, member)
        is_next_door = member.neighbourhood_id != proposal.post.neighbourhood_id
        if is_next_door and not await _offers_to(proposal.requester, member):
            raise forbidden("Offer your help to neighbours nearby first.")
        return
    is_other = member.resident_id != proposal.requester.resident_id
    is_met = is_near and is_other and member.id not in work.viewer.blocked
    if not is_met or not proposal.members.may_be_asked(member.id):
        raise not_found("helper")
    if not await _offers_to(proposal.requester, member):
        raise not_found("helper")


async def are_apart(proposal: Proposal) -> bool:
    """Whether the two block each other, of which a worker may not know.

    Raises `Refusal` NOT_FOUND if one of them and the viewer do, at this very moment.
    """
    one, other = proposal.requester.resident_id, proposal.member.resident_id
    viewer = proposal.proposer.resident_id
    people = {one, other, viewer}
    found = await models.Block.filter(resident_id__in=people, blocked_id__in=people)
    blocks = [{block.resident_id, block.blocked_id} for block in found]
    if {viewer, other} in blocks:
        raise not_found("post" if proposal.role is HELPER else "helper")
    if {viewer, one} in blocks:
        raise not_found("post")
    return bool(blocks)


async def was_declined(proposal: Proposal) -> bool:
    """Whether one of the two declined this before, of which a worker may not know.

    Raises `Refusal` CONFLICT for what the viewer knows of: a proposal that waits, was accepted or
    declined. Whoever declined may think better of it, and propose it.
    """
    pair = models.HelpMatch.filter(post_id=proposal.post.id, helper_id=proposal.member.id)
    rows = await pair.order_by("id")
    if [row.proposed_by_id for row in rows].count(proposal.proposer.id) >= FOR_ONE:
        words = f"This was proposed {FOR_ONE} times, and that is enough."
        raise Refusal(RefusalCode.CONFLICT, words)
    for row in rows:
        if row.state in STANDING and _stands_in_the_way(proposal, row):
            raise Refusal(RefusalCode.CONFLICT, STANDING[row.state])
    return proposal.role is WORKER and any(row.state is HelpMatchState.DECLINED for row in rows)


async def check_bounds(proposal: Proposal) -> None:
    """Nobody is pressed. The viewer's own proposals are counted, under the lock of the member.

    How many others have asked the same helper is counted for nobody: it would tell of them. Raises
    `Refusal` CONFLICT.
    """
    waiting, daily = BOUNDS[proposal.role]
    own = models.HelpMatch.filter(proposed_by_id=proposal.proposer.id)
    if await own.filter(state=HelpMatchState.PROPOSED).count() >= waiting:
        words = f"{waiting} of your proposals wait for an answer."
        raise Refusal(RefusalCode.CONFLICT, words)
    yesterday = floor(datetime.now(UTC) - timedelta(days=1))
    if await own.filter(id__gte=yesterday).count() >= daily:
        raise Refusal(RefusalCode.CONFLICT, f"You made {daily} proposals within a day.")


def _stands_in_the_way(proposal: Proposal, row: models.HelpMatch) -> bool:
    """A worker knows of the own proposals only; the two know of all that reached them."""
    if proposal.role is WORKER or row.hushed:
        return row.proposed_by_id == proposal.proposer.id
    is_of_the_other = row.proposed_by_id in {proposal.requester.id, proposal.member.id} - {
        proposal.proposer.id
    }
    return not (row.state is HelpMatchState.DECLINED and is_of_the_other)


def _is_near(work: Work, post: models.Post, member: models.Membership) -> bool:
    """Whether the member lives where the post stands, or next door to it if that says nearby."""
    if member.state is not models.MembershipState.ACTIVE or member.role not in LIVES_THERE:
        return False
    if member.neighbourhood_id == post.neighbourhood_id:
        return True
    is_for_nearby = post.audience is models.Audience.NEIGHBOURS_NEARBY
    return is_for_nearby and _adjoin(work, post.neighbourhood_id, member.neighbourhood_id)


def _adjoin(work: Work, one: UUID, other: UUID) -> bool:
    """Whether two neighbourhoods, in one of which the viewer lives or works, are adjacent."""
    pairs = ((work.viewer.standing_in(one), other), (work.viewer.standing_in(other), one))
    return any(standing is not None and place in standing.adjacent for standing, place in pairs)


async def _offers_to(requester: models.Membership, member: models.Membership) -> bool:
    """Whether what the member offers, at this moment, reaches as far as the requester."""
    standing = Q(ends_on__isnull=True) | Q(ends_on__gte=today())
    offer = await models.HelpOffer.get_or_none(standing, membership_id=member.id, paused=False)
    if offer is None:
        return False
    if member.neighbourhood_id != requester.neighbourhood_id:
        return offer.reach is HelpReach.NEARBY
    is_same_street = member.street is not None and member.street == requester.street
    return offer.reach is not HelpReach.STREET or is_same_street
