"""What an organisation is about to announce: checked, kept, and published if it is time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import models
from auth.viewer import Office
from resolvers import announcement_post, post_revision
from resolvers.moment import within
from resolvers.poll_post import Question
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.text import checked, checked_line
from resolvers.work import Work

WEEK, YEAR = timedelta(days=7), timedelta(days=366)


@dataclass(frozen=True)
class Told:
    """What an announcement is to say, where and when; with a `question`, it asks that."""

    purpose: models.AnnouncementPurpose
    title: str
    body: str
    neighbourhood_ids: Sequence[UUID] | None = None
    publish_at: datetime | None = None
    urgent_until: datetime | None = None
    question: Question | None = None


async def announce(work: Work, office: Office, told: Told) -> models.Announcement:
    """Announce for an office, at once or at a moment to come. Raises `Refusal`."""
    now = datetime.now(UTC)
    at = told.publish_at
    moment = now if at is None else within(at, "publish_at", now, YEAR)
    if told.question is not None:
        within(told.question.closes_at, "closes_at", moment, YEAR)
    row = await models.Announcement.create(
        organisation_id=office.organisation_id,
        staff_id=office.staff_id,
        purpose=told.purpose,
        title=checked_line(told.title, "title", post_revision.TITLE),
        body=checked(told.body, "body", post_revision.BODY),
        neighbourhood_ids=_targets(office.covers, told.neighbourhood_ids),
        urgent_until=_urgent(told.purpose, told.urgent_until, moment),
        publish_at=moment,
        poll=None if told.question is None else told.question.kept(),
    )
    if at is None:
        work.announce(*await announcement_post.publish(row, now))
    return row


def _targets(covers: frozenset[UUID], wanted: Sequence[UUID] | None) -> list[UUID]:
    """The neighbourhoods to announce in. Raises `Refusal` NOT_FOUND for one not covered."""
    targets = covers if wanted is None else frozenset(wanted)
    if not targets <= covers:
        raise not_found("neighbourhood")
    if not targets:
        words = "Name at least one neighbourhood that is covered."
        raise Refusal(RefusalCode.INVALID, words, "neighbourhood_ids")
    return sorted(targets)


def _urgent(
    purpose: models.AnnouncementPurpose, until: datetime | None, published: datetime
) -> datetime | None:
    if until is None:
        return None
    if purpose is not models.AnnouncementPurpose.ALERT:
        raise Refusal(RefusalCode.INVALID, "Only an alert is urgent.", "urgent_until")
    return within(until, "urgent_until", published, WEEK)
