"""Notifications: what a resident is told of, the switches, and the devices that take web push."""

from datetime import datetime
from uuid import UUID

import strawberry

import models
import resolvers.notification
from schema.comment import Comment
from schema.event import ResidentEvent, of_kind, row
from schema.field import batch, field
from schema.membership import Membership
from schema.post import Post


@strawberry.type(description="That the viewer is told of something, for one reason.")
class Notification:
    """Read off `models.Notification`."""

    id: UUID = field("Its id.")
    reason: models.Reason = field("Why: the reason has a switch.")
    created_at: datetime = field("Since when.")
    read_at: datetime | None = field("When the viewer marked it as read.")
    subject_id: UUID | None = field(
        "The match, message, share... it is about, where it is about no post."
    )
    author: Membership | None = batch(resolvers.notification.authors)
    post: Post | None = batch(resolvers.notification.posts)
    comment: Comment | None = batch(resolvers.notification.comments)


@strawberry.type(description="How soon the viewer is told for one reason.")
class NotificationSwitch:
    """Read off `resolvers.notification_switch.Switch`."""

    reason: models.Reason = field("Why.")
    frequency: models.Frequency = field("How soon.")


@strawberry.type(description="When the viewer is not to be told, and when digests come.")
class NotificationHours:
    """Read off `models.NotificationHours`."""

    quiet_from: int | None = field("Nothing is sent from this minute of the day.")
    quiet_until: int | None = field("Until this minute of the day.")
    digest_at: int = field("Digests come at this minute of the day.")


@strawberry.type(description="A browser that takes web push.")
class PushDevice:
    """Read off `models.PushDevice`."""

    id: UUID = field("Its id.")
    client: str = field("What the device called itself.")
    created_at: datetime = field("Since when.")


@strawberry.type(description="The viewer is told of something.")
class NotificationAdded(ResidentEvent):
    """Kind NOTIFICATION_ADDED."""

    notification: Notification = row("Of what, and why.")
    is_type_of = of_kind(models.EventKind.NOTIFICATION_ADDED)


KINDS = (NotificationAdded,)
