"""The partners: organisations, their units, what they cover, and who works there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from random import Random
from typing import Any
from uuid import UUID

import models
from server.seed import calendar, identity, person, village

JOINED = calendar.midnight(date(2020, 3, 2)) + 9 * calendar.HOUR
COPIES_KEPT = 2
ALL_VILLAGES = "zeventiendorpen"


@dataclass(frozen=True, slots=True)
class Unit:
    """The columns of a unit."""

    id: UUID
    created_at: datetime
    organisation_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Staff:
    """The columns of an appointment."""

    id: UUID
    created_at: datetime
    organisation_id: UUID
    unit_id: UUID | None
    resident_id: UUID
    role: models.StaffRole
    name: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The columns of "covers since"."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    organisation_id: UUID
    since: date


@dataclass(slots=True)
class Organisation:
    """The columns of an organisation; the rest serves those who work with it.

    `places` are the slugs of the villages that it covers; none: all.
    """

    id: UUID
    created_at: datetime
    slug: str
    name: str
    kind: models.OrganisationKind
    description: str
    places: tuple[str, ...]
    units: dict[str, Unit] = field(default_factory=dict)
    staff: list[Staff] = field(default_factory=list)
    accounts: list[person.Resident] = field(default_factory=list)

    def covers(self, slug: str) -> bool:
        """Whether a village (the slug of the original) is covered."""
        return not self.places or slug in self.places

    def colleague(self, role: models.StaffRole, unit_id: UUID | None = None) -> Staff:
        """The one in a role whom a matter of the unit reaches; failing that, the manager."""
        reached = [s for s in self.staff if s.role is role and _reaches(s, unit_id)]
        return reached[0] if reached else self.staff[0]


def _reaches(staff: Staff, unit_id: UUID | None) -> bool:
    return None in (staff.unit_id, unit_id) or staff.unit_id == unit_id


@lru_cache(maxsize=COPIES_KEPT)
def every(copy: int) -> dict[str, Organisation]:
    """The organisations of one copy of the town, by the slug of the original."""
    written = village.read("organisation")
    found = {
        raw["slug"]: founded(raw, copy, place) for place, raw in enumerate(written["organisation"])
    }
    for place, raw in enumerate(written["staff"]):
        appoint(found[raw["organisation"]], raw, copy, identity.source("staff", copy, place))
    return found


def founded(raw: dict[str, Any], copy: int, place: int) -> Organisation:
    """One organisation with its units; at a larger scale it is told apart by its number."""
    at, random = JOINED + place * calendar.MINUTE, identity.source("organisation", copy, place)
    made = Organisation(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        slug=f"{raw['slug']}-{copy + 1}" if copy else raw["slug"],
        name=f"{raw['name']} {copy + 1}" if copy else raw["name"],
        kind=models.OrganisationKind(raw["kind"]),
        description=raw["description"],
        places=tuple(raw["covers"]),
    )
    for name in raw["units"]:
        made.units[name] = Unit(identity.identify(at, random), made.created_at, made.id, name)
    return made


def appoint(made: Organisation, raw: dict[str, Any], copy: int, random: Random) -> None:
    """Give an organisation one of its people, with an account."""
    at = JOINED + calendar.DAY + len(made.staff) * calendar.MINUTE
    account = person.Resident(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        email=person.address(raw["first"], raw["family"], domain=f"{made.slug}.{person.DOMAIN}"),
        phone=None,
        language=models.Language.NL,
    )
    unit = made.units.get(raw.get("unit", ""))
    made.accounts.append(account)
    made.staff.append(
        Staff(
            id=identity.identify(at, random),
            created_at=account.created_at,
            organisation_id=made.id,
            unit_id=unit.id if unit else None,
            resident_id=account.id,
            role=models.StaffRole(raw["role"]),
            name=f"{raw['first']} {raw['family']}",
        )
    )


def coverage(homes: Sequence[village.Village]) -> Iterable[Coverage]:
    """Who covers which village of one copy: since it opened."""
    for partner in every(homes[0].copy).values():
        for home in homes:
            if partner.covers(home.root):
                drawn = identity.source("coverage", partner.slug, home.number)
                at = calendar.midnight(home.opened_on)
                id, made = identity.identify(at, drawn), calendar.moment(at)
                yield Coverage(id, made, home.id, partner.id, home.opened_on)


def addresses() -> set[str]:
    """The e-mail addresses of all staff of the real town: these too may be tried."""
    return {account.email for partner in every(0).values() for account in partner.accounts}


def personas() -> dict[str, str]:
    """The staff among the accounts of the demo: persona name to e-mail address."""
    return {
        raw["persona"]: person.address(
            raw["first"], raw["family"], domain=f"{raw['organisation']}.{person.DOMAIN}"
        )
        for raw in village.read("organisation")["staff"]
        if "persona" in raw
    }
