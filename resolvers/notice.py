"""Whom an event is told to: the residents it concerns, for which reason, and how soon."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Subquery

import models
from auth import recipient
from auth.visibility import sees
from models.transaction import transaction
from realtime import events, job, outbox
from realtime.hub import Hub
from realtime.job import JobKind
from resolvers import letter, notification_switch, person
from resolvers.letter_item import reason_of
from resolvers.personal import to_resident

Kind, Reason, Frequency = models.EventKind, models.Reason, models.Frequency
DIRECT = Frequency.DIRECT
MOST = 10_000
MOST_TALKERS = 500

PERSONAL: dict[models.EventKind, models.Reason] = {
    Kind.HELP_MATCH_CHANGED: Reason.HELP,
    Kind.HELP_REQUEST_ASKED: Reason.HELP,
    Kind.HELP_WANTED: Reason.HELP,
    Kind.MESSAGE_SENT: Reason.MESSAGE,
    Kind.CASE_CHANGED: Reason.SHARE,
    Kind.REFERRAL_CHANGED: Reason.SHARE,
    Kind.COMMENT_SHARE_CHANGED: Reason.SHARE,
    Kind.CONTACT_CHANGED: Reason.VOLUNTEERING,
    Kind.CONTENT_REPORTED: Reason.MODERATION,
    Kind.REPORT_ANSWERED: Reason.MODERATION,
    Kind.DECISION_CHANGED: Reason.MODERATION,
    Kind.ATTENDANCE_CHANGED: Reason.EVENT,
    Kind.GATHERING_CHANGED: Reason.EVENT,
    Kind.REMINDER_DUE: Reason.EVENT,
    Kind.MENTIONED: Reason.MENTION,
}


async def tell(hub: Hub, event_id: UUID, now: datetime) -> int:
    """Notify of an event whomever it concerns and who may see it; gives how many.

    The notifications, the letters and pushes that follow are of one transaction, under a lock on
    the event: done again, it does nothing more.
    """
    async with transaction():
        row = await models.Event.filter(id=event_id).select_for_update().get_or_none()
        if row is None:
            return 0
        event = events.from_row(row, 0).event
        reasons = await _concerned(event)
        chosen = await notification_switch.chosen_by(reasons)
        wanted = {id: why for id, why in reasons.items() if chosen[id][why] is not Frequency.NONE}
        made = await _whom(row, event, wanted)
        direct = [each for each in made if chosen[each.resident_id][each.reason] is DIRECT]
        waits = await _waits(direct, now)
        await letter.assign(direct, waits)
        await models.Notification.bulk_create(made, batch_size=1_000)
        await _push(direct, waits)
        bells = await outbox.announce_all(
            to_resident(each.resident_id, Kind.NOTIFICATION_ADDED, each) for each in made
        )
    await hub.ring(*bells)
    return len(made)


async def _concerned(event: events.Announced) -> dict[UUID, models.Reason]:
    """The residents whom it concerns, each for one reason."""
    if isinstance(event, events.PostPublished):
        return await _of_post(event)
    if isinstance(event, events.CommentAdded):
        return await _of_comment(event)
    if event.resident_id is not None and event.kind in PERSONAL:
        return {event.resident_id: PERSONAL[event.kind]}
    return {}


async def _of_post(event: events.PostPublished) -> dict[UUID, models.Reason]:
    """The members of the neighbourhood who want to be told of such a post at once."""
    post = await models.Post.get_or_none(id=event.post_id)
    if post is None or post.removed_at is not None:
        return {}
    reason = reason_of(post)
    members = models.Membership.filter(
        neighbourhood_id=event.neighbourhood_id, state=models.MembershipState.ACTIVE
    )
    if notification_switch.USUAL[reason] is not DIRECT:
        direct = models.NotificationSwitch.filter(reason=reason, frequency=DIRECT)
        members = members.filter(resident_id__in=Subquery(direct.values("resident_id")))
    found = await members.order_by("id").limit(MOST).values_list("id", "resident_id")
    mentioned = await _mentioned(post_id=post.id, comment_id=None)
    return {resident_id: reason for _, resident_id in found if resident_id not in mentioned}


async def _of_comment(event: events.CommentAdded) -> dict[UUID, models.Reason]:
    """Who wrote the post, and who wrote under it before."""
    before = models.Comment.filter(post_id=event.post_id, id__lt=event.comment_id, deleted_at=None)
    talkers = await before.order_by("-id").limit(MOST_TALKERS).values_list("id", "author_id")
    post = await models.Post.get_or_none(id=event.post_id, removed_at=None)
    authors = {post.author_id} if post and post.author_id else set()
    talking = {author_id for _, author_id in talkers if author_id}
    residents = await person.active_residents_of(talking | authors)
    mentioned = await _mentioned(comment_id=event.comment_id)
    return {
        resident_id: Reason.COMMENT if membership_id in authors else Reason.THREAD
        for membership_id, resident_id in residents.items()
        if resident_id not in mentioned
    }


async def _mentioned(**where: UUID | None) -> set[UUID]:
    """Who is told already, for a better reason."""
    return {row.resident_id for row in await models.Mention.filter(**where)}


async def _whom(
    row: models.Event, event: events.Announced, reasons: dict[UUID, models.Reason]
) -> list[models.Notification]:
    """What to tell those who may see it, did not do it, and were not told before."""
    known = models.Notification.filter(event_id=row.id).values_list("resident_id", flat=True)
    viewers = await recipient.viewers_of(set(reasons) - set(await known))
    return [
        _notification(row, resident_id, reasons[resident_id])
        for resident_id, viewer in sorted(viewers.items())
        if sees(viewer, event) and event.author_id not in viewer.membership_ids
    ]


async def _waits(direct: Collection[models.Notification], now: datetime) -> dict[UUID, timedelta]:
    """How long each has to wait: until quiet hours end, but for an alert."""
    hours = await notification_switch.hours_of({each.resident_id for each in direct})
    return {
        each.id: timedelta()
        if each.reason is Reason.ALERT
        else notification_switch.quiet(hours[each.resident_id], now)
        for each in direct
    }


async def _push(direct: Collection[models.Notification], waits: dict[UUID, timedelta]) -> None:
    """Have each sent to the devices that take it."""
    devices = models.PushDevice.filter(resident_id__in=[each.resident_id for each in direct])
    of_resident: dict[UUID, list[UUID]] = {}
    for resident_id, device_id in await devices.values_list("resident_id", "id"):
        of_resident.setdefault(resident_id, []).append(device_id)
    pushes: dict[timedelta, list[tuple[UUID, UUID]]] = {}
    for each in direct:
        to = of_resident.get(each.resident_id, ())
        pushes.setdefault(waits[each.id], []).extend((each.id, device_id) for device_id in to)
    for wait, given in pushes.items():
        await job.enqueue_all(JobKind.PUSH, given, wait=wait)


def _notification(
    row: models.Event, resident_id: UUID, reason: models.Reason
) -> models.Notification:
    return models.Notification(
        neighbourhood_id=row.neighbourhood_id,
        resident_id=resident_id,
        reason=reason,
        event_id=row.id,
        kind=row.kind,
        author_id=row.author_id,
        post_id=row.post_id,
        comment_id=row.comment_id,
        subject_id=row.subject_id,
    )
