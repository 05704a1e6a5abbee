"""A seat for each socket: how many sockets each resident holds open in this process."""

from collections import Counter
from uuid import UUID


class Seats:
    """The sockets of each resident, `most` at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[UUID] = Counter()

    def take(self, resident_id: UUID) -> bool:
        """Count one more socket, unless the resident has as many as one may have."""
        if self._taken[resident_id] >= self._most:
            return False
        self._taken[resident_id] += 1
        return True

    def leave(self, resident_id: UUID) -> None:
        """Count one less; nobody without sockets is remembered."""
        self._taken[resident_id] -= 1
        if not self._taken[resident_id]:
            del self._taken[resident_id]
