"""Answers a query by its plan, if it has one; graphql-core answers all else."""

from collections.abc import AsyncIterator
from typing import Any, cast

from graphql import DocumentNode, ExecutionResult
from prometheus_client import Counter
from strawberry.extensions import SchemaExtension

from resolvers.ledger import Ledger
from schema.plan.cache import Plans
from schema.plan.run import Run
from schema.plan.shape import Unplanned

TOLD = Counter(
    "noaber_plan",
    "Queries by how they were answered: by their plan, or by graphql-core for a reason.",
    ("outcome", "reason"),
)
PLANS = Plans()


class Planned(SchemaExtension):
    """The innermost: what it answers, graphql-core need not."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Answer by a plan, unless the policy is against it."""
        if self.execution_context.context.policy.plans:
            data = await self._answer()
            if data is not None:
                self.execution_context.result = ExecutionResult(data, None)
        yield

    async def _answer(self) -> dict[str, Any] | None:
        """The whole answer, free of errors; None leaves it to graphql-core."""
        about = self.execution_context
        context = about.context
        try:
            operation = PLANS.operation(
                about.query or "", about.operation_name, cast(DocumentNode, about.graphql_document)
            )
            given = operation.given(about.schema, about.variables)
            plan = operation.plan(about.schema, given)
        except Unplanned as refused:
            TOLD.labels("refused", refused.reason).inc()
            return None
        context.batches.take_turns()
        try:
            [data] = await Run(context, given).rows(plan, [None])
        except Exception as error:
            # whatever it is, graphql-core comes upon it again and words it
            reason = error.reason if isinstance(error, Unplanned) else "error"
            TOLD.labels("replayed", reason).inc()
            context.batches.forget()
            context.ledger = Ledger()
            return None
        TOLD.labels("served", "").inc()
        return data
