"""What the partners announced in the year, and to which villages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import models
from server.seed import calendar, identity, organisation, village

EDITOR = models.StaffRole.EDITOR


@dataclass(frozen=True, slots=True)
class Announcement:
    """The columns of an announcement; `at` (ms) and `raw` serve what follows."""

    id: UUID
    created_at: datetime
    organisation_id: UUID
    staff_id: UUID
    purpose: models.AnnouncementPurpose
    title: str
    body: str
    neighbourhood_ids: list[UUID]
    urgent_until: datetime | None
    publish_at: datetime
    published_at: datetime
    at: int
    raw: dict[str, Any]


def every(homes: Sequence[village.Village]) -> list[Announcement]:
    """All announcements to the villages of one copy, in order of time."""
    partners = organisation.every(homes[0].copy)
    return [
        announce(raw, partners[raw["organisation"]], homes)
        for raw in village.read("announcement")["announcement"]
    ]


def announce(
    raw: dict[str, Any], partner: organisation.Organisation, homes: Sequence[village.Village]
) -> Announcement:
    """One announcement as it is written in the file."""
    at = instant(raw)
    until = at + raw["urgent_days"] * calendar.DAY if "urgent_days" in raw else None
    moment = calendar.moment(at)
    return Announcement(
        id=named(raw, homes[0].copy),
        created_at=moment,
        organisation_id=partner.id,
        staff_id=partner.colleague(EDITOR).id,
        purpose=models.AnnouncementPurpose(raw["purpose"]),
        title=raw["title"],
        body=raw["body"].strip(),
        neighbourhood_ids=[home.id for home in homes if reaches(raw, partner, home)],
        urgent_until=calendar.moment(until) if until else None,
        publish_at=moment,
        published_at=moment,
        at=at,
        raw=raw,
    )


def instant(raw: dict[str, Any]) -> int:
    """When an announcement was published (ms)."""
    return calendar.midnight(raw["on"]) + int(raw["at"]) * calendar.HOUR


def named(raw: dict[str, Any], copy: int) -> UUID:
    """The id of an announcement in one copy of the town."""
    return identity.identify(instant(raw), identity.source("announcement", copy, raw["slug"]))


def reaches(raw: dict[str, Any], partner: organisation.Organisation, home: village.Village) -> bool:
    """Whether an announcement is told in a village: chosen, covered, and open by then."""
    chosen = home.root in raw.get("villages", [home.root])
    return chosen and partner.covers(home.root) and home.opened_on <= raw["on"]
