"""Reminders of gatherings: when somebody wants one, and sending it once."""

from datetime import UTC, datetime, timedelta

import models
from models.database import connection
from models.transaction import transaction
from realtime import outbox
from realtime.hub import Hub
from resolvers.personal import to_resident
from resolvers.refusal import Refusal, RefusalCode

State = models.AttendanceState
A_DAY, A_WEEK = 24 * 60, 7 * 24 * 60
AT_ONCE = 200

MOVE = """
update attendance set remind_at = $2::timestamptz - remind_minutes * interval '1 minute',
    reminded_at = null
where gathering_id = $1 and remind_minutes is not null
    and remind_at <> $2::timestamptz - remind_minutes * interval '1 minute'
"""


def choose(found: models.Gathering, row: models.Attendance, minutes: int | None) -> None:
    """Say when to be reminded; who is not coming never is. Raises `Refusal` INVALID."""
    if minutes is not None and not 0 < minutes <= A_WEEK:
        words = f"A reminder comes 1 to {A_WEEK} minutes before."
        raise Refusal(RefusalCode.INVALID, words, "remind_minutes")
    row.remind_minutes = None if row.state is State.NOT_GOING else minutes
    row.remind_at = row.reminded_at = None
    if row.remind_minutes is not None:
        row.remind_at = found.starts_at - timedelta(minutes=row.remind_minutes)
        # the moment had come when the answer was given: nobody is told what he just did
        row.reminded_at = row.remind_at if row.remind_at <= datetime.now(UTC) else None


async def move(found: models.Gathering) -> None:
    """Reminders of a locked gathering whose start may be another come as long before that."""
    await connection().execute_query(MOVE, [found.id, found.starts_at])


async def remind_due(hub: Hub, now: datetime) -> int:
    """Remind those whose moment has come, once, `AT_ONCE` at most; gives how many."""
    coming = models.Attendance.filter(
        remind_at__lte=now, reminded_at=None, state__in=(State.GOING, State.MAYBE)
    )
    async with transaction():
        due = await coming.order_by("remind_at").limit(AT_ONCE).select_for_update(skip_locked=True)
        await models.Attendance.filter(id__in=[row.id for row in due]).update(reminded_at=now)
        on = models.Gathering.filter(id__in=[row.gathering_id for row in due], starts_at__gt=now)
        ids = set(await on.filter(cancelled_at=None, removed_at=None).values_list("id", flat=True))
        bells = await outbox.announce_all(
            to_resident(row.resident_id, models.EventKind.REMINDER_DUE, row)
            for row in due
            if row.gathering_id in ids
        )
    await hub.ring(*bells)
    return len(due)
