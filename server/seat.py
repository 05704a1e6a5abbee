"""A seat for each socket: how many sockets each resident or token holds open in this process."""

from collections import Counter
from uuid import UUID


class Seats:
    """The sockets of each resident or token, `most` at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[UUID] = Counter()

    def take(self, holder_id: UUID) -> bool:
        """Count one more socket, unless the holder has as many as one may have."""
        if self._taken[holder_id] >= self._most:
            return False
        self._taken[holder_id] += 1
        return True

    def leave(self, holder_id: UUID) -> None:
        """Count one less; nobody without sockets is remembered."""
        self._taken[holder_id] -= 1
        if not self._taken[holder_id]:
            del self._taken[holder_id]
