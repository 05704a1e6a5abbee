"""Answers an operation by its plan, if it has one; graphql-core answers all else."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar, cast

from graphql import DocumentNode, ExecutionResult
from prometheus_client import Counter
from strawberry.extensions import SchemaExtension

from resolvers.context import Context
from resolvers.ledger import Ledger
from schema.plan.cache import Operation, Plans
from schema.plan.run import Run
from schema.plan.shape import Unplanned

T = TypeVar("T")
TOLD = Counter(
    "noaber_plan",
    "Operations by how they were answered: by their plan, or by graphql-core for a reason.",
    ("outcome", "reason"),
)
PLANS = Plans()
SUBSCRIPTION = "subscription"


class Planned(SchemaExtension):
    """The innermost: what it answers, graphql-core need not."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Answer by a plan, unless the policy is against it or it was tried already."""
        about = self.execution_context
        if about.context.policy.plans and not about.context.is_admitted:
            result = await self._answer()
            if result is not None:
                about.result = result
        yield

    async def _answer(self) -> ExecutionResult | None:
        about = self.execution_context
        document = cast(DocumentNode, about.graphql_document)
        text, name = about.query or "", about._provided_operation_name
        operation = _unless_refused(lambda: PLANS.operation(text, name, document))
        if operation is None or operation.kind == SUBSCRIPTION:
            return None
        return await attempt(about.schema, operation, about.variables, about.context)


async def attempt(
    api: Any, operation: Operation, variables: dict[str, Any] | None, context: Context
) -> ExecutionResult | None:
    """The whole answer of a plan; None leaves it to graphql-core."""
    given = _unless_refused(lambda: operation.given(api, variables))
    plan = None if given is None else _unless_refused(lambda: operation.plan(api, given))
    if plan is None:
        return None
    run = Run(context, given)
    return await tried(context, run, run.rows(plan, [None]))


async def tried(
    context: Context, run: Run, answering: Awaitable[list[Any]]
) -> ExecutionResult | None:
    """What a run answers; None leaves it to graphql-core, as if nothing had been read."""
    context.batches.take_turns()
    try:
        [data] = await answering
    except Exception as error:
        # whatever it is, graphql-core comes upon it again and words it
        reason = error.reason if isinstance(error, Unplanned) else "error"
        TOLD.labels("replayed", reason).inc()
        context.batches.forget()
        context.ledger = Ledger()
        return None
    TOLD.labels("served", "").inc()
    return ExecutionResult(data, run.denials or None)


async def answer_event(executor: Any) -> ExecutionResult | None:
    """The answer about one event on a stream; None leaves it to graphql-core."""
    context, given = executor.context_value, executor.variable_values
    api = executor.schema._strawberry_schema
    operation = PLANS.stream(executor.operation, executor.fragments)
    plan = _unless_refused(lambda: operation.plan(api, given))
    if plan is None:
        return None
    run = Run(context, given)
    return await tried(context, run, run.told(plan, executor.root_value))


def _unless_refused(find: Callable[[], T]) -> T | None:
    """What is found; None, and counted, where there is no plan."""
    try:
        return find()
    except Unplanned as refused:
        TOLD.labels("refused", refused.reason).inc()
        return None
