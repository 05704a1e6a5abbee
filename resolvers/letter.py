"""Letters: e-mails that are due, and what may be told in them at the moment they are sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import models
from auth import recipient
from realtime import job
from realtime.job import JobKind
from resolvers import letter_item
from resolvers.letter_item import Item

State, Frequency = models.LetterState, models.Frequency
MOST = 20  # things told of in one letter; the rest is a number


@dataclass(frozen=True)
class Opened:
    """A letter that is about to be sent: to whom, and what it tells; `more` is left out."""

    id: UUID
    resident_id: UUID
    email: str
    language: models.Language
    items: Sequence[Item]
    more: int = 0

    @property
    def reasons(self) -> list[models.Reason]:
        """Why it is sent: each reason once."""
        return list(dict.fromkeys(item.reason for item in self.items))


async def assign(
    notifications: Collection[models.Notification], waits: Mapping[UUID, timedelta]
) -> None:
    """Name in each, before it is written, the letter that tells of it once its wait is over.

    What has to wait goes into the letter of the resident's that waits already, if there is one.
    """
    together: dict[tuple[UUID, timedelta], list[models.Notification]] = {}
    for each in notifications:
        together.setdefault((each.resident_id, waits[each.id]), []).append(each)
    waiting = await _waiting({resident_id for resident_id, wait in together if wait})
    fresh: dict[timedelta, list[models.Letter]] = {}
    for (resident_id, wait), told in together.items():
        letter = waiting.get(resident_id) if wait else None
        if letter is None:
            letter = models.Letter(resident_id=resident_id, frequency=Frequency.DIRECT)
            fresh.setdefault(wait, []).append(letter)
        for each in told:
            each.letter_id = letter.id
    for wait, letters in fresh.items():
        await models.Letter.bulk_create(letters, batch_size=1_000)
        await job.enqueue_all(JobKind.LETTER, [(each.id,) for each in letters], wait=wait)


async def _waiting(resident_ids: Collection[UUID]) -> dict[UUID, models.Letter]:
    """The letter of each that waits and is not being sent; nobody else begins one meanwhile."""
    if not resident_ids:
        return {}
    accounts = models.Resident.filter(id__in=resident_ids).order_by("id")
    await accounts.select_for_update(no_key=True)
    letters = models.Letter.filter(
        resident_id__in=resident_ids, frequency=Frequency.DIRECT, state=State.QUEUED
    )
    found = await letters.order_by("id").select_for_update(skip_locked=True)
    return {each.resident_id: each for each in found}


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
        items=items[:MOST],
        more=max(0, len(items) - MOST),
    )


async def settle(letter_id: UUID, state: models.LetterState, now: datetime) -> None:
    """Write down what became of a letter."""
    await models.Letter.filter(id=letter_id).update(state=state, settled_at=now)
