"""How a field is read, declared beside its resolver: so a plan can read a whole level at once."""

from collections.abc import Awaitable, Callable
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
    `schema.field`.
    """

    off: Callable[[Any, Context], Any] | None = None
    batch: Batch | None = None
    given: Callable[[Given], Given] = dict
    only: Rule | None = None
    recorded: AccessSubject | None = None


@dataclass(frozen=True)
class Opening:
    """A query: what `resolve(context, **given(arguments))` answers behind its lock."""

    resolve: Callable[..., Awaitable[Any]]
    lock: Lock
    given: Callable[[Given], Given]
