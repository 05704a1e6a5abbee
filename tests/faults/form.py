"""How hard the faults strike: in every test run, and in `make chaos`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """How often, how long (seconds) and how many. `repeats` is for whatever has no number here."""

    kills: int
    repeats: int
    away: float
    frozen: float
    frozen_postgres: float
    readers: int
    crowd: int


FORMS = {
    "short": Form(kills=3, repeats=1, away=4, frozen=1, frozen_postgres=2, readers=20, crowd=100),
    "long": Form(
        kills=50, repeats=5, away=30, frozen=10, frozen_postgres=10, readers=200, crowd=2000
    ),
}
