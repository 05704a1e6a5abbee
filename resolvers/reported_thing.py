"""What can be reported: whose it is, where it stands, and its words as the reporter reads them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import models
from models import ReportSubject
from models.base import Private
from resolvers import comment
from resolvers.refusal import forbidden, not_found
from resolvers.work import Work


@dataclass(frozen=True)
class Reported:
    """A thing, locked; `post_id` is the post that it is, or under which it stands."""

    subject: ReportSubject
    row: Private
    accused_id: UUID
    body: str
    post_id: UUID | None = None


async def find(work: Work, subject: ReportSubject, id: UUID) -> Reported:
    """The thing, locked. Raises `Refusal`: NOT_FOUND for what the viewer may not see.

    FORBIDDEN for what an organisation wrote: it is no neighbour.
    """
    return await FINDERS[subject](work, id)


async def lock(case: models.ModerationCase | models.ModerationDecision) -> None:
    """Lock what a case is about, before the case: whoever reports it locks in this order too."""
    if case.post_id is not None:
        await models.Post.filter(id=case.post_id).select_for_update()
    if case.subject is ReportSubject.COMMENT:
        await models.Comment.filter(id=case.subject_id).select_for_update()
    elif case.subject is ReportSubject.MESSAGE:
        await models.ChatMessage.filter(id=case.subject_id).select_for_update()
    elif case.subject is ReportSubject.PROFILE:
        await models.Membership.filter(id=case.subject_id).select_for_update()


async def _post(work: Work, id: UUID) -> Reported:
    post = await work.find(models.Post, id, "post")
    words = "\n\n".join(filter(None, (post.title, post.body)))
    return Reported(ReportSubject.POST, post, _neighbour(post.author_id), words, post.id)


async def _comment(work: Work, id: UUID) -> Reported:
    row = await comment.locked(work, id)
    if row.deleted_at is not None:
        raise not_found("comment")
    author_id = _neighbour(row.author_id)
    return Reported(ReportSubject.COMMENT, row, author_id, row.body, row.post_id)


async def _message(work: Work, id: UUID) -> Reported:
    message = await work.find(models.ChatMessage, id, "message")
    if message.deleted_at is not None:
        raise not_found("message")
    return Reported(ReportSubject.MESSAGE, message, message.author_id, message.body)


async def _profile(work: Work, id: UUID) -> Reported:
    member = await work.find(models.Membership, id, "member")
    if member.state is not models.MembershipState.ACTIVE:
        raise not_found("member")
    return Reported(ReportSubject.PROFILE, member, member.id, member.about)


FINDERS: dict[ReportSubject, Callable[[Work, UUID], Awaitable[Reported]]] = {
    ReportSubject.POST: _post,
    ReportSubject.COMMENT: _comment,
    ReportSubject.MESSAGE: _message,
    ReportSubject.PROFILE: _profile,
}


def _neighbour(author_id: UUID | None) -> UUID:
    if author_id is None:
        raise forbidden("An organisation wrote this: moderators judge neighbours.")
    return author_id
