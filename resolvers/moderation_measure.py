"""What a decision does, and how it is undone: each measure closes rights, or things, at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import models
from models import ModerationMeasure, ReportSubject
from realtime import events
from resolvers import membership, moderation_hide
from resolvers.feed import about_post
from resolvers.refusal import Refusal, RefusalCode
from resolvers.work import Work

NOTHING, HIDE, CLOSE_COMMENTS, WARN, SUSPEND, END_MEMBERSHIP = ModerationMeasure
LONGEST_DAYS = 90
UNDER_A_POST = (ReportSubject.POST, ReportSubject.COMMENT)
OF_A_MEMBER = {SUSPEND, END_MEMBERSHIP}


def check(
    case: models.ModerationCase,
    accused: models.Membership,
    measures: Sequence[ModerationMeasure],
    days: int | None,
) -> list[ModerationMeasure]:
    """The measures in the order in which they are taken. Raises `Refusal` INVALID, CONFLICT."""
    asked = set(measures)
    if not asked or len(asked) < len(measures) or (NOTHING in asked and len(asked) > 1):
        raise _invalid("Name each measure once; that nothing is done stands alone.")
    if CLOSE_COMMENTS in asked and case.subject not in UNDER_A_POST:
        raise _invalid("Only under a post there are comments to close.")
    if asked >= OF_A_MEMBER:
        raise _invalid("Suspend, or end the membership.")
    if (days is not None) is not (SUSPEND in asked) or not 1 <= (days or 1) <= LONGEST_DAYS:
        words = f"Say for how many days to suspend, {LONGEST_DAYS} at most."
        raise Refusal(RefusalCode.INVALID, words, "days")
    if asked & OF_A_MEMBER and accused.state is not models.MembershipState.ACTIVE:
        raise Refusal(RefusalCode.CONFLICT, "This membership has ended.", "measures")
    return [measure for measure in ModerationMeasure if measure in asked]


async def take(
    work: Work,
    decision: models.ModerationDecision,
    accused: models.Membership,
    now: datetime,
    days: int | None,
) -> None:
    """Do what a decision, not yet saved, says, to a locked member and the locked thing."""
    if decision.measure is HIDE:
        await moderation_hide.hide(work, decision, accused, now)
    elif decision.measure is CLOSE_COMMENTS:
        await _close_comments(work, decision, now)
    elif decision.measure is SUSPEND:
        decision.until = now + timedelta(days=days or 0)
        await _suspend(work, accused, decision.until)
    elif decision.measure is END_MEMBERSHIP:
        await membership.end(work.as_member(accused), accused)


async def undo(work: Work, decision: models.ModerationDecision, accused: models.Membership) -> None:
    """As if it had not been decided; what was warned of was said."""
    if decision.measure is HIDE:
        await moderation_hide.give_back(work, decision, accused)
    elif decision.measure is CLOSE_COMMENTS:
        await _close_comments(work, decision, None)
    elif decision.measure is SUSPEND:
        await _suspend(work, accused, None)
    elif decision.measure is END_MEMBERSHIP:
        await membership.readmit(work, accused)


async def _close_comments(
    work: Work, decision: models.ModerationDecision, at: datetime | None
) -> None:
    post = await models.Post.get_or_none(id=decision.post_id)
    if post is not None:
        await models.Post.filter(id=post.id).update(comments_closed_at=at)
        work.announce(about_post(events.PostEdited, post))


async def _suspend(work: Work, accused: models.Membership, until: datetime | None) -> None:
    accused.suspended_until = until
    await accused.save(update_fields=["suspended_until"])
    work.recheck(accused.resident_id)


def _invalid(words: str) -> Refusal:
    return Refusal(RefusalCode.INVALID, words, "measures")
