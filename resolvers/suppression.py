"""Which counts are told and which are hidden, so that no difference tells a hidden one.

Counts stand in a tree that only public facts shape: the place above its neighbourhoods, halved down
in their order. Where a branch counts too few people, all below the branch above it is hidden. A
total that covers something hidden therefore always covers five people or more, and any of them may
be anywhere in it: `docs/statistics.md` has the proof.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
LEAST = 5
STEP = 5


@dataclass(frozen=True)
class Branch(Generic[K]):
    """A count, the people behind it, and the parts it is the sum of.

    `key` names what may be published; None for a branch that only holds others together.
    """

    key: K | None
    count: int
    people: int
    parts: tuple["Branch[K]", ...] = ()

    def every(self) -> Iterator["Branch[K]"]:
        """This branch and all below it."""
        yield self
        for part in self.parts:
            yield from part.every()


def grown(parts: Sequence[Branch[K]], key: K | None = None) -> Branch[K]:
    """One branch over one or more parts, halved and halved again in their order."""
    if len(parts) == 1 and key is None:
        return parts[0]
    middle = len(parts) // 2
    two_halves = len(parts) > 2
    halves = (grown(parts[:middle]), grown(parts[middle:])) if two_halves else tuple(parts)
    count, people = sum(part.count for part in parts), sum(part.people for part in parts)
    return Branch(key, count, people, halves)


def concealed(branch: Branch[K], inside: bool = False) -> Iterator[K]:
    """The keys that are hidden; `inside`: all of them, because of something above."""
    if branch.key is not None and (inside or branch.people < LEAST):
        yield branch.key
    closed = inside or any(part.people < LEAST for part in branch.parts)
    for part in branch.parts:
        yield from concealed(part, closed)


def released(waiting: int | None, people: int, linked: bool = False) -> tuple[bool, int | None]:
    """Whether a month's total is hidden, and the people that then wait for the next month.

    A month of few people (or one that is `linked` to a week of few) is hidden with the month after
    it, and with more until they are five together: then all of them go into the exact total at
    once. `waiting` are the people of the months before that wait; None when none does.
    """
    if waiting is None and people >= LEAST and not linked:
        return False, None
    together = people + (waiting or 0)
    is_over = together >= LEAST and not linked
    return True, None if is_over else together


def rounded(count: int) -> int:
    """To the nearest 5."""
    return (count + STEP // 2) // STEP * STEP
