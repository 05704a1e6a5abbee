"""Who offers the neighbours help, who let an organisation ask, and what was asked."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from random import Random
from uuid import UUID

import models
from server.seed import (
    calendar,
    crowd,
    help_offer,
    household,
    identity,
    organisation,
    roster,
    village,
)

TOWN = "stad-deinze"
TO_TOWN = 0.8
SKILLS = (1, 1, 2, 2, 3, 4)
ASKED_ONE_IN = 6
ANSWERED = 0.6
CAMPAIGN = calendar.midnight(date(2021, 1, 25)) + 18 * calendar.HOUR


@dataclass(frozen=True, slots=True)
class Consent:
    """The columns of a consent; `at` (ms) serves what follows."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    organisation_id: UUID
    resident_id: UUID
    expires_at: datetime
    membership_id: UUID
    skills: list[str]
    at: int
    unit_id: None = None
    revoked_at: None = None


@dataclass(slots=True)
class Contact:
    """The columns of what was asked; `at` (ms), `consent` and `staff` serve the ledger."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    organisation_id: UUID
    resident_id: UUID
    expires_at: datetime
    consent_id: UUID
    staff_id: UUID
    body: str
    answer: str | None
    answered_at: datetime | None
    at: int
    consent: Consent
    staff: organisation.Staff
    unit_id: None = None
    revoked_at: None = None


@dataclass(slots=True)
class Pool:
    """The helpers and volunteers of one village."""

    offers: list[help_offer.Offer] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)


def gather(people: roster.Roster) -> Pool:
    """As many helpers and volunteers as the file says; the resident of the demo is both."""
    pool, home = Pool(), people.home
    random = identity.source("volunteer", home.number)
    raw = village.read("volunteer")
    pool.offers = [offer(who, random) for who in choose(people, raw["offers"][home.root], random)]
    partners = organisation.every(home.copy)
    for place, who in enumerate(choose(people, raw["consents"][home.root], random)):
        to = partners[TOWN if not place or random.random() < TO_TOWN else organisation.ALL_VILLAGES]
        pool.consents.append(consent(who, to, random))
        if place % ASKED_ONE_IN == 0:
            pool.contacts.append(ask(pool.consents[-1], to, random))
    return pool


def choose(people: roster.Roster, count: int, random: Random) -> list[roster.Member]:
    """Active members, each once: first the resident of the demo, then the zealous more often."""
    helpers, known = crowd.Crowd(people.members), crowd.persona(people, "resident")
    chosen = {known.id: known} if known else {}
    while len(chosen) < count:
        who = helpers.anybody(random)
        chosen.setdefault(who.id, who)
    return list(chosen.values())


def skills(kind: str, random: Random) -> list[str]:
    """One or a few skills, the first of the list more often, in the order of the list."""
    listed: list[str] = village.read("volunteer")[kind]
    weights = list(accumulate(1 / (place + 3) for place in range(len(listed))))
    drawn = random.choices(listed, cum_weights=weights, k=random.choice(SKILLS))
    return sorted(set(drawn), key=listed.index)


def offer(who: roster.Member, random: Random) -> help_offer.Offer:
    """What a member offers in the profile."""
    at = calendar.later(who.joined, 30 * calendar.DAY, random)
    return help_offer.Offer(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        neighbourhood_id=who.neighbourhood_id,
        membership_id=who.id,
        skills=skills("help", random),
        at=at,
        member=who,
    )


def consent(who: roster.Member, to: organisation.Organisation, random: Random) -> Consent:
    """The leave of a member, given after the call for volunteers."""
    at = calendar.later(max(who.joined, CAMPAIGN), 4 * calendar.DAY, random)
    return Consent(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        neighbourhood_id=who.neighbourhood_id,
        organisation_id=to.id,
        resident_id=who.resident_id,
        expires_at=household.OPEN_UNTIL,
        membership_id=who.id,
        skills=skills("volunteering", random),
        at=at,
    )


def ask(given: Consent, to: organisation.Organisation, random: Random) -> Contact:
    """What the organisation asked a volunteer, answered or not yet."""
    raw, staff = village.read("volunteer"), to.colleague(models.StaffRole.EDITOR)
    at = calendar.later(given.at, 3 * calendar.DAY, random)
    said = random.random() < ANSWERED
    answered = calendar.later(at, 9 * calendar.HOUR, random)
    return Contact(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        neighbourhood_id=given.neighbourhood_id,
        organisation_id=given.organisation_id,
        resident_id=given.resident_id,
        expires_at=given.expires_at,
        consent_id=given.id,
        staff_id=staff.id,
        body=random.choice(raw["asked"]),
        answer=random.choice(raw["answered"]) if said else None,
        answered_at=calendar.moment(answered) if said else None,
        at=at,
        consent=given,
        staff=staff,
    )
