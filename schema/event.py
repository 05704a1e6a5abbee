"""What an event on any stream carries, and the words about the stream itself."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

import models
from resolvers.grant_event import GrantHappening
from resolvers.stream import Mark
from schema.field import field

RESUME = "Give it as `after` to resume behind this event."
SAME = "The same event always has the same id: drop what you have seen."
Test = Callable[[object, strawberry.Info], bool]


@strawberry.interface(description="Something that happened in the feed of a neighbourhood.")
class FeedEvent:
    """Read off `resolvers.feed_event`."""

    cursor: str = field(RESUME)
    id: UUID = field(SAME)
    at: datetime = field("When it happened.")


@strawberry.interface(description="Something that happened to what an organisation may read.")
class OrganisationEvent:
    """Read off `resolvers.grant_event`."""

    cursor: str = field(RESUME)
    id: UUID = field(SAME)
    at: datetime = field("When it happened.")


@strawberry.interface(description="Something that happened to what concerns the viewer alone.")
class ResidentEvent:
    """Read off `resolvers.grant_event`."""

    cursor: str = field(RESUME)
    id: UUID = field(SAME)
    at: datetime = field("When it happened.")


def of_kind(kind: models.EventKind, *, gone: bool | None = None) -> Test:
    """Tells the events of one kind; `gone`: only those whose row is gone, or only the others."""

    def is_of(told: object, _info: strawberry.Info) -> bool:
        if not isinstance(told, GrantHappening) or told.kind is not kind:
            return False
        return gone is None or gone is (told.row is None)

    return is_of


def row(description: str) -> Any:
    """The row of the event."""

    def resolve(root: GrantHappening) -> Any:
        return root.row

    return strawberry.field(resolve, description=description)


def subject(description: str) -> Any:
    """The id of what it is about."""

    def resolve(root: GrantHappening) -> UUID:
        return root.subject_id

    return strawberry.field(resolve, description=description)


def _mark(reset: bool) -> Test:
    return lambda told, _info: isinstance(told, Mark) and told.reset is reset


@strawberry.type(
    description="History before this is gone: read everything anew, then go on from here."
)
class FeedReset(FeedEvent, OrganisationEvent, ResidentEvent):
    """The cursor was older than the history, or from another one."""

    is_type_of = _mark(reset=True)


@strawberry.type(
    description="The first word of a stream followed from now on, and then again when all is quiet."
)
class FeedHeartbeat(FeedEvent, OrganisationEvent, ResidentEvent):
    """The cursor moves on."""

    is_type_of = _mark(reset=False)
