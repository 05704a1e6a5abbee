"""What residents offer their neighbours in the profile: skills, and when, how far, until when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, identity, roster, village

NOTED = 0.75
HEARING = 0.36
PAUSED = 0.06
PAUSED_SINCE = calendar.END - 30 * calendar.DAY
ENDING = 0.05
# One that is over, and one that the demo still shows in decades.
LAST_DAYS = (date(2021, 2, 28), date(2099, 8, 31))
STREET, NEIGHBOURHOOD, NEARBY = models.HelpReach
REACHES, FAR = (STREET, NEIGHBOURHOOD, NEARBY), (14, 58, 28)


@dataclass(slots=True)
class Offer:
    """The columns of a help offer; `at` (ms) and `member` serve what follows."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    membership_id: UUID
    skills: list[str]
    at: int
    member: roster.Member
    note: str = ""
    availability: list[str] = field(default_factory=list)
    reach: models.HelpReach = NEIGHBOURHOOD
    paused: bool = False
    ends_on: date | None = None
    hears_requests: bool = False
    asked_count: int = 0
    last_asked_at: datetime | None = None

    def stands(self, at: int) -> bool:
        """Whether the offer was made before an instant, and neither paused nor over by then."""
        paused = self.paused and at > PAUSED_SINCE
        over = self.ends_on is not None and calendar.clock(at)[0] > self.ends_on
        return self.at < at and not paused and not over

    def reaches(self, member: roster.Member) -> bool:
        """Whether a member of the same neighbourhood lives near enough."""
        return self.reach is not STREET or member.street == self.member.street

    def count(self, at: int) -> None:
        """Remember that the helper was asked by somebody at an instant."""
        asked = calendar.moment(at)
        self.asked_count += 1
        self.last_asked_at = max(asked, self.last_asked_at or asked)


def describe(offers: Iterable[Offer], home: village.Village) -> None:
    """Say of each offer when, how far and until when it holds."""
    random, told = identity.source("offer", home.number), set[str]()
    for item in offers:
        detail(item, random)
        item.note = word(item.skills[0], told, random)


def detail(item: Offer, random: Random) -> None:
    """The hours and the reach of one offer.

    Whoever goes next door has shown the name there already, by words for neighbours nearby.
    """
    weeks = village.read("help_offer")["week"]
    item.availability = random.choices(weeks, [week["weight"] for week in weeks])[0]["parts"]
    reach = random.choices(REACHES, FAR)[0]
    item.reach = reach if reach is not NEARBY or item.member.nearby_count else NEIGHBOURHOOD
    item.hears_requests = random.random() < HEARING
    item.paused = random.random() < PAUSED
    item.ends_on = random.choice(LAST_DAYS) if random.random() < ENDING else None


def word(skill: str, told: set[str], random: Random) -> str:
    """What a helper adds, if anything: of a village no two say the same."""
    notes = [note for note in village.read("help_offer")["note"][skill] if note not in told]
    note = random.choice(notes) if notes and random.random() < NOTED else ""
    told.add(note)
    return note
