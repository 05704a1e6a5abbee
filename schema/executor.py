"""The executor of events on a stream: each by its plan, or afresh by graphql-core."""

from inspect import isawaitable
from typing import Any

from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.plan.extension import SUBSCRIPTION, answer_event


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

    def execute_operation(self, serially: bool | None = None) -> Any:
        """Answer an event by its plan; graphql-core answers what has none, and all else."""
        is_event = self.operation.operation.value == SUBSCRIPTION
        if is_event and self.context_value.policy.plans:
            return self._by_plan(serially)
        return super().execute_operation(serially)

    async def _by_plan(self, serially: bool | None) -> Any:
        planned = await answer_event(self)
        if planned is not None:
            return planned
        result = super().execute_operation(serially)
        return await result if isawaitable(result) else result
