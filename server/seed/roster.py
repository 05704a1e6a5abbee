"""Who takes part in a village: the members of registered households, housemates, professionals."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, household, identity, person, phrase, street, village

FOUNDERS = 8
SECOND_MODERATOR_FROM = 200
LAST_REGISTRATION = calendar.END - 16 * calendar.DAY
HOUSEMATES = 0.16
PARTED = 0.04
MOVED_PER_REGISTERED = 80


@dataclass(slots=True)
class Member:
    """The columns of a membership; `first`, `joined` (ms) and `zeal` serve the writing.

    `zeal` is how much a member takes part relative to others; 0 is one who only reads.
    """

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    resident_id: UUID
    household_id: UUID | None
    organisation_id: UUID | None
    display_name: str
    street: str | None
    about: str
    role: models.MembershipRole
    state: models.MembershipState
    verification: models.Verification
    verified_at: datetime
    ended_at: datetime | None
    nearby_count: int
    first: str
    joined: int
    zeal: float


@dataclass(slots=True)
class Roster:
    """All rows about the people of one village, and the names of its streets."""

    home: village.Village
    random: Random
    streets: list[str]
    households: list[household.Household]
    codes: list[household.Code] = field(default_factory=list)
    residents: list[person.Resident] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)

    def admit(self, who: person.Name, at: int, door: household.Household | None) -> Member:
        """Add a person who registers at `at`; without a door it is a professional."""
        account = person.resident(who, self.home, len(self.residents), at, self.random)
        member = Member(
            id=identity.identify(at, self.random),
            created_at=account.created_at,
            neighbourhood_id=self.home.id,
            resident_id=account.id,
            household_id=door.id if door else None,
            organisation_id=None,
            display_name=who.shown(self.random),
            street=door.street if door else None,
            about=phrase.about(self.home, self.random),
            role=models.MembershipRole.RESIDENT,
            state=models.MembershipState.ACTIVE,
            verification=models.Verification.LETTER,
            verified_at=account.created_at,
            ended_at=None,
            nearby_count=0,
            first=who.first,
            joined=at,
            zeal=0,
        )
        self.residents.append(account)
        self.members.append(member)
        return member


def build(home: village.Village, random: Random) -> Roster:
    """Everybody who lives in a village, with the letters to all its doors."""
    streets = street.name(home, random)
    roster = Roster(home, random, streets, household.settle(home, streets, random))
    roster.codes += [household.letter(door, random) for door in roster.households]
    if person.lives_in(home, "resident"):
        roster.codes[-1].hash = household.INVITATION_HASH
    register(roster)
    moved = max(1, home.registered_household_count // MOVED_PER_REGISTERED)
    for index in range(moved):
        move_out(roster, home.registered_household_count + index)
    return roster


def register(roster: Roster) -> None:
    """Let the first households register, in order of time; some invite a housemate."""
    home, random = roster.home, roster.random
    count = home.registered_household_count
    active = {*range(FOUNDERS), *random.sample(range(FOUNDERS, count), home.active - FOUNDERS)}
    names = founders(home, random)
    for index, at in enumerate(registrations(home, random)):
        door, who = roster.households[index], names.get(index) or person.name(random)
        member = roster.admit(who, at, door)
        member.zeal = zeal(random) + (index < FOUNDERS) if index in active else 0
        door.registered_at = roster.codes[index].used_at = member.created_at
        if index >= FOUNDERS and random.random() < HOUSEMATES:
            let_in(roster, door, member, who.family)
    promote(roster)


def founders(home: village.Village, random: Random) -> dict[int, person.Name]:
    """The demo accounts among the first to register: moderators first, residents from the third."""
    moderators = person.cast(home, models.MembershipRole.MODERATOR)
    residents = person.cast(home, models.MembershipRole.RESIDENT)
    return dict(enumerate(moderators)) | dict(enumerate(residents, start=2))


def registrations(home: village.Village, random: Random) -> list[int]:
    """When the households registered: the founders at once, most soon after, none in March."""
    opening = calendar.midnight(home.opened_on) + 6 * calendar.HOUR
    first = [opening + index * 2 * calendar.MINUTE for index in range(FOUNDERS)]
    start = first[-1] + calendar.HOUR
    span = LAST_REGISTRATION - start
    others = home.registered_household_count - FOUNDERS
    drawn = (start + int(span * random.betavariate(0.7, 2.1)) for _ in range(others))
    return first + sorted(calendar.awake(at, random) for at in drawn)


def zeal(random: Random) -> float:
    """A few write a lot, most write little."""
    return min(60.0, random.lognormvariate(0, 1.25))


def let_in(roster: Roster, door: household.Household, member: Member, family: str) -> None:
    """Let a housemate in by the member's invitation; half as often active as the member."""
    random = roster.random
    asked = calendar.later(member.joined, 6 * calendar.DAY, random)
    at = min(calendar.later(asked, 3 * calendar.HOUR, random), asked + household.HOUSEMATE_WINDOW)
    mate = roster.admit(person.name(random, family), at, door)
    mate.verification = models.Verification.HOUSEHOLD
    mate.zeal = zeal(random) * 0.6 if member.zeal and random.random() < 0.5 else 0
    if not mate.zeal and random.random() < PARTED:
        leave(mate, random)
    roster.codes.append(household.housemate(door, member.id, asked, at, random))


def promote(roster: Roster) -> None:
    """Give the village its moderator, and the larger ones a second."""
    large = roster.home.registered_household_count >= SECOND_MODERATOR_FROM
    for member in roster.members[: 2 if large else 1]:
        member.role = models.MembershipRole.MODERATOR


def move_out(roster: Roster, index: int) -> None:
    """Let somebody register, say nothing and move away; whoever comes next gets a new letter."""
    random, door = roster.random, roster.households[index]
    opening = calendar.midnight(roster.home.opened_on)
    joined = calendar.later(opening + calendar.DAY, 20 * calendar.DAY, random)
    member = roster.admit(person.name(random), joined, door)
    ended = leave(member, random)
    roster.codes[index].used_at = member.created_at
    roster.codes.append(household.letter(door, random, at=ended + calendar.DAY))


def leave(member: Member, random: Random) -> int:
    """End a membership, weeks or months after it began; the answer is when (ms)."""
    ended = calendar.later(member.joined, 40 * calendar.DAY, random)
    member.state = models.MembershipState.ENDED
    member.ended_at = calendar.moment(ended)
    return ended
