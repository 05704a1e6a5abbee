"""How a field is read, declared beside its resolver: so a plan can read a whole level at once."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any

from auth.rules import Rule
from models import AccessSubject
from resolvers.batch import Batch
from resolvers.context import Context
from schema.guards import Lock

READING = "reading"
Given = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """A field of a row: by `off(row, context)`, or by one `batch` for all rows; else an attribute.

    `given` makes of its arguments what the batch takes. `only` and `recorded` are as in
    `schema.field`. `reads` are the columns of the row that are read; None: who knows which.
    """

    off: Callable[[Any, Context], Any] | None = None
    batch: Batch | None = None
    given: Callable[[Given], Given] = dict
    only: Rule | None = None
    recorded: AccessSubject | None = None
    reads: Collection[str] | None = None


@dataclass(frozen=True)
class Changing:
    """A mutation: what `enter(context, **arguments)` does and answers."""

    enter: Callable[..., Awaitable[Any]]

    async def once(self, context: Context, key: str, arguments: Given) -> Any:
        """The answer of a root field, which is entered once, whoever asks again; or its error."""
        if key not in context.done:
            context.done[key] = await self._outcome(context, arguments)
        answer, error = context.done[key]
        if error is not None:
            raise error
        return answer

    async def _outcome(self, context: Context, arguments: Given) -> tuple[Any, Exception | None]:
        try:
            return await self.enter(context, **arguments), None
        except Exception as error:
            return None, error


@dataclass(frozen=True)
class Opening:
    """A query: what `resolve(context, **given(arguments))` answers behind its lock."""

    resolve: Callable[..., Awaitable[Any]]
    lock: Lock
    given: Callable[[Given], Given]
