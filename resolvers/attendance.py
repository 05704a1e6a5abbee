"""Attendance: who comes to a gathering, perhaps comes, or does not."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers import attendance_place, reminder
from resolvers.context import Context
from resolvers.feed import about_part
from resolvers.page import Page, Window, found_by, pages_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.relation import One, Onward
from resolvers.work import Work

State = models.AttendanceState


async def of_gatherings(
    gatherings: Sequence[models.Gathering],
    context: Context,
    *,
    state: Annotated[models.AttendanceState | None, Doc("Only those who answered so.")] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.Attendance]]:
    """Who answered, first come first; of those whom a block hides, nothing."""
    rows = visible(models.Attendance, context.viewer)
    if state is not None:
        rows = rows.filter(state=state)
    window = Window(first, after, newest_first=False)
    return await pages_of(rows, window, "gathering_id", [each.id for each in gatherings])


async def mine(
    gatherings: Sequence[models.Gathering], context: Context
) -> list[models.Attendance | None]:
    """What the viewer answered."""
    rows = visible(models.Attendance, context.viewer)
    mine = rows.filter(membership_id__in=context.viewer.membership_ids)
    return await found_by(mine, "gathering_id", [each.id for each in gatherings])


gatherings = One("What it is for.", models.Gathering, "gathering_id")


members = One("Who it is.", models.Membership, "membership_id")


of_residents = Onward(
    "What the person answered to invitations, newest first.", models.Attendance, "resident_id"
)


async def attend(
    work: Work,
    *,
    gathering_id: Annotated[UUID, Doc("Which gathering.")],
    state: Annotated[models.AttendanceState, Doc("GOING, MAYBE or NOT_GOING.")],
    remind_minutes: Annotated[
        int | None,
        Doc("Be reminded so many minutes before it starts, a week at most; null: not at all."),
    ] = reminder.A_DAY,
) -> models.Attendance:
    """Say whether one comes. Where all places are taken one waits, and moves up by itself."""
    found = await work.find(models.Gathering, gathering_id, "gathering")
    standing = work.viewer.standing_in(found.neighbourhood_id)
    if standing is None:
        raise forbidden("Only members of the neighbourhood come.")
    if state is State.WAITING:
        raise Refusal(RefusalCode.INVALID, "Say that you come: you wait by yourself.", "state")
    if found.cancelled_at is not None or found.starts_at <= datetime.now(UTC):
        raise Refusal(RefusalCode.CONFLICT, "It was cancelled, or has begun.", "gathering_id")
    [resident_id] = work.viewer.myself
    row = await _row(found, standing.membership_id, resident_id)
    attendance_place.put(found, row, state)
    reminder.choose(found, row, remind_minutes)
    await row.save()
    await attendance_place.move_up(work, found)
    work.announce(about_part(found))
    return row


async def _row(
    found: models.Gathering, membership_id: UUID, resident_id: UUID
) -> models.Attendance:
    """What the member answered before, or an answer that counts nowhere yet."""
    before = models.Attendance.filter(gathering_id=found.id, membership_id=membership_id)
    return await before.get_or_none() or models.Attendance(
        neighbourhood_id=found.neighbourhood_id,
        post_id=found.post_id,
        gathering_id=found.id,
        resident_id=resident_id,
        membership_id=membership_id,
        audience=found.audience,
        state=State.NOT_GOING,
    )
