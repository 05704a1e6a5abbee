"""The schema and how an operation runs: a context of its own, and errors that give nothing away."""

import traceback
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import aclosing
from typing import Any

import strawberry
import structlog
from graphql import FieldNode, GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import DEFAULT_ALLOWED_OPERATION_TYPES
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from models.wall import reading
from resolvers.caller import Caller
from resolvers.context import Context
from schema import (
    event,
    feed_event,
    gathering,
    grant_event,
    help_event,
    match_event,
    mention,
    moderation_event,
    notification,
    picture,
    talk_event,
    telling,
)
from schema.document import Remembered
from schema.executor import FreshExecutor
from schema.limits import Limits
from schema.mutation import Mutation
from schema.plan import front
from schema.plan.extension import Planned
from schema.query import Query
from schema.rate import Rated
from schema.scalar import SCALARS
from schema.subscription import Subscription
from schema.timing import NO_OPERATION, Timed
from schema.trust import Trusted

log = structlog.get_logger("noaber.schema")


def explain(error: Exception, context: Context | None = None) -> GraphQLError:
    """What a client reads of an error that ended its operation; the log has its type and place."""
    words = str(error)
    told = error if isinstance(error, GraphQLError) else GraphQLError(words, original_error=error)
    caller = context.caller if context else Caller()
    record([told], caller)
    return telling.tell([told], context, caller)[0]


def record(errors: Sequence[GraphQLError], caller: Caller) -> None:
    """Log what went wrong inside."""
    for error in errors:
        if not telling.is_ours(error):
            log.error("operation failed", request_id=caller.request_id, **_place(error))


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
        context = self.execution_context.context
        await context.ledger.write(context.hub)

    async def on_stream_result(self, _result: Any) -> AsyncIterator[None]:
        """Before each event that is told by this process itself."""
        context = self.execution_context.context
        await context.ledger.write_event(context.hub)
        yield


class Schema(strawberry.Schema):
    """The schema; what went wrong inside is logged by its type and place, never by its words.

    Errors are told here, behind every extension: a hook of one may fail as a resolver may.
    """

    @property
    def is_hooked(self) -> bool:
        """Whether hooks were added to our own, which every operation has to pass."""
        return self.extensions is not USUAL

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any = None,
        root_value: Any = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """Run a query or a mutation. Raises what says that there is no operation to run."""
        variables, context = variable_values or {}, context_value
        try:
            allowed = allowed_operation_types or DEFAULT_ALLOWED_OPERATION_TYPES
            known = front.find(query or "", operation_name, variables, context, allowed)
            if known is not None and not self.is_hooked:
                answer, context = await front.answer(self, known, variables, context)
                if answer is not None:
                    return answer
            return await super().execute(
                query,
                variable_values,
                context,
                root_value,
                operation_name,
                allowed_operation_types,
                operation_extensions,
            )
        except NO_OPERATION:
            raise
        except Exception as error:
            return PreExecutionError(data=None, errors=[explain(error)])

    async def stream(self, *given: Any, **named: Any) -> Any:
        """Run any operation; its results as they come."""
        return _guarded(await super().stream(*given, **named))

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        record(errors, execution_context.context.caller if execution_context else Caller())

    async def _execute_operation(self, *given: Any, **named: Any) -> Any:
        """A query, or what stands around the transaction of a mutation, reads on one connection."""
        async with reading():
            return await super()._execute_operation(*given, **named)

    async def _handle_execution_result(
        self, context: ExecutionContext, *rest: Any, **more: Any
    ) -> Any:
        """Every result passes here, over HTTP, as an event, or refused before it ran."""
        result = await super()._handle_execution_result(context, *rest, **more)
        if result.errors:
            result.errors = telling.tell(result.errors, context.context, context.context.caller)
        return result


async def _guarded(source: Any) -> AsyncIterator[ExecutionResult]:
    """The results of a stream; whatever ends it is told as its last."""
    try:
        async with aclosing(source):
            async for result in source:
                yield result
    except Exception as error:
        yield PreExecutionError(data=None, errors=[explain(error)])


def _place(error: GraphQLError) -> dict[str, Any]:
    cause = error.original_error
    frames = traceback.extract_tb(cause.__traceback__ if cause else None)
    return {
        "error": type(cause).__name__,
        # a path has the names that the client gave, and those may be of people
        "fields": [node.name.value for node in error.nodes or () if isinstance(node, FieldNode)],
        "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    }


api = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[
        *(*feed_event.KINDS, *grant_event.KINDS),
        *(*notification.KINDS, *gathering.KINDS, *mention.KINDS, *picture.KINDS),
        *(*help_event.KINDS, *match_event.KINDS, *talk_event.KINDS, *moderation_event.KINDS),
        *(event.FeedReset, event.FeedHeartbeat),
    ],
    extensions=[Timed, OwnContext, Rated, Trusted, Limits, Remembered, Recorded, Planned],
    execution_context_class=FreshExecutor,
    scalar_overrides=SCALARS,
)
USUAL = api.extensions
