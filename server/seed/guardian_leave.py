"""Who is under age, and whom of them a housemate lets help the neighbours."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import calendar, household, identity, roster, village

OF_THE_QUIET = 3
MOST = 3
WITHDRAWN = 0.15
HOUSEHOLD = models.Verification.HOUSEHOLD


@dataclass(slots=True)
class GuardianLeave:
    """The columns of a leave; `at` (ms) serves what follows."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    resident_id: UUID
    membership_id: UUID
    guardian_id: UUID
    at: int
    expires_at: datetime = household.OPEN_UNTIL
    revoked_at: datetime | None = None


@dataclass(slots=True)
class Youth:
    """The minors of one village, and the leave of some of them."""

    minors: list[roster.Member]
    leaves: list[GuardianLeave] = field(default_factory=list)

    def allowed(self, at: int) -> list[roster.Member]:
        """Those who had leave at an instant, and still have it."""
        having = {
            item.membership_id for item in self.leaves if item.at < at and not item.revoked_at
        }
        return [minor for minor in self.minors if minor.id in having]


def grow_up(people: roster.Roster) -> Youth:
    """Say who is under age: a few quiet housemates. All others of the village are adults.

    The last of the most that a village has is without leave, and one or the other's was taken back.
    """
    random = identity.source("guardian", people.home.number)
    quiet = [member for member in people.members if is_fit(member)]
    youth = Youth(random.sample(quiet, min(MOST, (len(quiet) + 1) // OF_THE_QUIET)))
    accounts = {account.id: account for account in people.residents}
    guardians = {m.household_id: m for m in people.members if m.verification is not HOUSEHOLD}
    for place, minor in enumerate(youth.minors):
        accounts[minor.resident_id].age_band = models.AgeBand.UNDER_18
        if place < MOST - 1:
            youth.leaves.append(let(minor, guardians[minor.household_id], random))
    return youth


def is_fit(member: roster.Member) -> bool:
    """Whether what is known of a member can be true of somebody under age."""
    is_housemate = member.verification is HOUSEHOLD and not member.ended_at
    is_quiet = not member.zeal and not member.about
    return is_housemate and is_quiet and member.first in village.read("name")["young"]


def let(minor: roster.Member, guardian: roster.Member, random: Random) -> GuardianLeave:
    """The leave of a guardian, some weeks after the minor registered."""
    at = calendar.later(minor.joined, 9 * calendar.DAY, random)
    taken_back = random.random() < WITHDRAWN
    ended = calendar.later(at, 60 * calendar.DAY, random)
    return GuardianLeave(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        neighbourhood_id=minor.neighbourhood_id,
        resident_id=minor.resident_id,
        membership_id=minor.id,
        guardian_id=guardian.id,
        at=at,
        revoked_at=calendar.moment(ended) if taken_back else None,
    )
