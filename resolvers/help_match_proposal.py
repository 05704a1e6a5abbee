"""Proposing a match: by who needs help, by who gives it, or by a neighbourhood worker to both."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from tortoise.expressions import F
from typing_extensions import Doc

import models
from auth import rules
from models import HelpMatchRole
from resolvers import help_match_asked, help_match_step
from resolvers.help_match_asked import Proposal
from resolvers.help_match_change import announce, lock_members, lock_requests
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.text import checked
from resolvers.work import Work

NOTE = 500


async def propose_match(
    work: Work,
    *,
    post_id: Annotated[UUID, Doc("The post that asks for help.")],
    helper_id: Annotated[
        UUID | None,
        Doc("The membership of who is to help; left out, the viewer offers to."),
    ] = None,
    note: Annotated[str | None, Doc("A word between the two, 500 characters at most.")] = None,
) -> models.HelpMatch:
    """Propose that two neighbours be brought together: one asks for help, one gives it.

    The author of the request names a helper, a neighbour offers to be it, or a neighbourhood worker
    names one for the author; both have to accept. Nobody else ever hears of it.
    """
    post = await work.find(models.Post, post_id, "post")
    words = checked(note or "", "note", NOTE, least=0)
    proposal = await _proposal(work, post, helper_id)
    request = next(iter(await lock_requests([post.id])), None)
    await help_match_asked.check_request(work, proposal, request)
    await help_match_asked.check_member(work, proposal)
    are_apart = await help_match_asked.are_apart(proposal)
    was_declined = await help_match_asked.was_declined(proposal)
    await help_match_asked.check_bounds(proposal)
    return await _propose(work, proposal, words, hushed=are_apart or was_declined)


async def _proposal(work: Work, post: models.Post, helper_id: UUID | None) -> Proposal:
    """Who would bring whom together, locked after the post. Raises `Refusal`."""
    if post.kind is not models.PostKind.HELP_REQUEST or post.author_id is None:
        raise Refusal(RefusalCode.INVALID, "This post does not ask for help.", "post_id")
    role, proposer_id, helper_id = _who(work, post, helper_id)
    members = await lock_members({post.author_id, proposer_id, helper_id})
    if helper_id not in members.rows:
        raise not_found("helper")
    requester, member, proposer = (
        members.rows[id] for id in (post.author_id, helper_id, proposer_id)
    )
    if proposer.state is not models.MembershipState.ACTIVE:
        raise not_found("post")  # the viewer has moved out at this very moment
    return Proposal(role, post, requester, member, proposer, members)


def _who(work: Work, post: models.Post, helper_id: UUID | None) -> tuple[HelpMatchRole, UUID, UUID]:
    """What the viewer is, and the memberships of who proposes and of who is to help."""
    if rules.AUTHOR.holds(work.viewer, post):
        return HelpMatchRole.REQUESTER, _there(work, post), _named(helper_id)
    if helper_id in work.viewer.membership_ids:
        return HelpMatchRole.HELPER, _named(helper_id), _named(helper_id)
    if post.neighbourhood_id in work.viewer.works_in:
        return HelpMatchRole.WORKER, _there(work, post), _named(helper_id)
    if helper_id is not None:
        raise forbidden("Only its author, or a neighbourhood worker, names somebody else.")
    return HelpMatchRole.HELPER, _near(work, post), _near(work, post)


def _named(helper_id: UUID | None) -> UUID:
    if helper_id is None:
        raise Refusal(RefusalCode.INVALID, "Say who is to help.", "helper_id")
    return helper_id


def _there(work: Work, post: models.Post) -> UUID:
    return work.standing(post.neighbourhood_id).membership_id


def _near(work: Work, post: models.Post) -> UUID:
    """The membership by which a neighbour who reads the post would help: there, or next door."""
    place = post.neighbourhood_id
    homes = [s for s in work.viewer.standings if s.neighbourhood_id in work.viewer.member_of]
    near = [home for home in homes if home.neighbourhood_id == place]
    near += [home for home in homes if place in home.adjacent]
    if not near:
        raise not_found("post")
    return near[0].membership_id


async def _propose(work: Work, proposal: Proposal, note: str, *, hushed: bool) -> models.HelpMatch:
    """The match, told to whom it concerns; a helper who is asked is counted as asked."""
    now = datetime.now(UTC)
    match = models.HelpMatch(
        neighbourhood_id=proposal.post.neighbourhood_id,
        post_id=proposal.post.id,
        requester_id=proposal.requester.id,
        helper_id=proposal.member.id,
        proposed_by_id=proposal.proposer.id,
        hushed=hushed,
        note=note,
    )
    help_match_step.begin(match, proposal.role, now)
    await match.save(force_create=True)
    if proposal.role is not HelpMatchRole.HELPER:
        await _count_as_asked(proposal.member, 0 if hushed else 1, now)
    await announce(work, [match])
    return match


async def _count_as_asked(member: models.Membership, times: int, now: datetime) -> None:
    """Who was asked is suggested later; a proposal that reaches nobody takes as long, to no end."""
    asked: dict[str, Any] = {"asked_count": F("asked_count") + times}
    if times:
        asked["last_asked_at"] = now
    await models.HelpOffer.filter(membership_id=member.id).update(**asked)
