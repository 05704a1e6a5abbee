"""How soon residents want to be told, and why: one switch a reason, and the hours of their day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from tortoise.queryset import QuerySet
from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers.context import Context
from resolvers.day_part import CLOCK
from resolvers.refusal import Refusal, RefusalCode
from resolvers.work import Work

A_DAY = 24 * 60
Chosen = dict[models.Reason, models.Frequency]
Reason, Frequency = models.Reason, models.Frequency

USUAL: Mapping[models.Reason, models.Frequency] = {
    Reason.POST: Frequency.DAILY,
    Reason.ANNOUNCEMENT: Frequency.DAILY,
    Reason.ALERT: Frequency.DIRECT,
    Reason.COMMENT: Frequency.DIRECT,
    Reason.THREAD: Frequency.DAILY,
    Reason.MENTION: Frequency.DIRECT,
    Reason.EVENT: Frequency.DIRECT,
    Reason.HELP: Frequency.DIRECT,
    Reason.MESSAGE: Frequency.DIRECT,
    Reason.SHARE: Frequency.DIRECT,
    Reason.VOLUNTEERING: Frequency.DIRECT,
    Reason.MODERATION: Frequency.DIRECT,
}


@dataclass(frozen=True)
class Switch:
    """A reason and how soon the resident is told for it."""

    reason: models.Reason
    frequency: models.Frequency


async def switches(residents: Sequence[models.Resident], context: Context) -> list[list[Switch]]:
    """How soon the person is told: one switch for each reason."""
    rows = visible(models.NotificationSwitch, context.viewer)
    chosen = await _chosen(rows, [each.id for each in residents])
    return [[Switch(*one) for one in chosen[each.id].items()] for each in residents]


async def hours(
    residents: Sequence[models.Resident], context: Context
) -> list[models.NotificationHours]:
    """When nothing is sent, and when digests come."""
    rows = visible(models.NotificationHours, context.viewer)
    found = await _hours(rows, [each.id for each in residents])
    return [found[each.id] for each in residents]


async def set_notification_frequency(
    work: Work,
    *,
    reason: Annotated[models.Reason, Doc("For which reason.")],
    frequency: Annotated[models.Frequency, Doc("How soon from now on.")],
) -> models.Resident:
    """Turn one switch: it holds for the list, e-mail and push alike."""
    account = await work.visible(models.Resident).get()
    await turn(account.id, [reason], frequency)
    return account


async def set_notification_hours(
    work: Work,
    *,
    quiet_from: Annotated[
        int | None, Doc("Nothing is sent from this minute of the day, 0 to 1439; null: no quiet.")
    ] = None,
    quiet_until: Annotated[int | None, Doc("Until this minute of the day, 0 to 1439.")] = None,
    digest_at: Annotated[int, Doc("Digests come at this minute of the day, 0 to 1439.")] = 8 * 60,
) -> models.Resident:
    """Choose the hours in which nothing is sent but alerts, and when digests come."""
    for name, minute in (
        ("quiet_from", quiet_from),
        ("quiet_until", quiet_until),
        ("digest_at", digest_at),
    ):
        if minute is not None and not 0 <= minute < A_DAY:
            raise Refusal(RefusalCode.INVALID, "A day has the minutes 0 to 1439.", name)
    if (quiet_from is None) is not (quiet_until is None):
        raise Refusal(RefusalCode.INVALID, "Say from when and until when.", "quiet_until")
    account = await work.visible(models.Resident).get()
    await models.NotificationHours.update_or_create(
        {"quiet_from": quiet_from, "quiet_until": quiet_until, "digest_at": digest_at},
        resident_id=account.id,
    )
    return account


async def turn(
    resident_id: UUID, reasons: Collection[models.Reason], frequency: models.Frequency
) -> None:
    """Turn the switches of one resident."""
    for reason in reasons:
        await models.NotificationSwitch.update_or_create(
            {"frequency": frequency}, resident_id=resident_id, reason=reason
        )


async def chosen_by(resident_ids: Collection[UUID]) -> dict[UUID, Chosen]:
    """The switches of residents, to tell them of something."""
    return await _chosen(models.NotificationSwitch.all(), resident_ids)


async def hours_of(resident_ids: Collection[UUID]) -> dict[UUID, models.NotificationHours]:
    """The hours of residents, to know when they may be told of something."""
    return await _hours(models.NotificationHours.all(), resident_ids)


def quiet(hours: models.NotificationHours, now: datetime) -> timedelta:
    """How long the quiet hours still last at a moment: zero outside of them."""
    if hours.quiet_from is None or hours.quiet_until is None:
        return timedelta()
    local = now.astimezone(CLOCK)
    minute = local.hour * 60 + local.minute
    length = (hours.quiet_until - hours.quiet_from) % A_DAY
    since = (minute - hours.quiet_from) % A_DAY
    return timedelta(minutes=length - since) if since < length else timedelta()


async def _chosen(
    rows: QuerySet[models.NotificationSwitch], resident_ids: Collection[UUID]
) -> dict[UUID, Chosen]:
    """What is usual, and what each of them chose instead."""
    found = {id: dict(USUAL) for id in resident_ids}
    for row in await rows.filter(resident_id__in=resident_ids):
        found[row.resident_id][row.reason] = row.frequency
    return found


async def _hours(
    rows: QuerySet[models.NotificationHours], resident_ids: Collection[UUID]
) -> dict[UUID, models.NotificationHours]:
    """The hours of each of them, or what is usual."""
    found = {row.resident_id: row for row in await rows.filter(resident_id__in=resident_ids)}
    return {id: found.get(id) or models.NotificationHours(resident_id=id) for id in resident_ids}
