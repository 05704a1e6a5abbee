"""The question to an author whether another organisation may have the share as well."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, case, identity, village


@dataclass(frozen=True, slots=True)
class Referral:
    """The columns of a referral."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    organisation_id: UUID
    unit_id: UUID | None
    resident_id: UUID
    expires_at: datetime
    revoked_at: datetime | None
    case_id: UUID
    to_organisation_id: UUID
    reason: str
    state: models.ReferralState


def ask(item: case.Case, to: UUID, random: Random) -> Referral:
    """The question about the organisation `to`, and what the author said, if anything yet."""
    raw, at = item.share.raw, calendar.later(item.started, calendar.DAY, random)
    return Referral(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        **case.hung(item.share),
        case_id=item.id,
        to_organisation_id=to,
        reason=random.choice(village.read("share")["referral"]["reasons"]),
        state=models.ReferralState(raw.get("answered", models.ReferralState.ASKED)),
    )
