"""What a plan consists of: fields of types, how they are read, and how values are written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graphql import FieldNode

from schema.plan.source import Source
from schema.reading import Changing, Opening, Reading

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

    Where its reading reads no otherwise, it is the `attribute` of the row. `nodes` are what an
    error points to.
    """

    key: str
    name: str
    attribute: str
    reading: Reading | Opening | Changing
    arguments: Arguments
    shape: "Shape"
    source: Source | None = None
    nodes: Sequence[FieldNode] = ()


@dataclass(frozen=True)
class Shape:
    """How a value is completed: written as a leaf, each of a list, or by the fields of its type."""

    is_required: bool = False
    write: Write | None = None
    items: "Shape | None" = None
    kind: "Kind | None" = None


@dataclass(frozen=True)
class Selection:
    """The fields that are selected of one object type, in their order."""

    steps: Sequence[Step]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The names of the fields in the answer."""
        return tuple(step.key for step in self.steps)


@dataclass(frozen=True)
class Kind:
    """What may stand there: one object type, or several that tell their rows apart."""

    selections: Mapping[str, Selection]
    tests: Mapping[str, Callable[[Any], bool]]
    is_by_model: bool = False
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
            found = self.selections[name]
            if self.is_by_model:
                self.known[type(row)] = found
        return found
