"""The events by which a resident is told what concerns nobody else."""

from uuid import UUID

import models
from models.base import Private
from realtime.events import PersonalEvent


def to_resident(
    resident_id: UUID, kind: models.EventKind, row: Private, *, author_id: UUID | None = None
) -> PersonalEvent:
    """What happened to a row, for one resident; `author_id` is the membership whose doing it is.

    A resident between whom and that member there is a block never hears of it.
    """
    return PersonalEvent(
        kind=kind,
        stream_id=resident_id,
        neighbourhood_id=row.neighbourhood_id,
        subject_id=row.pk,
        resident_id=resident_id,
        author_id=author_id,
    )
