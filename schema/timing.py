"""How long each operation took and how it ended: a figure, and a line in the log.

Clients choose the names of their operations, and may write anything there: only those on a list
are told apart, and all others are "other".
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Sequence

import structlog
from graphql import GraphQLError
from prometheus_client import Histogram
from strawberry.exceptions import MissingQueryError
from strawberry.extensions import SchemaExtension
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionContext

from schema.telling import is_ours

NO_OPERATION = (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError)
OTHER = "other"
OPERATIONS = Histogram(
    "noaber_operation_seconds",
    "How long an operation took; a subscription, until it was over or handed over to its group.",
    ("operation", "kind", "outcome"),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
NAMES: set[str] = set()

log = structlog.get_logger("noaber.operation")


def tell_apart(names: Iterable[str]) -> None:
    """The names that figures and logs may carry from now on, in the whole process."""
    NAMES.clear()
    NAMES.update(names)


def known(name: str | None) -> str:
    """The name of an operation as it may be written down."""
    return name if name in NAMES else OTHER


def outcome(errors: Sequence[GraphQLError] | None) -> str:
    """`ok`; `refused` when all that went wrong was made for the client; else `failed`."""
    if not errors:
        return "ok"
    return "refused" if all(map(is_ours, errors)) else "failed"


class Timed(SchemaExtension):
    """The outermost: times an operation with all that is done for it."""

    async def on_operation(self) -> AsyncIterator[None]:
        """From before the caller is looked up until the answer is ready to be encoded."""
        begun = time.perf_counter()
        ended = "failed"
        try:
            yield
            ended = ending(self.execution_context)
        except NO_OPERATION:
            ended = "refused"
            raise
        except (asyncio.CancelledError, GeneratorExit):
            ended = "gone"
            raise
        finally:
            name, kind = describe(self.execution_context)
            request_id = self.execution_context.context.caller.request_id
            tell(name, kind, ended, time.perf_counter() - begun, request_id)


def describe(context: ExecutionContext) -> tuple[str, str]:
    """The name of an operation as it may be written down, and its kind."""
    return known(context.operation_name), _kind(context)


def ending(context: ExecutionContext) -> str:
    """How an operation that is over has ended, as `outcome`."""
    if context.pre_execution_errors:
        return outcome(context.pre_execution_errors)
    return outcome(context.result.errors if context.result else None)


def tell(name: str, kind: str, ended: str, seconds: float, request_id: str) -> None:
    """Count an operation that is over, and write its line."""
    OPERATIONS.labels(name, kind, ended).observe(seconds)
    log.info(
        "operation",
        name=name,
        kind=kind,
        outcome=ended,
        ms=round(seconds * 1000, 1),
        request_id=request_id,
    )


def _kind(context: ExecutionContext) -> str:
    """Query, mutation or subscription; what cannot be read is of no kind."""
    try:
        return context.operation_type.value
    except RuntimeError:
        return "none"
