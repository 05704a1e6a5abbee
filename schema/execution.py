"""The schema and how an operation runs: a context of its own, and errors that give nothing away."""

import traceback
from collections.abc import AsyncIterator, Sequence
from typing import Any

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types import ExecutionContext

from models.transaction import Retry
from resolvers.caller import Caller
from schema import event, feed_event, grant_event, telling
from schema.document import Remembered
from schema.limits import Limits
from schema.mutation import Mutation
from schema.query import Query
from schema.scalar import SCALARS
from schema.subscription import Subscription

log = structlog.get_logger("noaber.schema")


class OwnContext(SchemaExtension):
    """Gives each operation its own viewer and batches: a socket shares one context among all."""

    async def on_operation(self) -> AsyncIterator[None]:
        self.execution_context.context = await self.execution_context.context.fresh()
        yield


class Recorded(SchemaExtension):
    """Writes what was read into the ledger; without that there is no answer."""

    async def on_execute(self) -> AsyncIterator[None]:
        """After a query or a mutation, and before its answer leaves."""
        yield
        await self._write()

    async def on_stream_result(self, _result: Any) -> AsyncIterator[None]:
        """Before each event that is told by this process itself."""
        await self._write()
        yield

    async def _write(self) -> None:
        """Raises what a client may read: an error from here is no resolver's, and is not masked."""
        context = self.execution_context.context
        try:
            await context.ledger.write(context.hub)
        except Retry:
            raise
        except Exception as error:
            log.error("the ledger cannot be written", error=type(error).__name__)
            raise GraphQLError("Unexpected error.", extensions={"code": "INTERNAL"}) from error


class FreshExecutor(StrawberryGraphQLCoreExecutionContext):
    """Runs each event of a subscription without what it remembered of earlier ones.

    graphql-core 3.3.2 keeps the sub-selections of every event as long as the subscription lasts:
    about 1.8 KB an event, for ever.
    """

    def build_per_event_executor(self, payload: Any) -> Any:
        """The executor of one event."""
        executor = super().build_per_event_executor(payload)
        executor._relevant_sub_fields = {}
        return executor


class Schema(strawberry.Schema):
    """The schema; what went wrong inside is logged by its type and place, never by its words."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        caller = None if execution_context is None else execution_context.context.caller
        record(errors, caller)

    async def _handle_execution_result(
        self, context: ExecutionContext, *rest: Any, **more: Any
    ) -> Any:
        """Every result passes here, over HTTP, as an event, or refused before it ran."""
        told = await super()._handle_execution_result(context, *rest, **more)
        if told.errors:
            told.errors = telling.tell(told.errors, context.context)
        return told


def record(errors: Sequence[GraphQLError], caller: Caller | None) -> None:
    """Log what went wrong inside."""
    for error in errors:
        if not telling.is_ours(error):
            request_id = "" if caller is None else caller.request_id
            log.error("operation failed", request_id=request_id, **_place(error))


def _place(error: GraphQLError) -> dict[str, Any]:
    cause = error.original_error
    frames = traceback.extract_tb(cause.__traceback__ if cause else None)
    return {
        "error": type(cause).__name__,
        "path": error.path,
        "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    }


api = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[*feed_event.KINDS, *grant_event.KINDS, event.FeedReset, event.FeedHeartbeat],
    extensions=[OwnContext, Limits, Remembered, Recorded],
    execution_context_class=FreshExecutor,
    scalar_overrides=SCALARS,
    config=StrawberryConfig(disable_field_suggestions=True),
)
