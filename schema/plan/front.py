"""The short way: what was planned before needs nothing of what else stands before execution.

Its document was parsed, validated and found within the limits; what depends on this one request is
done here in the same order: the viewer, the rate, the cost, the answer, the ledger, the figure.
"""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from models.wall import reading
from resolvers.context import Context
from resolvers.policy import Documents
from resolvers.rate import Act, RateLimited
from schema import rate, telling, timing
from schema.limits import budget, costing
from schema.plan.cache import Operation
from schema.plan.extension import PLANS, attempt
from schema.text import holds_nul

Answer = ExecutionResult | PreExecutionError
# what the long way tells of
LATER = "later"


def find(
    text: str,
    name: str | None,
    variables: dict[str, Any],
    context: Context,
    allowed: Iterable[OperationType],
) -> Operation | None:
    """The operation, if this way may be taken at all."""
    is_bound = context.policy.documents is not Documents.OFF and not context.caller.is_trusted
    if is_bound or not context.policy.plans or holds_nul(variables):
        return None
    found = PLANS.find(text, name)
    return found if found and found.kind in {each.value for each in allowed} else None


async def answer(
    api: Any, operation: Operation, variables: dict[str, Any], context: Context
) -> tuple[Answer | None, Context]:
    """The answer; None leaves it to the long way, with the context that was admitted."""
    begun, ended = time.perf_counter(), "failed"
    try:
        told, context = await _answer(api, operation, variables, context)
        ended = timing.outcome(told.errors) if told else LATER
    except asyncio.CancelledError:
        ended = "gone"
        raise
    finally:
        if ended != LATER:
            name = timing.known(operation.node.name.value if operation.node.name else None)
            seconds = time.perf_counter() - begun
            timing.tell(name, operation.kind, ended, seconds, context.caller.request_id)
    return told, context


async def _answer(
    api: Any, operation: Operation, variables: dict[str, Any], context: Context
) -> tuple[Answer | None, Context]:
    context = await context.fresh()
    try:
        await rate.admit(context, Act(operation.kind))
    except RateLimited as refusal:
        errors = telling.tell([refusal], context, context.caller)
        return PreExecutionError(data=None, errors=errors), context
    admitted = replace(context, is_admitted=True)
    cost = operation.cost(api, variables)
    if cost > budget(context.viewer):
        return None, admitted
    async with reading():
        result = await attempt(api, operation, variables, context)
        if result is None:
            return None, admitted
        await context.ledger.write(context.hub)
    denied = telling.tell(result.errors, context, context.caller) if result.errors else None
    return ExecutionResult(result.data, denied, costing(cost, context.viewer)), context
