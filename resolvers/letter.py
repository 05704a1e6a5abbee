"""Letters: e-mails that are due, and what may be told in them at the moment they are sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import models
from auth import recipient
from realtime import job
from realtime.job import JobKind
from resolvers import letter_item, notification_switch
from resolvers.letter_item import Item

Reason, State, Frequency = models.Reason, models.LetterState, models.Frequency
MOST = 20  # things told of in one letter; the rest is a number


@dataclass(frozen=True)
class Opened:
    """A letter that is about to be sent: to whom, and what it tells; `more` is left out."""

    id: UUID
    resident_id: UUID
    email: str
    language: models.Language
    frequency: models.Frequency
    items: Sequence[Item]
    more: int = 0

    @property
    def reasons(self) -> list[models.Reason]:
        """Why it is sent: each reason once."""
        return list(dict.fromkeys(item.reason for item in self.items))


def wait_of(
    reason: models.Reason, hours: models.NotificationHours | None, now: datetime
) -> timedelta:
    """How long to wait with what is wanted at once: until quiet hours end, but for an alert."""
    if hours is None or reason is Reason.ALERT:
        return timedelta()
    return notification_switch.quiet(hours, now)


async def write_direct(notifications: Collection[models.Notification], now: datetime) -> None:
    """Write down a letter for each resident, or add to the one of theirs that waits still."""
    of_resident: dict[tuple[UUID, timedelta], list[UUID]] = {}
    hours = await notification_switch.hours_of({each.resident_id for each in notifications})
    for each in notifications:
        wait = wait_of(each.reason, hours[each.resident_id], now)
        of_resident.setdefault((each.resident_id, wait), []).append(each.id)
    for (resident_id, wait), ids in of_resident.items():
        waiting = models.Letter.filter(
            resident_id=resident_id, frequency=Frequency.DIRECT, state=State.QUEUED
        ).select_for_update(skip_locked=True)
        letter = await waiting.first() if wait else None
        if letter is None:
            letter = await models.Letter.create(resident_id=resident_id, frequency=Frequency.DIRECT)
            await job.enqueue(JobKind.LETTER, letter.id, wait=wait)
        await models.Notification.filter(id__in=ids).update(letter_id=letter.id)


async def open_letter(letter_id: UUID) -> Opened | models.Letter | None:
    """The letter with what it may tell as of now, locked until the caller's transaction ends.

    The bare letter when nothing is left to tell; None when it was settled before.
    """
    waiting = models.Letter.filter(id=letter_id, state=State.QUEUED).select_for_update()
    letter = await waiting.get_or_none()
    if letter is None:
        return None
    viewer = (await recipient.viewers_of([letter.resident_id])).get(letter.resident_id)
    account = await models.Resident.get_or_none(id=letter.resident_id)
    if viewer is None or account is None:
        return letter
    items = await letter_item.items_of(letter, viewer)
    if not items:
        return letter
    return Opened(
        id=letter.id,
        resident_id=account.id,
        email=account.email,
        language=account.language,
        frequency=letter.frequency,
        items=items[:MOST],
        more=max(0, len(items) - MOST),
    )


async def settle(letter_id: UUID, state: models.LetterState, now: datetime) -> None:
    """Write down what became of a letter."""
    await models.Letter.filter(id=letter_id).update(state=state, settled_at=now)
