"""The kinds of event: ids and the columns their rule reads, never words."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import models


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happened. Each kind fills the columns that its rule reads, as they were then.

    `auth.visibility.sees` finds the rule by `model`. What is shown of the event is read again,
    under the rules of that moment.
    """

    model: ClassVar[type[models.Event]] = models.Event

    stream_id: UUID
    neighbourhood_id: UUID | None = None
    audience: models.Audience | None = None
    author_id: UUID | None = None
    post_id: UUID | None = None
    comment_id: UUID | None = None
    subject_id: UUID | None = None
    resident_id: UUID | None = None
    organisation_id: UUID | None = None
    unit_id: UUID | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEvent(Event):
    """Something happened to what a resident shared, on the stream of one of those it concerns.

    On the organisation's, `scope` and `unit_id` say who may hear; on the resident's, `resident_id`.
    """

    kind: models.EventKind
    neighbourhood_id: UUID
    subject_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalEvent(Event):
    """Something that concerns one resident alone, on the resident's own stream.

    `subject_id` is the match, message, conversation...; `author_id` the membership whose doing it
    is, if it is anybody's.
    """

    kind: models.EventKind
    neighbourhood_id: UUID
    subject_id: UUID
    resident_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEvent(Event):
    """Something happened in a neighbourhood feed; `author_id` is the membership that wrote it."""

    kind: ClassVar[models.EventKind]

    neighbourhood_id: UUID
    audience: models.Audience
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


Announced = FeedEvent | GrantEvent | PersonalEvent


@dataclass(frozen=True, slots=True)
class Told:
    """An event in its place: `sequence` has no gaps, `id` drops repeats, `at` is UTC.

    The place is one of the history of `epoch`. The columns that rules read are those of `event`:
    ask `sees(viewer, told.event)`.
    """

    event: Announced
    id: UUID
    stream_id: UUID
    sequence: int
    at: datetime
    epoch: int = 0


FEED: dict[models.EventKind, type[FeedEvent]] = {
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


Kind = models.EventKind
PERSONAL = frozenset(
    {
        *(Kind.HELP_WANTED, Kind.HELP_REQUEST_ASKED, Kind.HELP_MATCH_CHANGED),
        *(Kind.GUARDIAN_LEAVE_CHANGED, Kind.CONVERSATION_CHANGED, Kind.MESSAGE_SENT),
        *(Kind.MESSAGE_REMOVED, Kind.MEMBER_HIDDEN, Kind.CONTENT_REPORTED),
        *(Kind.NOTIFICATION_ADDED, Kind.CASE_DECIDED, Kind.REPORT_ANSWERED),
        *(Kind.DECISION_CHANGED, Kind.ATTENDANCE_CHANGED, Kind.GATHERING_CHANGED),
        *(Kind.REMINDER_DUE, Kind.MENTIONED, Kind.PICTURE_CHANGED),
    }
)
# told to whoever has other rights from then on
OF_RIGHTS = frozenset({models.EventKind.MEMBER_HIDDEN})


def from_row(row: models.Event, epoch: int) -> Told:
    """The event a row of the outbox tells of."""
    other = PersonalEvent if row.kind in PERSONAL else GrantEvent
    kind: type[Announced] = FEED.get(row.kind, other)
    columns: dict[str, Any] = {f.name: getattr(row, f.name) for f in fields(kind)}
    return Told(kind(**columns), row.id, row.stream_id, row.sequence, row.created_at, epoch)
