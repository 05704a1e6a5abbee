"""People: Flemish names, addresses that cannot exist, and the accounts of the demo."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

import models
from server.seed import calendar, identity, village

DOMAIN = "noaber.example"
LANGUAGES = (models.Language.NL, models.Language.FR, models.Language.EN, models.Language.DE)
SPOKEN = (96, 2, 1.5, 0.5)
RESIDENTS_PER_VILLAGE = 5_000


@dataclass(slots=True)
class Resident:
    """The columns of an account."""

    id: UUID
    created_at: datetime
    email: str
    phone: str | None
    language: models.Language
    age_band: models.AgeBand = models.AgeBand.ADULT


@dataclass(frozen=True, slots=True)
class Name:
    """A first and a family name; `email` only for the accounts of the demo."""

    first: str
    family: str
    email: str | None = None

    def shown(self, random: Random) -> str:
        """The display name, in full or with an initial: "Lies Vermeulen", "Lies V."."""
        return f"{self.first} {self.family}" if random.random() < 0.6 else self.initialled()

    def initialled(self) -> str:
        """The first name and the initial of the family name."""
        return f"{self.first} {self.family[0]}."


def address(first: str, family: str, number: int | None = None, domain: str = DOMAIN) -> str:
    """An e-mail address in a domain that is reserved for examples."""
    plain = unicodedata.normalize("NFKD", f"{first}.{family}").encode("ascii", "ignore").decode()
    ending = "" if number is None else f".{number}"
    return f"{plain.lower().replace(' ', '')}{ending}@{domain}"


def named(raw: dict[str, Any]) -> Name:
    """The name of a demo account."""
    return Name(raw["first"], raw["family"], address(raw["first"], raw["family"]))


def name(random: Random, family: str | None = None) -> Name:
    """A drawn name; of a housemate the family name is often the same."""
    names = village.read("name")
    kept = family if random.random() < 0.55 else None
    return Name(random.choice(names["first"]), kept or random.choice(names["family"]))


def resident(who: Name, home: village.Village, index: int, at: int, random: Random) -> Resident:
    """The account of a person: the `index`-th of the village, registered at `at`.

    Phones start with a prefix that no operator has.
    """
    number = home.number * RESIDENTS_PER_VILLAGE + index
    phone = f"+32 400 {number // 10_000 % 10_000:04} {number % 10_000:04}"
    return Resident(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        email=who.email or address(who.first, who.family, number),
        phone=phone if random.random() < 0.3 else None,
        language=random.choices(LANGUAGES, SPOKEN)[0],
    )


def cast(home: village.Village, role: models.MembershipRole) -> list[Name]:
    """The demo accounts with a role in a village; the copies at a larger scale have none."""
    if home.copy:
        return []
    personas = village.read("name")["persona"]
    return [named(raw) for raw in personas if raw["village"] == home.slug and raw["role"] == role]


def lives_in(home: village.Village, persona: str) -> bool:
    """Whether a village is that of a demo account."""
    people = village.read("name")["persona"]
    homes = {raw["name"]: raw["village"] for raw in people}
    return home.copy == 0 and home.slug == homes[persona]


def personas() -> dict[str, str]:
    """The accounts of the demo: persona name to e-mail address."""
    return {raw["name"]: named(raw).email or "" for raw in village.read("name")["persona"]}
