"""The last things that were needed, by a key: a bounded number of them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """At most `most` things; the one that was not needed for longest makes room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Hashable) -> T | None:
        """The thing, if it is kept; it is then the last to go."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Hashable, made: T) -> T:
        """Keep one more, or another in its place."""
        self._kept[key] = made
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return made

    def found(self, key: Hashable, make: Callable[[], T]) -> T:
        """The thing, made if it is not kept."""
        kept = self.find(key)
        return self.keep(key, make()) if kept is None else kept
