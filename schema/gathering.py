"""The gathering: what a post invites to, and who comes."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.attendance
import resolvers.gathering_post
from auth import rules
from schema.event import ResidentEvent, of_kind, row
from schema.field import batch, field, holds
from schema.membership import Membership
from schema.node import Node, read_off
from schema.page import Connection

if TYPE_CHECKING:
    from schema.post import Post

Kind = models.EventKind


@strawberry.type(description="Whether a member comes to a gathering.")
class Attendance:
    """Read off `models.Attendance`."""

    id: UUID = field("Its id.")
    state: models.AttendanceState = field("What was answered, or that one waits for a place.")
    created_at: datetime = field("When it was first answered.")
    remind_at: datetime | None = field("When to be reminded, if so.", only=rules.OWN_MEMBERSHIP)
    membership: Membership | None = batch(resolvers.attendance.members)
    gathering: Annotated["Gathering", strawberry.lazy("schema.gathering")] | None = batch(
        resolvers.attendance.gatherings
    )


@strawberry.type(description="Something that happens at a time and a place.")
class Gathering(Node):
    """Read off `models.Gathering`."""

    is_type_of = read_off(models.Gathering)
    id: UUID = field("Its id.")
    starts_at: datetime = field("When it starts.")
    ends_at: datetime | None = field("When it ends, if that was said.")
    place: str = field("Where, in words.")
    capacity: int | None = field("How many may come; null: all who want.")
    cancelled_at: datetime | None = field("When it was called off, if it was.")
    going_count: int = field("How many come.")
    maybe_count: int = field("How many perhaps come.")
    waiting_count: int = field("How many wait for a place.")
    is_mine: bool = holds(rules.AUTHOR, "Whether the viewer invited, and may change it.")
    post: Annotated["Post", strawberry.lazy("schema.post")] | None = batch(
        resolvers.gathering_post.posts
    )
    attendances: Connection[Attendance] = batch(resolvers.attendance.of_gatherings, personal=True)
    my_attendance: Attendance | None = batch(resolvers.attendance.mine, personal=True)


@strawberry.type(description="The secret address by which a calendar program reads gatherings.")
class CalendarFeed:
    """Read off `models.CalendarFeed`."""

    id: UUID = field("Its id.")
    only_mine: bool = field("Whether it has only what the viewer comes to, or perhaps comes to.")
    created_at: datetime = field("Since when.")


@strawberry.type(description="An address for calendar programs, shown this once.")
class NewCalendarFeed:
    """Read off `resolvers.calendar_feed.NewCalendarFeed`."""

    path: str = field("The path on this server; whoever has it reads the calendar.")
    feed: CalendarFeed = field("The address, as it is listed.")


@strawberry.type(description="The viewer waited for a place, and has one now.")
class AttendanceChanged(ResidentEvent):
    """Kind ATTENDANCE_CHANGED."""

    attendance: Attendance = row("What the viewer answered, as it is now.")
    is_type_of = of_kind(Kind.ATTENDANCE_CHANGED)


@strawberry.type(
    description="What the viewer said to come to is at another time or place, or was called off."
)
class GatheringChanged(ResidentEvent):
    """Kind GATHERING_CHANGED."""

    attendance: Attendance = row("What the viewer answered.")
    is_type_of = of_kind(Kind.GATHERING_CHANGED)


@strawberry.type(description="What the viewer said to come to starts soon.")
class ReminderDue(ResidentEvent):
    """Kind REMINDER_DUE."""

    attendance: Attendance = row("What the viewer answered.")
    is_type_of = of_kind(Kind.REMINDER_DUE)


KINDS = (AttendanceChanged, GatheringChanged, ReminderDue)
