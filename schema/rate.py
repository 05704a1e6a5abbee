"""Counts each operation, and each attempt at a secret, before anything is done for it."""

from collections.abc import AsyncIterator

from graphql import get_operation_ast
from strawberry.extensions import SchemaExtension

from resolvers.context import Context
from resolvers.rate import Act, RateLimited


class Rated(SchemaExtension):
    """Refuses an operation that is one too many for its holder or its address."""

    async def on_validate(self) -> AsyncIterator[None]:
        """After parsing, which tells of what kind it is, and before whatever costs more."""
        context = self.execution_context
        if context.context.is_admitted:
            yield
            return
        assert context.graphql_document is not None
        operation = get_operation_ast(context.graphql_document, context._provided_operation_name)
        kind = Act.QUERY if operation is None else Act(operation.operation.value)
        try:
            await admit(context.context, kind)
        except RateLimited as refusal:
            context.pre_execution_errors = [refusal]
        yield


async def admit(context: Context, kind: Act) -> None:
    """Count an operation, and a token that opens nothing. Raises `RateLimited`."""
    await count(context, kind)
    if context.token is not None and context.viewer.holder_id is None:
        await count(context, Act.TOKEN)


async def count(context: Context, act: Act) -> None:
    """Count one. Raises `RateLimited`."""
    if context.take is None:
        return
    holder_id = context.viewer.holder_id
    holder = None if holder_id is None else str(holder_id)
    seconds = await context.take(act, holder, context.caller.address)
    if seconds is not None:
        raise RateLimited(seconds)
