"""Where rows come from: one statement for each relation, with the columns that are read of them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.data import CharEnumFieldInstance, DatetimeField, UUIDField
from tortoise.models import Model

from auth.policy import SIGNS
from auth.statement import ROW, Statement, selected, statement
from auth.viewer import Viewer
from resolvers.page import Page, Window
from resolvers.relation import Many, One

PARENT = "of_parent"
# what asyncpg gives as the rules and the types of the schema take it
PLAIN = (ArrayField, CharEnumFieldInstance, DatetimeField, UUIDField)
PAGING = {"first", "after", "last", "before"}


class Row:
    """The columns that were asked for, as attributes; an enumeration's member as it is stored."""


class Columns:
    """What is read of the rows of a model: certain columns, or whole rows, as models, for None."""

    def __init__(self, model: type[Model], names: Collection[str] | None) -> None:
        meta = model._meta
        self.model = model
        self.is_whole = names is None
        self.names = sorted(meta.db_fields if names is None else names)
        read = {name: meta.fields_map[name] for _, name, _ in meta.db_complex_fields}
        read |= {name: meta.fields_map[name] for _, name, _ in meta.db_default_fields}
        self.readers = [
            (name, field.to_python_value)
            for name, field in read.items()
            if name in self.names and not isinstance(field, PLAIN)
        ]

    @property
    def selected(self) -> str:
        """The columns in SQL."""
        return selected(self.names)

    def row(self, record: Mapping[str, Any]) -> Any:
        """A record as a row."""
        if self.is_whole:
            return self.model._init_from_db(**record)
        row = Row()
        row.__dict__ = given = dict(record.items())
        for name, read in self.readers:
            given[name] = read(given[name])
        return row


class RowSource:
    """The row with an id."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._statement = statement(columns.model, _selected(columns, '"id" = $1'), 1)

    async def fetch(self, viewer: Viewer, id: UUID | None) -> Any:
        """The row, if the viewer may see it."""
        if id is None:
            return None
        found = await self._statement.fetch(viewer, id)
        return self._columns.row(found[0]) if found else None


class OneSource:
    """The rows that parents name."""

    def __init__(self, relation: One, columns: Columns) -> None:
        self._relation, self._columns = relation, columns
        text = _selected(columns, f'"{relation.key}" = any($1)')
        self._statement = statement(columns.model, text, 1, relation.where)

    async def fetch(self, viewer: Viewer, parents: Sequence[Any]) -> list[Any]:
        """The row of each parent; parents that name the same one share it."""
        wanted = self._relation.names(parents)
        distinct = [id for id in dict.fromkeys(wanted) if id is not None]
        if not distinct:
            return [None] * len(wanted)
        key, row = self._relation.key, self._columns.row
        records = await self._statement.fetch(viewer, distinct)
        found = {record[key]: row(record) for record in records}
        return self._relation.told([found.get(id) for id in wanted])


class ManySource:
    """Pages of rows, one for each parent; a statement for each way in which they are turned."""

    def __init__(self, relation: Many, columns: Columns) -> None:
        self.relation, self._columns = relation, columns
        self._statements: dict[tuple[bool, bool, bool], Statement] = {}

    async def fetch(
        self, viewer: Viewer, parents: Sequence[Any], window: Window
    ) -> list[Page[Any]]:
        """The page of each parent. Raises `Refusal` INVALID for a cursor that is none."""
        ids = [parent.id for parent in parents]
        found: dict[UUID, list[Any]] = {id: [] for id in ids}
        if found:
            bounds = [bound for bound in window.bounds if bound is not None]
            asked = self._statement(window).fetch(viewer, list(found), window.size + 1, *bounds)
            row = self._columns.row
            for record in await asked:
                found[record[PARENT]].append(row(record))
        return [window.page(found[id]) for id in ids]

    def _statement(self, window: Window) -> Statement:
        after, before = (bound is not None for bound in window.bounds)
        turned = (window.descending, after, before)
        made = self._statements.get(turned)
        if made is None:
            made = self._statements[turned] = self._write(window)
        return made

    def _write(self, window: Window) -> Statement:
        keys = [key for key, bound in zip(window.keys, window.bounds, strict=True) if bound]
        parts = [f'"id" {SIGNS[key]} ${place}' for place, key in enumerate(keys, 3)]
        found = _selected(self._columns, f'"{self.relation.key}" = parent.id', *parts)
        text = (
            f"select child.*, parent.id as {PARENT} from unnest($1::uuid[]) as parent(id)"  # noqa: S608
            f" cross join lateral ({found}"
            f' order by "{ROW}"."id" {"desc" if window.descending else "asc"} limit $2) as child'
        )
        return statement(self._columns.model, text, 2 + len(parts), self.relation.where)


def _selected(columns: Columns, *conditions: str) -> str:
    """A SELECT of rows that the viewer sees; each condition begins with the name of a column."""
    where = " and ".join(f'"{ROW}".{condition}' for condition in conditions)
    return f"select {columns.selected} from {{rows}} where {where} and {{seen}}"  # noqa: S608


Source = RowSource | OneSource | ManySource
