"""Comments stay out of a share, unless each commenter agrees that the words go along."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from resolvers.grant import to_organisation, to_resident
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.relation import One, Onward
from resolvers.work import Work

Kind, State = models.EventKind, models.CommentShareState
Rows = Sequence[models.CommentShare]

Which = Annotated[UUID, Doc("Which question.")]


of_shares = Onward(
    "What the author asked the commenters, and how each stands, oldest first.",
    models.CommentShare,
    "share_id",
    newest_first=False,
)


# what was asked of the person, not what the person asked
of_residents = Onward(
    "Whether comments of the person may go along with a shared post: each question, newest first.",
    models.CommentShare,
    "resident_id",
)


comments = One("The comment it is about.", models.Comment, "comment_id")


askers = One("The author of the post, who asks.", models.Membership, "asker_id")


async def ask_comment_share(
    work: Work,
    *,
    share_id: Annotated[UUID, Doc("A share of the viewer's own.")],
    comment_id: Annotated[UUID, Doc("A comment under the post that is shared.")],
) -> models.CommentShare:
    """Ask a commenter whether the comment may go along; a comment of one's own goes at once."""
    share = await _own_share(work, share_id)
    comment = await work.find(models.Comment, comment_id, "comment")
    if comment.post_id != share.post_id or comment.deleted_at is not None:
        raise not_found("comment")
    if comment.author_id is None:
        words = "Only comments of residents are asked for."
        raise Refusal(RefusalCode.INVALID, words, "comment_id")
    if await work.visible(models.CommentShare).filter(share_id=share.id, comment_id=comment.id):
        raise Refusal(RefusalCode.CONFLICT, "The commenter has been asked, and is asked once.")
    author = await work.visible(models.Membership).get(id=comment.author_id)
    row = await _ask(share, comment, author)
    _announce(work, row, {row.state}, share.resident_id)
    return row


async def answer_comment_share(
    work: Work,
    *,
    comment_share_id: Which,
    agree: Annotated[bool, Doc("True lets the organisation read the comment, without the name.")],
) -> models.CommentShare:
    """Say whether a comment of one's own may go along with a post that a neighbour shares."""
    row = await _own(work, comment_share_id)
    if row.state is not State.ASKED:
        raise Refusal(RefusalCode.CONFLICT, "This was answered before.")
    if not rules.GRANTED.holds(work.viewer, row):
        raise Refusal(RefusalCode.CONFLICT, "The post is not shared any more.")
    return await _set(work, row, State.AGREED if agree else State.REFUSED)


async def withdraw_comment_share(work: Work, *, comment_share_id: Which) -> models.CommentShare:
    """Take a comment of one's own out of a share, at any time and at once."""
    row = await _own(work, comment_share_id)
    if row.state is State.REFUSED:
        raise Refusal(RefusalCode.CONFLICT, "The comment does not go along.")
    return row if row.state is State.WITHDRAWN else await _set(work, row, State.WITHDRAWN)


async def withdraw_erased(work: Work, comment: models.Comment) -> None:
    """A comment of the viewer's own that is erased, and locked, goes along nowhere any more."""
    going = work.visible(models.CommentShare).filter(rules.SELF.where(work.viewer))
    rows = going.filter(comment_id=comment.id, state__in=(State.ASKED, State.AGREED))
    for row in await rows.order_by("id").select_for_update():
        await _set(work, row, State.WITHDRAWN)


async def _own_share(work: Work, share_id: UUID) -> models.PostShare:
    share = await work.find(models.PostShare, share_id, "share")
    if not rules.SELF.holds(work.viewer, share):
        raise forbidden("Only whoever shared the post may ask.")
    if not rules.GRANTED.holds(work.viewer, share):
        raise Refusal(RefusalCode.CONFLICT, "The post is not shared any more.")
    return share


async def _ask(
    share: models.PostShare, comment: models.Comment, author: models.Membership
) -> models.CommentShare:
    """The question, which has its answer when the commenter is the author of the post."""
    is_own = author.resident_id == share.resident_id
    return await models.CommentShare.create(
        neighbourhood_id=share.neighbourhood_id,
        organisation_id=share.organisation_id,
        unit_id=share.unit_id,
        resident_id=author.resident_id,
        expires_at=share.expires_at,
        share_id=share.id,
        comment_id=comment.id,
        author_id=author.id,
        asker_id=share.author_id,
        state=State.AGREED if is_own else State.ASKED,
    )


async def _own(work: Work, comment_share_id: UUID) -> models.CommentShare:
    row = await work.find(models.CommentShare, comment_share_id, "question")
    if not rules.SELF.holds(work.viewer, row):
        raise forbidden("Only whoever wrote the comment may decide.")
    return row


async def _set(
    work: Work, row: models.CommentShare, state: models.CommentShareState
) -> models.CommentShare:
    """Save the state; those who ask and those who read are told."""
    states = {row.state, state}
    row.state = state
    await row.save(update_fields=["state"])
    asker = await work.visible(models.Membership).get_or_none(id=row.asker_id)
    _announce(work, row, states, row.resident_id if asker is None else asker.resident_id)
    return row


def _announce(
    work: Work, row: models.CommentShare, states: set[models.CommentShareState], asker_id: UUID
) -> None:
    """Tell the commenter and the resident who asks; the organisation, of what it reads or read."""
    told = to_resident(Kind.COMMENT_SHARE_CHANGED, row)
    work.announce(told)
    if asker_id != row.resident_id:
        work.announce(replace(told, stream_id=asker_id, resident_id=asker_id))
    if State.AGREED in states:
        shown = to_organisation(Kind.SHARED_COMMENTS_CHANGED, row)
        work.announce(replace(shown, subject_id=row.share_id))
