"""The places of a gathering: who has one, who waits, and who moves up when one falls free."""

from uuid import UUID

import models
from models.base import uuid7
from resolvers.feed import about_part
from resolvers.personal import to_resident
from resolvers.work import Work

State = models.AttendanceState
CHANGED = models.EventKind.ATTENDANCE_CHANGED


async def leave(work: Work, membership_id: UUID) -> None:
    """A member comes nowhere any more: whoever waits there moves up."""
    answered = models.Attendance.filter(membership_id=membership_id)
    ids = await answered.values_list("gathering_id", flat=True)
    for found in await models.Gathering.filter(id__in=ids).order_by("id").select_for_update():
        row = await answered.get(gathering_id=found.id)
        put(found, row, State.NOT_GOING)
        await row.delete()
        await move_up(work, found)
        work.announce(about_part(found))


async def move_up(work: Work, found: models.Gathering) -> None:
    """Give the places of a locked gathering that are free to those who wait, in their order."""
    while found.waiting_count and (found.capacity is None or found.going_count < found.capacity):
        waiting = models.Attendance.filter(gathering_id=found.id, state=State.WAITING)
        row = await waiting.order_by("waits_since_id").first()
        if row is None:
            break
        put(found, row, State.GOING)
        await row.save()
        work.announce(to_resident(row.resident_id, CHANGED, row))
    await found.save(update_fields=["going_count", "maybe_count", "waiting_count"])


def put(found: models.Gathering, row: models.Attendance, state: models.AttendanceState) -> None:
    """Bring a row to a state, or among those who wait, and keep the counters."""
    has_place = row.state is State.GOING
    if state is State.GOING and not has_place and _is_full(found, row):
        state = State.WAITING
    if row.state is state:
        return
    _count(found, row.state, -1)
    _count(found, state, +1)
    row.state = state
    row.waits_since_id = uuid7() if state is State.WAITING else None


def _is_full(found: models.Gathering, row: models.Attendance) -> bool:
    """Whether there is no place for a row: those who wait already come first."""
    if found.capacity is None:
        return False
    is_behind = found.waiting_count > 0 and row.state is not State.WAITING
    return found.going_count >= found.capacity or is_behind


def _count(found: models.Gathering, state: models.AttendanceState, change: int) -> None:
    if state is State.GOING:
        found.going_count += change
    elif state is State.MAYBE:
        found.maybe_count += change
    elif state is State.WAITING:
        found.waiting_count += change
