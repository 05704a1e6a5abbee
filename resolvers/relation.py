"""Relations: fields that are rows of another table, said as data: a plan can read them too.

graphql-core calls them as it calls any batch, and they read whole rows; a plan writes a statement
of its own from the same data, with the columns that are selected and no others (`schema.plan`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from tortoise.expressions import Q
from tortoise.models import Model
from tortoise.queryset import QuerySet

from auth.viewer import Viewer
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, found_by, pages_of
from resolvers.paging import After, Before, First, Last

F = TypeVar("F", bound=Callable[..., Any])
Where = Callable[[Viewer], Q]


def _seen(model: type[Model], where: Where | None, viewer: Viewer) -> QuerySet[Any]:
    """The rows that the viewer may see, and that are as `where` says."""
    rows = visible(model, viewer)
    return rows if where is None else rows.filter(where(viewer))


@dataclass(frozen=True)
class One:
    """The row that the viewer may see, is as `where` says, and whose `key` a `column` names.

    `unless`: none for a parent that has something in this column. `value`: not the row, but what
    stands in this column of it.
    """

    sentence: str
    model: type[Model]
    column: str
    key: str = "id"
    unless: str | None = None
    value: str | None = None
    where: Where | None = None

    async def __call__(self, parents: Sequence[Any], context: Context) -> list[Any]:
        """The row of each parent, in their order: one statement."""
        rows = _seen(self.model, self.where, context.viewer)
        return self.told(await found_by(rows, self.key, self.names(parents)))

    def told(self, rows: list[Any]) -> list[Any]:
        """What is answered of the rows."""
        if self.value is None:
            return rows
        return [None if row is None else getattr(row, self.value) for row in rows]

    def names(self, parents: Sequence[Any]) -> list[UUID | None]:
        """The key that each parent names."""
        column, unless = self.column, self.unless
        if unless is None:
            return [getattr(parent, column) for parent in parents]
        return [None if getattr(each, unless) else getattr(each, column) for each in parents]

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns of the parent that have to be there."""
        return (self.column,) if self.unless is None else (self.column, self.unless)


@dataclass(frozen=True)
class Many:
    """Pages of the rows that the viewer may see whose `key` is the id of the parent."""

    sentence: str
    model: type[Model]
    key: str
    newest_first: bool = True
    where: Where | None = None
    reads = ("id",)

    async def __call__(
        self,
        parents: Sequence[Any],
        context: Context,
        *,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> list[Page[Any]]:
        """The page of each parent, in their order: one statement."""
        rows = _seen(self.model, self.where, context.viewer)
        window = self.window(first=first, after=after, last=last, before=before)
        return await pages_of(rows, window, self.key, [parent.id for parent in parents])

    def window(self, **given: Any) -> Window:
        """Which part is asked for. Raises `Refusal` INVALID."""
        return Window(**given, newest_first=self.newest_first)


@dataclass(frozen=True)
class Onward(Many):
    """As `Many`, read from the start onwards only."""

    async def __call__(  # type: ignore[override]  # it takes less
        self,
        parents: Sequence[Any],
        context: Context,
        *,
        first: First = None,
        after: After = None,
    ) -> list[Page[Any]]:
        """The page of each parent, in their order: one statement."""
        return await super().__call__(parents, context, first=first, after=after)


def reads(*columns: str) -> Callable[[F], F]:
    """What is made of rows, or loaded for them, reads these columns of theirs and nothing else."""

    def declare(function: F) -> F:
        setattr(function, "reads", columns)  # noqa: B010 — functions have no such attribute
        return function

    return declare


def unfiltered(model: type[Model], key: str, *, where: Where | None = None) -> Callable[[F], F]:
    """Without any of its filters, a batch gives the pages of this relation, newest first."""

    def declare(function: F) -> F:
        many = Many(function.__doc__ or "", model, key, where=where)
        setattr(function, "unfiltered", many)  # noqa: B010
        return reads("id")(function)

    return declare


def row_of(model: type[Model]) -> Callable[[F], F]:
    """A door answers the visible row of a model with the id it is given; or the viewer's own."""

    def declare(function: F) -> F:
        setattr(function, "row_of", model)  # noqa: B010
        return function

    return declare
