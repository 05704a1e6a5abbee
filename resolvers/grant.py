"""The events by which it is told what became of something a resident shared."""

import models
from auth.scope import Scope
from models.post_share import Granted
from realtime.events import GrantEvent


def to_organisation(kind: models.EventKind, row: Granted, scope: Scope) -> GrantEvent:
    """What happened to a row, for those of the organisation that hold it and have the scope."""
    return GrantEvent(
        kind=kind,
        stream_id=row.organisation_id,
        neighbourhood_id=row.neighbourhood_id,
        subject_id=row.id,
        organisation_id=row.organisation_id,
        unit_id=row.unit_id,
        scope=scope.value,
    )


def to_resident(kind: models.EventKind, row: Granted) -> GrantEvent:
    """What happened to a row, for the resident whose it is."""
    return GrantEvent(
        kind=kind,
        stream_id=row.resident_id,
        neighbourhood_id=row.neighbourhood_id,
        subject_id=row.id,
        organisation_id=row.organisation_id,
        resident_id=row.resident_id,
    )
