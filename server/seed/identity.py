"""Ids that are the same at every load: UUIDv7 whose random bits come from the seed."""

from random import Random
from uuid import UUID

SEED = 3772


def source(*names: object) -> Random:
    """The random source of one part of the seed: the same names give the same draws."""
    return Random("/".join(map(str, (SEED, *names))))  # noqa: S311 - data of a demo, no secret


def identify(at: int, random: Random) -> UUID:
    """A UUID laid out as by `models.base.uuid7`: `at` in Unix milliseconds, then 74 drawn bits."""
    bits = random.getrandbits(74)
    high = (at << 16) | 0x7000 | (bits >> 62)
    low = (0b10 << 62) | (bits & ((1 << 62) - 1))
    return UUID(int=(high << 64) | low)


def instant(id: UUID) -> int:
    """The Unix milliseconds in an id."""
    return id.int >> 80
