"""The front doors of a village and the letters that invited them."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from uuid import UUID

import models
from auth import secrets
from server.seed import calendar, identity, street, village

LETTERS_BEFORE_OPENING = 14 * calendar.DAY
HOUSEMATE_WINDOW = 14 * calendar.DAY
# Letters of the demo stay open: whoever tries the system years later must be able to register.
OPEN_UNTIL = datetime(2099, 12, 31, tzinfo=UTC)
# The one code that is known, to try a registration with: of a letter in the residents' village.
INVITATION = "N0AB-ER00-DE1N-ZE00"
INVITATION_HASH = secrets.digest_code(INVITATION)


@dataclass(slots=True)
class Household:
    """The columns of a household."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    street: str
    house_number: str
    registered_at: datetime | None = None


@dataclass(slots=True)
class Code:
    """The columns of an invitation code."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    household_id: UUID
    kind: models.InvitationKind
    hash: str
    issued_by_id: UUID | None
    expires_at: datetime
    used_at: datetime | None


def settle(home: village.Village, streets: list[str], random: Random) -> list[Household]:
    """All households of a village, none of them registered, in random order of address."""
    posted = calendar.midnight(home.opened_on) - LETTERS_BEFORE_OPENING + 10 * calendar.HOUR
    return [
        Household(
            identity.identify(posted + index, random),
            calendar.moment(posted + index),
            home.id,
            name,
            number,
        )
        for index, (name, number) in enumerate(street.address(home, streets, random))
    ]


def letter(household: Household, random: Random, at: int | None = None) -> Code:
    """The open code of a letter, posted at `at` (ms), or when the household was entered."""
    posted = identity.instant(household.id) if at is None else at
    return Code(
        id=identity.identify(posted, random),
        created_at=calendar.moment(posted),
        neighbourhood_id=household.neighbourhood_id,
        household_id=household.id,
        kind=models.InvitationKind.LETTER,
        hash=digest(random),
        issued_by_id=None,
        expires_at=OPEN_UNTIL,
        used_at=None,
    )


def housemate(household: Household, issuer: UUID, at: int, used_at: int, random: Random) -> Code:
    """The code by which a member (`issuer`) let a housemate in."""
    code = letter(household, random, at)
    code.used_at = calendar.moment(used_at)
    code.expires_at = calendar.moment(at + HOUSEMATE_WINDOW)
    code.kind = models.InvitationKind.HOUSEHOLD
    code.issued_by_id = issuer
    return code


def digest(random: Random) -> str:
    """The hash of a code that nobody knows."""
    return hashlib.sha256(random.randbytes(16)).hexdigest()
