"""What colleagues write to each other about a case."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from server.seed import calendar, case, identity, village


@dataclass(frozen=True, slots=True)
class Note:
    """The columns of a note."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    organisation_id: UUID
    unit_id: UUID | None
    resident_id: UUID
    expires_at: datetime
    revoked_at: datetime | None
    case_id: UUID
    staff_id: UUID
    body: str


def write(item: case.Case, random: Random) -> list[Note]:
    """What colleagues wrote to each other."""
    written = village.read("share")["topic"][item.share.post.template.topic]["notes"]
    at, notes = item.started, list[Note]()
    for body in written[: random.choice((1, 1, 2))]:
        at = min(item.share.until, calendar.later(at, 3 * calendar.HOUR, random))
        notes.append(
            Note(
                id=identity.identify(at, random),
                created_at=calendar.moment(at),
                **case.hung(item.share),
                case_id=item.id,
                staff_id=item.handler.id,
                body=body,
            )
        )
    return notes
