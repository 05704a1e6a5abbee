"""Those of a village who take part, and who of them speaks next."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from random import Random
from uuid import UUID

from server.seed import calendar, person, roster


class Crowd:
    """The active members in order of registration; the zealous are picked more often.

    `power` sharpens the differences: at 2 the zealous speak far more than the others.
    """

    def __init__(self, members: list[roster.Member], power: float = 1) -> None:
        self.members = sorted((m for m in members if m.zeal), key=lambda m: (m.joined, m.id))
        self.joined = [member.joined for member in self.members]
        self.weights = list(accumulate(member.zeal**power for member in self.members))

    def pick(self, at: int, random: Random) -> roster.Member:
        """One of those who had registered by `at`."""
        present = bisect_right(self.joined, at)
        drawn = random.random() * self.weights[present - 1]
        return self.members[min(bisect_right(self.weights, drawn), present - 1)]

    def turns(
        self, since: int, until: int, median: int, count: int, random: Random
    ) -> Iterator[tuple[int, roster.Member]]:
        """When and who, up to so many, one after the other: each once, and registered by then."""
        seen: set[UUID] = set()
        at = since
        for _ in range(count):
            at = calendar.within(at, until, median, random)
            member = self.pick(at, random)
            if member.id not in seen and member.joined <= at:
                seen.add(member.id)
                yield at, member

    def anybody(self, random: Random) -> roster.Member:
        """One of all."""
        return self.pick(self.joined[-1], random)


def persona(people: roster.Roster, name: str) -> roster.Member | None:
    """The member that is an account of the demo; None in a village where it does not live."""
    email = person.personas()[name]
    known = {account.id for account in people.residents if account.email == email}
    return next((member for member in people.members if member.resident_id in known), None)
