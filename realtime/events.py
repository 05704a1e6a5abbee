"""The kinds of event: ids and the columns their rule reads, never words."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import models


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEvent:
    """Something happened in a neighbourhood feed; `author_id` is the membership that wrote it.

    `auth.visibility.sees` finds the rule by `model`. The columns are the item's as they were when
    it happened: what is shown of it is read again, under the rules of that moment.
    """

    model: ClassVar[type[models.Event]] = models.Event
    kind: ClassVar[models.EventKind]

    stream_id: UUID
    neighbourhood_id: UUID
    audience: models.Audience
    author_id: UUID
    post_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPublished(FeedEvent):
    """A post appeared."""

    kind = models.EventKind.POST_PUBLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEdited(FeedEvent):
    """The words of a post changed."""

    kind = models.EventKind.POST_EDITED


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRemoved(FeedEvent):
    """A post is gone, and all that was written under it."""

    kind = models.EventKind.POST_REMOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSolved(FeedEvent):
    """What a post asked for is solved."""

    kind = models.EventKind.POST_SOLVED


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentEvent(FeedEvent):
    """Something happened to a comment under `post_id`."""

    comment_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAdded(CommentEvent):
    """A comment appeared."""

    kind = models.EventKind.COMMENT_ADDED


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentEdited(CommentEvent):
    """The words of a comment changed."""

    kind = models.EventKind.COMMENT_EDITED


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRemoved(CommentEvent):
    """A comment became a tombstone."""

    kind = models.EventKind.COMMENT_REMOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionChanged(FeedEvent):
    """The reactions on a post changed, or those on a comment under it."""

    kind = models.EventKind.REACTION_CHANGED

    comment_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An event in its place: `sequence` has no gaps, `id` drops repeats, `at` is UTC.

    The columns that rules read are those of `event`: ask `sees(viewer, told.event)`.
    """

    event: FeedEvent
    id: UUID
    stream_id: UUID
    sequence: int
    at: datetime


KINDS: dict[models.EventKind, type[FeedEvent]] = {
    kind.kind: kind
    for kind in (
        PostPublished,
        PostEdited,
        PostRemoved,
        PostSolved,
        CommentAdded,
        CommentEdited,
        CommentRemoved,
        ReactionChanged,
    )
}


def from_row(row: models.Event) -> Told:
    """The event a row of the outbox tells of."""
    kind = KINDS[row.kind]
    columns: dict[str, Any] = {f.name: getattr(row, f.name) for f in fields(kind)}
    return Told(kind(**columns), row.id, row.stream_id, row.sequence, row.created_at)
