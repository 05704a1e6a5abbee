"""Reactions: counted on the row they stand on, one to a member."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from tortoise.expressions import Q
from typing_extensions import Doc

import models
from auth.viewer import Viewer
from resolvers import comment
from resolvers.feed import about_reaction
from resolvers.refusal import forbidden, not_found
from resolvers.relation import One, reads
from resolvers.work import Work

Subject = models.Post | models.Comment
SubjectId = Annotated[UUID, Doc("The post or the comment.")]
# the counters of what nobody reacts to any more
NONE = {f"{kind.value.lower()}_count": 0 for kind in models.ReactionKind}


@dataclass(frozen=True)
class ReactionCount:
    """How many members expressed one kind."""

    kind: models.ReactionKind
    count: int


@reads(*NONE)
def counts(subject: Subject) -> list[ReactionCount]:
    """The kinds that were expressed, five at most, each with its number."""
    numbers = ((kind, getattr(subject, _column(kind))) for kind in models.ReactionKind)
    return [ReactionCount(kind, number) for kind, number in numbers if number]


def _mine(viewer: Viewer) -> Q:
    return Q(author_id__in=viewer.membership_ids)


mine_on_posts = One(
    "What the viewer expressed on it.",
    models.Reaction,
    "id",
    key="post_id",
    value="kind",
    where=lambda viewer: _mine(viewer) & Q(comment_id__isnull=True),
)
mine_on_comments = One(
    "What the viewer expressed on it.",
    models.Reaction,
    "id",
    key="comment_id",
    value="kind",
    where=_mine,
)


async def react(
    work: Work,
    *,
    subject_id: SubjectId,
    kind: Annotated[models.ReactionKind, Doc("What to express; it takes the place of another.")],
) -> Subject:
    """Express one thing on a post or a comment of one's own neighbourhood."""
    subject, author_id = await _subject(work, subject_id)
    before = await _standing_reaction(subject, author_id)
    if before is not None and before.kind is kind:
        return subject
    if before is not None:
        _count(subject, before.kind, -1)
        await before.delete()
    reaction = await models.Reaction.create(
        neighbourhood_id=subject.neighbourhood_id,
        author_id=author_id,
        audience=subject.audience,
        kind=kind,
        **_target(subject),
    )
    _count(subject, kind, +1)
    return await _told(work, subject, reaction)


async def unreact(work: Work, *, subject_id: SubjectId) -> Subject:
    """Take back what the viewer expressed; nothing happens if there was nothing."""
    subject, author_id = await _subject(work, subject_id)
    reaction = await _standing_reaction(subject, author_id)
    if reaction is None:
        return subject
    _count(subject, reaction.kind, -1)
    await reaction.delete()
    return await _told(work, subject, reaction)


async def _subject(work: Work, id: UUID) -> tuple[Subject, UUID]:
    """The locked post or comment, and the viewer's membership beside it."""
    post = await work.visible(models.Post).select_for_update().get_or_none(id=id)
    subject = post or await comment.locked(work, id, "post or comment")
    if isinstance(subject, models.Comment) and subject.deleted_at is not None:
        raise not_found("post or comment")
    standing = work.viewer.standing_in(subject.neighbourhood_id)
    if standing is None:
        raise forbidden("Only members of the neighbourhood react to its posts.")
    return subject, standing.membership_id


async def _standing_reaction(subject: Subject, author_id: UUID) -> models.Reaction | None:
    return await models.Reaction.get_or_none(author_id=author_id, **_target(subject))


def _target(subject: Subject) -> dict[str, Any]:
    if isinstance(subject, models.Post):
        return {"post_id": subject.id, "comment_id": None}
    return {"post_id": subject.post_id, "comment_id": subject.id}


def _column(kind: models.ReactionKind) -> str:
    return f"{kind.value.lower()}_count"


def _count(subject: Subject, kind: models.ReactionKind, change: int) -> None:
    """The subject is locked, so its counters may be raised here and saved once."""
    column = _column(kind)
    setattr(subject, column, getattr(subject, column) + change)


async def _told(work: Work, subject: Subject, reaction: models.Reaction) -> Subject:
    await subject.save(update_fields=[_column(kind) for kind in models.ReactionKind])
    work.announce(about_reaction(reaction))
    return subject
