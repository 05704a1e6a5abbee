"""The server with a wall clock that signals move: SIGUSR1 an hour on, SIGUSR2 an hour back."""

import datetime
import signal
import sys
import time
from types import FrameType
from typing import Any

import server.__main__
from tests.source import FLOORS

HOUR = datetime.timedelta(hours=1)
MOVES = {signal.SIGUSR1: HOUR, signal.SIGUSR2: -HOUR}
REAL = datetime.datetime
REAL_TIME, REAL_TIME_NS = time.time, time.time_ns


class Clock:
    """How far the clock is from the true one."""

    moved = datetime.timedelta(0)


class Kind(type):
    """Every true moment is one of a moved clock, too."""

    def __instancecheck__(cls, given: object) -> bool:
        return isinstance(given, REAL)


class Moved(REAL, metaclass=Kind):
    """`datetime.datetime`, whose `now` is that of the clock; what it makes are true moments."""

    def __new__(cls, *given: Any, **named: Any) -> Any:
        """A moment that somebody names."""
        return REAL(*given, **named)

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        """The moment by the moved clock."""
        return REAL.now(tz) + Clock.moved


def move(number: int, _frame: FrameType | None) -> None:
    """Move the clock by what the signal means."""
    Clock.moved += MOVES[signal.Signals(number)]


def install() -> None:
    """Have the modules of this house see the moved clock, and whoever asks `time` for it."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in FLOORS and getattr(module, "datetime", None) is REAL:
            vars(module)["datetime"] = Moved
    time.time = lambda: REAL_TIME() + Clock.moved.total_seconds()
    time.time_ns = lambda: REAL_TIME_NS() + round(Clock.moved.total_seconds()) * 10**9
    for number in MOVES:
        signal.signal(number, move)


if __name__ == "__main__":
    install()
    server.__main__.commands()
