"""Announcements: what an organisation tells the neighbourhoods it covers, as a post in each."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.scope import Scope
from auth.visibility import visible
from models.transaction import transaction
from realtime import events, outbox
from realtime.hub import Hub
from resolvers import announcement_post, post_end, post_revision
from resolvers.announcement_draft import Told, announce
from resolvers.context import Context
from resolvers.feed import about_post, about_reply
from resolvers.page import Page, Window, page_of
from resolvers.paging import After, Before, First, Last
from resolvers.refusal import forbidden
from resolvers.relation import row_of
from resolvers.text import checked, checked_line
from resolvers.work import Work

AT_ONCE = 50

Which = Annotated[UUID, Doc("Which announcement.")]
Title = Annotated[str, Doc("The title, at most 120 characters.")]
Body = Annotated[str, Doc("The words, at most 10,000 characters.")]
Targets = Annotated[
    list[UUID] | None, Doc("Where; left out: in every neighbourhood that is covered.")
]
Urgent = Annotated[
    datetime | None,
    Doc("Purpose ALERT only: it also stands among the alerts until then, a week at most."),
]
Moment = Annotated[datetime | None, Doc("When, at most a year ahead; left out: at once.")]


@row_of(models.Announcement)
async def announcement(context: Context, *, id: Which) -> models.Announcement | None:
    """One announcement by its id; null when there is none that the viewer may see."""
    return await visible(models.Announcement, context.viewer).get_or_none(id=id)


async def announcements(
    context: Context,
    *,
    organisation_id: Annotated[UUID, Doc("Those of this organisation.")],
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[models.Announcement]:
    """An organisation's announcements, newest first: published, scheduled and withdrawn."""
    context.office(organisation_id, Scope.ANNOUNCEMENTS_READ)
    rows = visible(models.Announcement, context.viewer).filter(organisation_id=organisation_id)
    return await page_of(rows, Window(first, after, last, before))


async def create_announcement(
    work: Work,
    *,
    organisation_id: Annotated[UUID, Doc("In the name of which organisation.")],
    purpose: Annotated[models.AnnouncementPurpose, Doc("What it is for.")],
    title: Title,
    body: Body,
    neighbourhood_ids: Targets = None,
    urgent_until: Urgent = None,
    publish_at: Moment = None,
) -> models.Announcement:
    """Announce in neighbourhoods that are covered, at once or at a moment to come."""
    told = Told(purpose, title, body, neighbourhood_ids, publish_at, urgent_until)
    return await announce(work, work.office(organisation_id, Scope.ANNOUNCEMENTS_WRITE), told)


async def edit_announcement(
    work: Work, *, announcement_id: Which, title: Title, body: Body
) -> models.Announcement:
    """Change the words of an announcement, in every neighbourhood that is still covered."""
    row = await _own(work, announcement_id)
    if row.withdrawn_at is not None:
        raise forbidden("It was withdrawn.")
    row.title = checked_line(title, "title", post_revision.TITLE)
    row.body = checked(body, "body", post_revision.BODY)
    row.edited_at = datetime.now(UTC)
    await row.save(update_fields=["title", "body", "edited_at"])
    covered = await announcement_post.covered(row)
    posts = await announcement_post.reword(row, covered)
    work.announce(*(about_post(events.PostEdited, each) for each in posts))
    return row


async def withdraw_announcement(work: Work, *, announcement_id: Which) -> models.Announcement:
    """Take an announcement back: at once and everywhere, with all that is written under it."""
    row = await _own(work, announcement_id)
    if row.withdrawn_at is not None:
        return row
    row.withdrawn_at = datetime.now(UTC)
    await row.save(update_fields=["withdrawn_at"])
    posts = await announcement_post.locked(row)
    for reply in await announcement_post.comments(posts):
        work.announce(*about_reply(events.CommentRemoved, reply))
    await post_end.erase([each.id for each in posts])
    work.announce(*(about_post(events.PostRemoved, each) for each in posts))
    return row


async def publish_due(hub: Hub, now: datetime) -> int:
    """Publish what was to be published by now, `AT_ONCE` at most; gives how many.

    Each in a transaction of its own; workers side by side never publish the same. Raises `Retry`.
    """
    for published in range(AT_ONCE):
        bells = await _publish_next(now)
        if bells is None:
            return published
        await hub.ring(*bells)
    return AT_ONCE


async def _publish_next(now: datetime) -> list[outbox.Doorbell] | None:
    """Publish the first that is due; None when nothing is."""
    due = models.Announcement.filter(
        published_at__isnull=True, withdrawn_at__isnull=True, publish_at__lte=now
    )
    async with transaction():
        row = await due.order_by("publish_at").select_for_update(skip_locked=True).first()
        if row is None:
            return None
        return await outbox.announce_all(await announcement_post.publish(row, now))


async def _own(work: Work, announcement_id: UUID) -> models.Announcement:
    """The announcement, locked, all of which the viewer's office may change. Raises `Refusal`."""
    row = await work.find(models.Announcement, announcement_id, "announcement")
    office = work.viewer.office_in(row.organisation_id, Scope.ANNOUNCEMENTS_WRITE)
    if office is None or not await announcement_post.covered(row) <= office.covers:
        raise forbidden("It is also for neighbourhoods that you do not reach.")
    return row
