"""How long a receiver that fails is given: when to try again, and when to stop."""

import random
from dataclasses import dataclass
from datetime import timedelta

WAITS = tuple(timedelta(seconds=each) for each in (5, 30, 120, 600, 3600, 21_600, 86_400))
SHAKEN = 0.2
DICE = random.SystemRandom()


@dataclass(frozen=True)
class Patience:
    """A delivery fails for good when an attempt fails after the last of the `waits`.

    A webhook pauses after `most_failures` in a row. Each wait is longer by up to a fifth at random,
    so that receivers which failed together do not come back together.
    """

    waits: tuple[timedelta, ...] = WAITS
    longest_rest: timedelta = timedelta(minutes=10)
    most_failures: int = 20

    def wait(self, attempts: int) -> timedelta | None:
        """Until the next attempt after so many; None when there is to be no other."""
        if attempts > len(self.waits):
            return None
        return self.waits[attempts - 1] * (1 + DICE.uniform(0, SHAKEN))

    def rest(self, failures: int) -> timedelta:
        """What all else for the receiver waits after so many failures in a row."""
        if failures == 0:
            return timedelta()
        return min(self.longest_rest, self.waits[min(failures, len(self.waits)) - 1])
