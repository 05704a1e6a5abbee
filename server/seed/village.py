"""The villages: their figures, who lies beside whom, and their copies at a larger scale."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from server.seed import calendar, identity

FOLDER = Path(__file__).parent
PLACE = "Deinze"
SET_UP = calendar.midnight(date(2020, 2, 24)) + 9 * calendar.HOUR


@dataclass(frozen=True, slots=True)
class Village:
    """One neighbourhood to be filled: the columns of its row, and how much is to be written there.

    `number` counts the villages of all copies from 0; `copy` is 0 for the real ones, `root` the
    slug of the original. `posts`, `comments` and `reactions` are totals; `active` counts households
    that wrote or reacted.
    """

    number: int
    copy: int
    id: UUID
    created_at: datetime
    slug: str
    root: str
    name: str
    place: str
    opened_on: date
    household_count: int
    registered_household_count: int
    active: int
    posts: int
    comments: int
    reactions: int
    worker: bool
    adjacent: tuple[str, ...]
    streets: tuple[str, ...]
    spots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One direction of "lies beside"."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    adjacent_id: UUID


@cache
def read(name: str) -> dict[str, Any]:
    """The data of one of the TOML files beside this one."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def every(scale: int) -> list[Village]:
    """The 17 villages, `scale` times over; the copies are told apart by a quarter in the name."""
    written = read("village")["village"]
    return [
        settle(raw, copy, copy * len(written) + place)
        for copy in range(scale)
        for place, raw in enumerate(written)
    ]


def copies(villages: list[Village]) -> list[list[Village]]:
    """The villages of each copy of the town."""
    return [list(homes) for _, homes in groupby(villages, key=lambda home: home.copy)]


def settle(raw: dict[str, Any], copy: int, number: int) -> Village:
    """One village as it is written in the file, in one of the copies."""
    at = SET_UP + number * calendar.SECOND
    village = Village(
        number=number,
        copy=copy,
        id=identity.identify(at, identity.source("village", number)),
        created_at=calendar.moment(at),
        slug=raw["slug"],
        root=raw["slug"],
        name=raw["name"],
        place=PLACE,
        opened_on=raw["opened_on"],
        household_count=raw["households"],
        registered_household_count=raw["registered"],
        active=raw["active"],
        posts=raw["posts"],
        comments=raw["comments"],
        reactions=raw["comments"] * 3 // 2,
        worker=raw["worker"],
        adjacent=tuple(raw["adjacent"]),
        streets=tuple(raw["streets"]),
        spots=tuple(raw["spots"]),
    )
    return village if copy == 0 else rename(village)


def rename(village: Village) -> Village:
    """A copy with the name of its quarter: "Astene Molenwijk"."""
    words = read("street")
    firsts, lasts = words["quarter_first"], words["quarter_last"]
    turn, place = divmod(village.copy - 1, len(firsts) * len(lasts))
    quarter = firsts[place % len(firsts)] + lasts[place // len(firsts)]
    if turn:
        quarter += f" {turn + 1}"
    slug = quarter.lower().replace(" ", "-")
    return replace(village, name=f"{village.name} {quarter}", slug=f"{village.slug}-{slug}")


def sides(villages: list[Village]) -> list[Side]:
    """Who lies beside whom, in both directions, each copy for itself."""
    homes = {(village.copy, village.root): village for village in villages}
    pairs = []
    for village in villages:
        for slug in village.adjacent:
            other = homes[village.copy, slug]
            pairs += [(village, other), (other, village)]
    return [beside(one, other) for one, other in pairs]


def adjoin(one: Village, other: Village) -> bool:
    """Whether two villages lie beside each other."""
    is_beside = one.root in other.adjacent or other.root in one.adjacent
    return is_beside and one.copy == other.copy


def beside(one: Village, other: Village) -> Side:
    """The row that says that `other` lies beside `one`."""
    at = SET_UP + calendar.HOUR + one.number * calendar.SECOND
    drawn = identity.source("beside", one.number, other.number)
    return Side(identity.identify(at, drawn), calendar.moment(at), one.id, other.id)
