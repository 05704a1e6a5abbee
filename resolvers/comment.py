"""Comments under a post, one level of replies, changed by their author."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from tortoise.expressions import F, Q
from typing_extensions import Doc

import models
from auth import rules
from auth.viewer import Viewer
from auth.visibility import visible
from realtime import events
from resolvers import comment_share, mention, nearby
from resolvers.feed import C, about_comment, about_reply
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.relation import Many, Onward
from resolvers.text import checked
from resolvers.work import Work

BODY = 4_000

Words = Annotated[str, Doc("The words, at most 4,000 characters.")]


of_posts = Many(
    "The comments under it, oldest first, replies not among them.",
    models.Comment,
    "post_id",
    newest_first=False,
    where=lambda _viewer: Q(parent_id__isnull=True),
)


replies = Onward(
    "The replies to it, oldest first.", models.Comment, "parent_id", newest_first=False
)


async def add_comment(
    work: Work,
    *,
    post_id: Annotated[UUID, Doc("Under which post.")],
    body: Words,
    parent_id: Annotated[UUID | None, Doc("The comment this replies to; no deeper.")] = None,
    mention_ids: mention.Mentioned = None,
) -> models.Comment:
    """Write under a post of a neighbourhood of which the viewer is a member;
    `Post.readBy` tells which organisation reads it too, if one does.
    """
    post = await work.find(models.Post, post_id, "post")
    standing = work.viewer.standing_in(post.neighbourhood_id)
    if standing is None:
        raise forbidden("Only members of the neighbourhood write under its posts.")
    if post.comments_closed_at is not None:
        raise Refusal(RefusalCode.CONFLICT, "Moderators closed the comments.", "post_id")
    parent = await _parent(work, post, parent_id)
    comment = await models.Comment.create(
        neighbourhood_id=post.neighbourhood_id,
        post_id=post.id,
        parent_id=parent_id,
        author_id=standing.membership_id,
        announcer_id=post.organisation_id,
        audience=post.audience,
        body=checked(body, "body", BODY),
    )
    await _count(comment, +1)
    if parent is not None:
        await models.Comment.filter(id=parent.id).update(reply_count=F("reply_count") + 1)
    await mention.write(work, comment, mention_ids)
    _announce(work, events.CommentAdded, comment)
    return comment


async def edit_comment(
    work: Work,
    *,
    comment_id: Annotated[UUID, Doc("Which comment.")],
    body: Words,
    mention_ids: mention.Mentioned = None,
) -> models.Comment:
    """Change the words of a comment of one's own."""
    comment = await _own(work, comment_id)
    comment.body = checked(body, "body", BODY)
    comment.edited_at = datetime.now(UTC)
    await comment.save(update_fields=["body", "edited_at"])
    await mention.write(work, comment, mention_ids)
    _announce(work, events.CommentEdited, comment)
    return comment


async def delete_comment(
    work: Work, *, comment_id: Annotated[UUID, Doc("Which comment.")]
) -> models.Comment:
    """Erase a comment of one's own; an empty place keeps the conversation readable."""
    comment = await _own(work, comment_id)
    await _count(comment, -1)
    if comment.parent_id is not None:
        await models.Comment.filter(id=comment.parent_id).update(reply_count=F("reply_count") - 1)
    await models.Reaction.filter(comment_id=comment.id).delete()
    await models.Mention.filter(comment_id=comment.id).delete()
    await comment_share.withdraw_erased(work, comment)
    comment.body, comment.deleted_at = "", datetime.now(UTC)
    comment.thanks_count = comment.like_count = comment.care_count = 0
    comment.clap_count = comment.sad_count = 0
    await comment.save()
    _announce(work, events.CommentRemoved, comment)
    return comment


async def stands(viewer: Viewer, comment: models.Comment) -> bool:
    """Whether what a visible comment stands under is visible too: a block hides it with that."""
    if not viewer.blocked:
        return True
    if not await visible(models.Post, viewer).filter(id=comment.post_id).exists():
        return False
    above = visible(models.Comment, viewer).filter(id=comment.parent_id)
    return comment.parent_id is None or await above.exists()


async def locked(work: Work, comment_id: UUID, what: str = "comment") -> models.Comment:
    """The comment, locked after its post: whoever changes both locks them in this one order.

    Raises `Refusal` NOT_FOUND if the viewer may not see it.
    """
    seen = await work.visible(models.Comment).get_or_none(id=comment_id)
    if seen is not None:
        await work.find(models.Post, seen.post_id, what)
    comment = await work.find(models.Comment, comment_id, what)
    if not await stands(work.viewer, comment):
        raise not_found(what)
    return comment


async def _parent(work: Work, post: models.Post, parent_id: UUID | None) -> models.Comment | None:
    if parent_id is None:
        return None
    parent = await work.find(models.Comment, parent_id, "comment")
    is_there = parent.post_id == post.id and parent.deleted_at is None
    if not is_there or not await stands(work.viewer, parent):
        raise not_found("comment")
    if parent.parent_id is not None:
        words = "Reply to the comment itself: replies go one level deep."
        raise Refusal(RefusalCode.INVALID, words, "parent_id")
    return parent


async def _own(work: Work, comment_id: UUID) -> models.Comment:
    comment = await locked(work, comment_id)
    if comment.deleted_at is not None:
        raise not_found("comment")
    if not rules.AUTHOR.holds(work.viewer, comment):
        raise forbidden("Only its author may change a comment.")
    return comment


def _announce(work: Work, kind: type[C], comment: models.Comment) -> None:
    """Tell the neighbourhood, and the organisation under whose announcement it stands."""
    work.announce(about_comment(kind, comment), *about_reply(kind, comment))


async def _count(comment: models.Comment, change: int) -> None:
    """Keep the post's counter, and its author's, in step."""
    await models.Post.filter(id=comment.post_id).update(comment_count=F("comment_count") + change)
    await nearby.count_comment(comment, change)
