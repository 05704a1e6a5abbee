"""The end of all help of a member, who moves out or may be matched no more."""

from uuid import UUID

from resolvers import help_match_end, help_offer, help_request_post
from resolvers.work import Work


async def end_of_member(work: Work, membership_id: UUID) -> None:
    """What the member offers is gone, what is asked and what stands is taken back: all are told."""
    await help_offer.end_offer(membership_id)
    # first the matches: whoever moves out at the same moment locks requests in the same order
    await help_match_end.withdraw_of_member(work, membership_id)
    await help_request_post.withdraw_of_member(work, membership_id)
