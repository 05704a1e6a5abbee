"""The events by which it is told what became of something a resident shared."""

import models
from auth.scope import Scope
from models.post_share import Granted
from realtime.events import GrantEvent

Kind = models.EventKind
# what a listener on an organisation's stream needs to hear of each kind
SCOPES: dict[str, Scope] = {
    Kind.SHARE_GRANTED: Scope.SHARES_READ,
    Kind.SHARE_ENDED: Scope.SHARES_READ,
    Kind.SHARED_COMMENTS_CHANGED: Scope.SHARES_READ,
    Kind.CASE_CHANGED: Scope.CASES_READ,
    Kind.REFERRAL_CHANGED: Scope.CASES_READ,
    Kind.REPLY_ADDED: Scope.ANNOUNCEMENTS_READ,
    Kind.REPLY_EDITED: Scope.ANNOUNCEMENTS_READ,
    Kind.REPLY_REMOVED: Scope.ANNOUNCEMENTS_READ,
    Kind.VOLUNTEER_CHANGED: Scope.VOLUNTEERS_READ,
    Kind.CONTACT_CHANGED: Scope.VOLUNTEERS_READ,
}
LISTENING = tuple(dict.fromkeys(SCOPES.values()))


def to_organisation(kind: models.EventKind, row: Granted) -> GrantEvent:
    """What happened to a row, for those of the organisation that hold it and have the scope."""
    return GrantEvent(
        kind=kind,
        stream_id=row.organisation_id,
        neighbourhood_id=row.neighbourhood_id,
        subject_id=row.id,
        organisation_id=row.organisation_id,
        unit_id=row.unit_id,
        scope=SCOPES[kind].value,
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
