"""Keyset pages: newest or oldest first by a time-ordered id, with opaque cursors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from tortoise.models import Model
from tortoise.queryset import QuerySet

from resolvers.cursor import Cursors, decode
from resolvers.lateral import PARENT, rows_of
from resolvers.refusal import Refusal, RefusalCode

M = TypeVar("M", bound=Model)
N = TypeVar("N")
K = TypeVar("K")
MOST = 100
USUAL = 20


@dataclass(frozen=True)
class PageInfo:
    """Where a page stands in its list, and the cursors of its items."""

    cursors: Sequence[str]
    has_next_page: bool
    has_previous_page: bool

    @property
    def start_cursor(self) -> str | None:
        """The cursor at the first item, if there is one."""
        return self.cursors[0] if self.cursors else None

    @property
    def end_cursor(self) -> str | None:
        """The cursor at the last item, if there is one."""
        return self.cursors[-1] if self.cursors else None


@dataclass(frozen=True)
class Edge(Generic[N]):
    """A row and the cursor that stands at it."""

    cursor: str
    node: N


@dataclass(frozen=True)
class Page(Generic[N]):
    """A part of a list: its rows and the cursor that stands at each."""

    nodes: Sequence[N]
    cursors: Sequence[str]
    page_info: PageInfo

    @property
    def edges(self) -> list[Edge[N]]:
        """Each row with its cursor."""
        return [Edge(*pair) for pair in zip(self.cursors, self.nodes, strict=True)]

    def of(self, others: Sequence[K]) -> "Page[K]":
        """The same page of other rows: what the nodes refer to, in their order."""
        return Page(others, self.cursors, self.page_info)


@dataclass(frozen=True)
class Window:
    """Which part of a list is asked for: `first` after a cursor, or `last` before one.

    `newest_first` is the order of the list, `by` the unique column of time-ordered ids that it has.
    Raises `Refusal` INVALID for a size outside 0 to 100 and for both directions at once.
    """

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None
    newest_first: bool = True
    by: str = "id"

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None:
            raise Refusal(RefusalCode.INVALID, "Ask for first or last, not for both.", "last")
        for name in ("first", "last"):
            size = getattr(self, name)
            if size is not None and not 0 <= size <= MOST:
                raise Refusal(RefusalCode.INVALID, f"Ask for 0 to {MOST} at a time.", name)

    @property
    def size(self) -> int:
        """How many rows at most."""
        if self.last is not None:
            return self.last
        return USUAL if self.first is None else self.first

    @property
    def descending(self) -> bool:
        """Whether rows are read from the newest down (turned round afterwards for `last`)."""
        return self.newest_first is (self.last is None)

    @property
    def bounds(self) -> tuple[UUID | None, UUID | None]:
        """The ids after and before which rows stand. Raises `Refusal` INVALID."""
        after = None if self.after is None else decode(self.after, "after")
        return after, None if self.before is None else decode(self.before, "before")

    def narrow(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The query for this window, with one row more to see whether there are others."""
        for bound, key in zip(self.bounds, self.keys, strict=True):
            if bound is not None:
                rows = rows.filter(**{f"{self.by}__{key}": bound})
        order = f"-{self.by}" if self.descending else self.by
        return rows.order_by(order).limit(self.size + 1)

    @property
    def keys(self) -> tuple[str, str]:
        """How the ids of rows compare with the two bounds."""
        return ("lt", "gt") if self.newest_first else ("gt", "lt")

    def page(self, found: Sequence[M]) -> Page[M]:
        """The page made of what `narrow` found."""
        nodes = list(found[: self.size])
        more = len(found) > self.size
        if self.last is not None:
            nodes.reverse()
        backwards = self.last is not None
        cursors = Cursors([getattr(node, self.by) for node in nodes])
        info = PageInfo(
            cursors,
            has_next_page=self.before is not None if backwards else more,
            has_previous_page=more if backwards else self.after is not None,
        )
        return Page(nodes, cursors, info)


async def page_of(rows: QuerySet[M], window: Window) -> Page[M]:
    """One page of one list: one statement."""
    return window.page(await window.narrow(rows))


def cut(rows: Sequence[M], window: Window) -> Page[M]:
    """One page of a list that is read whole, in whatever order it has. Raises `Refusal` INVALID."""
    start = 0
    if window.after is not None:
        places = {row.pk: place for place, row in enumerate(rows, 1)}
        start = places.get(decode(window.after, "after"), -1)
    if start < 0:
        raise Refusal(RefusalCode.INVALID, "This is no cursor of this list.", "after")
    return window.page(rows[start : start + window.size + 1])


async def pages_of(
    rows: QuerySet[M],
    window: Window,
    key: str | None,
    parents: Iterable[UUID],
    *,
    through: str | None = None,
) -> list[Page[M]]:
    """A page for each parent of the rows whose column `key` names it: one statement.

    With `through`, the column names one of what this SELECT gives for `parent.id`. Without a key,
    the rows have conditions on `parent.id` of their own.
    """
    ids = list(parents)
    model = rows.model
    found: dict[UUID, list[M]] = {id: [] for id in ids}
    for record in await rows_of(window.narrow(rows), key, list(found), through):
        found[record[PARENT]].append(model._init_from_db(**record))
    return [window.page(found[id]) for id in ids]


async def found_by(rows: QuerySet[M], key: str, ids: Iterable[UUID | None]) -> list[M | None]:
    """The one row whose `key` names each id, in their order; None for none: one statement."""
    wanted = list(ids)
    named = {f"{key}__in": {*wanted} - {None}}
    found = {getattr(row, key): row for row in await rows.filter(**named)}
    return [found.get(id) for id in wanted]


async def referred(rows: QuerySet[M], ids: Iterable[UUID | None]) -> list[M | None]:
    """The row behind each id, in their order; None where there is none: one statement."""
    return await found_by(rows, "id", ids)
