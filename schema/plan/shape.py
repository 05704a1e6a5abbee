"""What a plan consists of: fields of types, how they are read, and how values are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schema.reading import Opening, Reading

Arguments = Callable[[Any], dict[str, Any]]
Write = Callable[[Any], Any]


class Unplanned(Exception):
    """This is for graphql-core; the reason is one of a few words, for a figure."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Step:
    """One field of the answer, by its `key` there; `name` is its name in the schema.

    Where its reading reads no otherwise, it is the `attribute` of the row.
    """

    key: str
    name: str
    attribute: str
    reading: Reading | Opening
    arguments: Arguments
    shape: "Shape"

    @property
    def waits(self) -> bool:
        """Whether its values have to be waited for."""
        return isinstance(self.reading, Opening) or self.reading.batch is not None


@dataclass(frozen=True)
class Shape:
    """How a value is completed: written as a leaf, each of a list, or by the fields of its type."""

    is_required: bool = False
    write: Write | None = None
    items: "Shape | None" = None
    kind: "Kind | None" = None


@dataclass
class Selection:
    """The fields that are selected of one object type, in their order."""

    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """What may stand there: one object type, or several that tell their rows apart."""

    selections: Mapping[str, Selection]
    tests: Mapping[str, Callable[[Any], bool]]
    known: dict[type, Selection] = field(default_factory=dict)

    def of(self, row: Any) -> Selection:
        """The selection for a row. Raises `Unplanned` if it is of none of the types."""
        if not self.tests:
            return next(iter(self.selections.values()))
        found = self.known.get(type(row))
        if found is None:
            name = next((name for name, test in self.tests.items() if test(row)), None)
            if name is None:
                raise Unplanned("type")
            found = self.known[type(row)] = self.selections[name]
        return found
