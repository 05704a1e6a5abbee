"""What is told of a gathering: to its neighbourhood, and to whoever said to come."""

import models
from realtime import events
from resolvers.personal import to_resident
from resolvers.work import Work

State = models.AttendanceState


def about(found: models.Gathering | models.Poll) -> events.PostEdited:
    """That what everybody reads of a gathering or a poll has changed."""
    return events.PostEdited(
        stream_id=found.neighbourhood_id,
        neighbourhood_id=found.neighbourhood_id,
        audience=found.audience,
        author_id=found.author_id,
        post_id=found.post_id,
    )


async def tell_comers(work: Work, found: models.Gathering) -> None:
    """Tell those who come, perhaps come or wait that the time or place is another, or it is off."""
    coming = models.Attendance.filter(gathering_id=found.id).exclude(state=State.NOT_GOING)
    for row in await coming.exclude(membership_id=found.author_id).order_by("resident_id"):
        kind = models.EventKind.GATHERING_CHANGED
        work.announce(to_resident(row.resident_id, kind, row, author_id=found.author_id))
