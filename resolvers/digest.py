"""Digests: what was not told at once, told together when its hour comes, and never twice."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import models
from models.base import floor
from models.database import connection
from models.transaction import transaction
from realtime import job
from realtime.job import JobKind
from resolvers import notification_switch
from resolvers.day_part import CLOCK
from resolvers.letter_item import OF_A_FEED

AT_ONCE = 200
# a post has its id before it is committed: what is this young may still be on its way
SETTLING = timedelta(minutes=2)
Frequency = models.Frequency

BEGIN = """
insert into digest (id, created_at, resident_id, frequency, due_at, told_id)
select gen_random_uuid(), $1, wanted.resident_id, wanted.frequency, $1, $2 from (
    select id as resident_id, 'DAILY' as frequency from resident
    union select resident_id, frequency from notification_switch
    where frequency in ('HOURLY', 'DAILY', 'WEEKLY')
) wanted
where not exists (select from digest d where d.resident_id = wanted.resident_id
                  and d.frequency = wanted.frequency)
limit $3 on conflict do nothing
"""
ANYTHING = """
select exists (select from post p where p.id > $2 and p.id <= $3 and p.removed_at is null
    and p.neighbourhood_id in (select neighbourhood_id from membership
                               where resident_id = $1 and state = 'ACTIVE'
                               union select neighbourhood_id from follow
                               where resident_id = $1)) as found
"""


async def begin_all(now: datetime) -> int:
    """Give everybody the digests that their switches ask for; gives how many were begun."""
    begun, _ = await connection().execute_query(BEGIN, [now, floor(now), AT_ONCE])
    return begun


async def write_due(now: datetime) -> int:
    """Write down the letters of the digests that are due, and when the next are; gives how many.

    The letter, what it is to tell of and the next hour are of one transaction.
    """
    async with transaction():
        due = models.Digest.filter(due_at__lte=now).order_by("due_at").limit(AT_ONCE)
        digests = await due.select_for_update(skip_locked=True)
        hours = await notification_switch.hours_of({each.resident_id for each in digests})
        chosen = await notification_switch.chosen_by({each.resident_id for each in digests})
        for each in digests:
            own = chosen[each.resident_id]
            await _write(each, {r for r in own if own[r] is each.frequency}, now)
            each.due_at = next_hour(each.frequency, hours[each.resident_id], now)
            await each.save(update_fields=["due_at", "told_id"])
    return len(digests)


def next_hour(
    frequency: models.Frequency, hours: models.NotificationHours, now: datetime
) -> datetime:
    """When the next digest is due; none is within quiet hours, and a weekly one is on a Monday."""
    if frequency is Frequency.HOURLY:
        due = now + timedelta(hours=1)
        return due + notification_switch.quiet(hours, due)
    local = now.astimezone(CLOCK)
    at = {"hour": hours.digest_at // 60, "minute": hours.digest_at % 60, "second": 0}
    day = local.replace(**at, microsecond=0)
    while day <= local or (frequency is Frequency.WEEKLY and day.weekday() != 0):
        day += timedelta(days=1)
    due = day.astimezone(UTC)
    return due + notification_switch.quiet(hours, due)


async def _write(digest: models.Digest, reasons: set[models.Reason], now: datetime) -> None:
    """The letter of one digest, if there is anything that it may tell of."""
    after, through = digest.told_id, max(digest.told_id, floor(now - SETTLING))
    digest.told_id = through
    waiting = models.Notification.filter(
        resident_id=digest.resident_id,
        letter_id=None,
        read_at=None,
        created_at__gt=datetime.fromtimestamp((after.int >> 80) / 1000, UTC) - timedelta(days=1),
        reason__in=reasons - OF_A_FEED,
    )
    is_feed = bool(reasons & OF_A_FEED) and await _anything(digest.resident_id, after, through)
    if not is_feed and not await waiting.exists():
        return
    letter = await models.Letter.create(
        resident_id=digest.resident_id,
        frequency=digest.frequency,
        after_id=after,
        through_id=through,
    )
    await waiting.update(letter_id=letter.id)
    await job.enqueue(JobKind.LETTER, letter.id)


async def _anything(resident_id: UUID, after: UUID, through: UUID) -> bool:
    [row] = await connection().execute_query_dict(ANYTHING, [resident_id, after, through])
    return bool(row["found"])
