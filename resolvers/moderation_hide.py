"""Hiding what was judged, from everybody and at once, so that it can be given back as it was.

Words stay in the row of what a rule hides; of what has no such rule (a message, a profile) they are
taken out of it, and kept in the decision.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from tortoise.expressions import F

import models
from models import ReportSubject
from realtime import events
from resolvers import comment_share, help_request_post, nearby, post_part, share_end, talk
from resolvers.feed import about_comment, about_post, about_reply
from resolvers.work import Work

Verb = Callable[[Work, models.ModerationDecision, models.Membership], Awaitable[None]]


async def hide(
    work: Work, decision: models.ModerationDecision, accused: models.Membership, now: datetime
) -> None:
    """Hide what a decision, not yet saved, is about; it is locked. What is gone stays gone."""
    decision.hidden_at = now
    await HIDING[decision.subject](work, decision, accused)


async def give_back(
    work: Work, decision: models.ModerationDecision, accused: models.Membership
) -> None:
    """Show what a decision hid, which is locked, unless it was removed by something else."""
    if decision.hidden_at is not None:
        await GIVING_BACK[decision.subject](work, decision, accused)


async def _hide_post(
    work: Work, decision: models.ModerationDecision, accused: models.Membership
) -> None:
    """With it go its shares and its request for help, as if its author had removed it."""
    now = decision.hidden_at
    post = await models.Post.get_or_none(id=decision.subject_id, removed_at__isnull=True)
    if post is None or now is None:
        return
    await share_end.end_of_post(work.as_member(accused), post.id, now)
    await nearby.count_post(post, -1)
    await help_request_post.erase(work, post)
    await models.Post.filter(id=post.id).update(removed_at=now)
    await post_part.hide(post, now)
    work.announce(about_post(events.PostRemoved, post))


async def _give_post_back(
    work: Work, decision: models.ModerationDecision, _accused: models.Membership
) -> None:
    moment = decision.hidden_at
    post = await models.Post.get_or_none(id=decision.subject_id, removed_at=moment)
    if post is None or moment is None:
        return
    await models.Post.filter(id=post.id).update(removed_at=None)
    await post_part.give_back(post, moment)
    await nearby.count_post(post, +1)
    await help_request_post.begin(post)
    work.announce(about_post(events.PostPublished, post))


async def _hide_comment(
    work: Work, decision: models.ModerationDecision, _accused: models.Membership
) -> None:
    """With it go the replies to it."""
    thread = await _thread(decision, removed_at=None)
    if decision.subject_id not in {each.id for each in thread}:
        return
    await models.Comment.filter(id__in=[each.id for each in thread]).update(
        removed_at=decision.hidden_at
    )
    for each in thread:
        if each.author_id is not None:
            author = await models.Membership.get(id=each.author_id)
            await comment_share.withdraw_erased(work.as_member(author), each)
        kind = events.CommentRemoved
        work.announce(about_comment(kind, each), *about_reply(kind, each))
    await _count(thread, decision, -1)


async def _give_comment_back(
    work: Work, decision: models.ModerationDecision, _accused: models.Membership
) -> None:
    if await models.Post.filter(id=decision.post_id, removed_at__isnull=False).exists():
        return
    thread = await _thread(decision, removed_at=decision.hidden_at)
    await models.Comment.filter(id__in=[each.id for each in thread]).update(removed_at=None)
    for each in thread:
        kind = events.CommentAdded
        work.announce(about_comment(kind, each), *about_reply(kind, each))
    await _count(thread, decision, +1)


async def _hide_message(
    work: Work, decision: models.ModerationDecision, _accused: models.Membership
) -> None:
    standing = models.ChatMessage.filter(id=decision.subject_id, deleted_at__isnull=True)
    await standing.update(body="", deleted_at=decision.hidden_at)
    await _tell_talk(work, decision, models.EventKind.MESSAGE_REMOVED)


async def _give_message_back(
    work: Work, decision: models.ModerationDecision, _accused: models.Membership
) -> None:
    hidden = models.ChatMessage.filter(id=decision.subject_id, deleted_at=decision.hidden_at)
    if await hidden.update(body=decision.body, deleted_at=None):
        await _tell_talk(work, decision, models.EventKind.MESSAGE_SENT)


async def _hide_profile(
    _work: Work, decision: models.ModerationDecision, accused: models.Membership
) -> None:
    """The words about oneself; whoever is known by a name goes on being called by it."""
    await models.Membership.filter(id=accused.id).update(about="")


async def _give_profile_back(
    _work: Work, decision: models.ModerationDecision, accused: models.Membership
) -> None:
    await models.Membership.filter(id=accused.id, about="").update(about=decision.body)


HIDING: dict[ReportSubject, Verb] = {
    ReportSubject.POST: _hide_post,
    ReportSubject.COMMENT: _hide_comment,
    ReportSubject.MESSAGE: _hide_message,
    ReportSubject.PROFILE: _hide_profile,
}
GIVING_BACK: dict[ReportSubject, Verb] = {
    ReportSubject.POST: _give_post_back,
    ReportSubject.COMMENT: _give_comment_back,
    ReportSubject.MESSAGE: _give_message_back,
    ReportSubject.PROFILE: _give_profile_back,
}


async def _thread(
    decision: models.ModerationDecision, *, removed_at: datetime | None
) -> list[models.Comment]:
    """The comment and the replies to it, those that were removed at this moment (None: stand)."""
    under = models.Comment.filter(post_id=decision.post_id, removed_at=removed_at).order_by("id")
    ids = (decision.subject_id,)
    return [each for each in await under if each.id in ids or each.parent_id in ids]


async def _count(
    thread: list[models.Comment], decision: models.ModerationDecision, change: int
) -> None:
    """Keep the counters above in step; an empty place was never counted."""
    words = [each for each in thread if each.deleted_at is None]
    count = F("comment_count") + change * len(words)
    await models.Post.filter(id=decision.post_id).update(comment_count=count)
    for each in words:
        await nearby.count_comment(each, change)
        if each.id == decision.subject_id and each.parent_id is not None:
            above = models.Comment.filter(id=each.parent_id)
            await above.update(reply_count=F("reply_count") + change)


async def _tell_talk(
    work: Work, decision: models.ModerationDecision, kind: models.EventKind
) -> None:
    message = await models.ChatMessage.get_or_none(id=decision.subject_id)
    if message is not None:
        [within] = await models.Conversation.filter(id=message.conversation_id)
        await talk.tell(work, message.author_id, within, kind=kind, row=message)
