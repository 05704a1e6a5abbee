"""What is asked over a socket: shapes checked first, and what is followed told by groups."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Any

from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    Operation,
    _OperationStreamClosed,
)

from resolvers.context import Context, Handover
from schema import sharing
from schema.execution import explain
from server import live
from server.holder import Holder
from server.request import Refused
from server.shape import is_well_shaped
from server.subscriber import Subscriber


class Handler(Holder):
    """One socket that speaks graphql-transport-ws; what it follows is told by groups."""

    async def handle_message(self, message: Any) -> None:
        """Refuse a message of the wrong shape with 4400; it would raise further on."""
        if not is_well_shaped(message):
            await self.handle_invalid_message("Malformed message")
            return
        if message["type"] == "subscribe":
            try:
                await self.view.library.fill(message["payload"])
            except Refused as refusal:
                await self.websocket.refuse(message["id"], refusal)
                return
        await super().handle_message(message)

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        """Run an operation; a feed it follows is handed over and told from there.

        What breaks it off is told by an `error`, which ends it: with RETRY it may be resumed.
        """
        handover = Handover()
        async with self._ending_well(operation):
            source = await self.schema.stream(
                operation.query,
                variable_values=operation.variables,
                context_value=self.view.of_operation(
                    self.context, operation.query, handover=handover
                ),
                operation_name=operation.operation_name,
            )
            async with aclosing(source):
                await self._send_result_stream(operation, source)
            if handover.context is None:
                await operation.send_operation_message({"id": operation.id, "type": "complete"})
                return
        if handover.context is not None and operation.id in self.operations:
            await self._follow(operation, self._subscriber(operation, handover))

    def _subscriber(self, operation: Operation[Context, None], handover: Handover) -> Subscriber:
        """The subscription that goes on where the operation left off."""
        context, source = handover.context, handover.source
        assert context is not None
        assert source is not None
        following = sharing.following(
            operation.query, operation.operation_name, operation.variables, context, source
        )
        self.context.viewer = context.viewer

        def resume() -> None:
            operation.task = asyncio.create_task(self._follow(operation, subscriber))
            operation.task.add_done_callback(self._task_done)

        subscriber = Subscriber(operation.id, self, following, handover.spot, resume)
        self.subscribers.add(operation.id, subscriber)
        return subscriber

    async def _follow(self, operation: Operation[Context, None], subscriber: Subscriber) -> None:
        """Tell it what it is behind, until its group does, or it may not follow any more."""
        async with self._ending_well(operation):
            if not await live.tell(subscriber, self.view.groups, self.view.sharing):
                self.subscribers.remove(operation.id)
                await operation.send_operation_message({"id": operation.id, "type": "complete"})

    @asynccontextmanager
    async def _ending_well(self, operation: Operation[Context, None]) -> AsyncIterator[None]:
        """Whatever fails inside, the client is told to come back, and never left in silence."""
        try:
            yield
        except (_OperationStreamClosed, WebSocketDisconnected):
            return
        except Exception as error:
            with suppress(Exception):
                await operation.send_initial_errors([explain(error, self.context)])

    async def cleanup_operation(self, operation_id: str) -> None:
        """End an operation, in its group too."""
        self.subscribers.remove(operation_id)
        await super().cleanup_operation(operation_id)
