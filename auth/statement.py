"""The fifth reading of a rule: in a statement that is written once and run for any viewer.

What a viewer has stands among the parameters, so that the text is the same for all: PostgreSQL
plans it once for each connection, and nothing is put together for a request.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from tortoise.expressions import Q
from tortoise.models import Model

from auth import policy
from auth.stand_in import OFFICES, StandIn
from auth.viewer import Viewer
from auth.visibility import VISIBLE
from models.transaction import RETRYABLE, Retry
from models.wall import fetch

ROW = "this"


@dataclass(frozen=True)
class Statement:
    """SQL whose first parameters are given, and whose others are what the viewer has."""

    sql: str
    asks: tuple[str, ...]

    async def fetch(self, viewer: Viewer, *given: Any) -> list[Any]:
        """The records that the viewer may see, behind the second wall too. Raises `Retry`."""
        try:
            return await fetch(viewer.told, self.sql, self.values(viewer, *given))
        except RETRYABLE as error:
            raise Retry from error

    def values(self, viewer: Viewer, *given: Any) -> list[Any]:
        """The values of all its parameters."""
        return [*given, *(_value(viewer, name) for name in self.asks)]


def statement(
    model: type[Model], text: str, given: int, where: Callable[[Viewer], Q] | None = None
) -> Statement:
    """A statement about the rows of a model, which `text` calls "this", of so many parameters.

    `{rows}` stands in the text for the table, `{seen}` for the condition that the viewer sees one,
    and that it is as `where` says.
    """
    asks: list[str] = []

    def place(name: str) -> str:
        if name not in asks:
            asks.append(name)
        return f"${given + asks.index(name) + 1}::{'jsonb' if name == OFFICES else 'uuid[]'}"

    seen = policy.sql(VISIBLE[model], ROW, place)
    if where is not None:
        seen += f" and {policy.written(where(cast(Viewer, StandIn(place))), ROW)}"
    rows = f'"{model._meta.db_table}" as "{ROW}"'
    return Statement(text.format(rows=rows, seen=seen), tuple(asks))


def selected(columns: Sequence[str]) -> str:
    """Columns of the rows, to be selected."""
    return ", ".join(f'"{ROW}"."{column}"' for column in columns)


def _value(viewer: Viewer, name: str) -> Any:
    return viewer.told_offices if name == OFFICES else list(getattr(viewer, name))
