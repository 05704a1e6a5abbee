"""The sockets: shapes checked first, rights looked after, what they follow told by groups."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
    _OperationStreamClosed,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    Message,
)

from auth.viewer import Viewer
from resolvers.context import Context, Handover
from schema import sharing
from schema.execution import explain
from server import live
from server.protocol import WIRE
from server.request import Refused
from server.right import Held
from server.shape import is_well_shaped
from server.subscriber import Subscriber, Subscribers, Wire

CREDENTIAL_ENDED, TOO_MANY, TRY_AGAIN = 4403, 4429, 1013
REASON_BYTES = 123


class Adapter(ASGIWebSocketAdapter):
    """The sending side of one socket, for all but the live feed."""

    async def close(self, code: int, reason: str) -> None:
        """Close, with as much of the reason as a frame has room for: it may be the client's own."""
        await super().close(code, reason.encode()[:REASON_BYTES].decode(errors="ignore"))


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    """One socket that speaks graphql-transport-ws; what it follows is told by groups."""

    view: Any
    websocket: ASGIWebSocketAdapter
    seat: UUID | None = None
    is_sure = True
    ending: asyncio.Task[None] | None = None
    held: Held | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.subscribers = Subscribers()

    @property
    def wire(self) -> Wire:
        """The sending side, beneath all that is for other messages."""
        return cast(Wire, self.websocket.ws.scope["extensions"][WIRE][WIRE])

    @property
    def viewer(self) -> Viewer:
        """Who holds the socket, as last looked up."""
        return self.context.viewer

    @property
    def token(self) -> str:
        """The token of whoever holds it; there is nothing to hold without one."""
        return self.context.token or ""

    async def handle_message(self, message: Any) -> None:
        """Refuse a message of the wrong shape with 4400; it would raise further on."""
        if not is_well_shaped(message):
            await self.handle_invalid_message("Malformed message")
            return
        if message["type"] == "subscribe" and not await self._fill(message):
            return
        await super().handle_message(message)

    async def _fill(self, message: Any) -> bool:
        """Put the document in place of its hash; one that is not known ends its operation alone."""
        payload = message["payload"]
        try:
            payload["query"] = await self.view.library.text(
                payload.get("query"), payload.get("extensions")
            )
        except Refused as refusal:
            error = {"message": str(refusal), "extensions": {"code": refusal.code.value}}
            await self.websocket.send_json(
                {"id": message["id"], "type": "error", "payload": [error]}
            )
            return False
        return True

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Greet the client, and from then on watch over the credential it gave.

        Whose credential cannot be looked up now is to come back later.
        """
        was_acknowledged = self.connection_acknowledged
        try:
            await super().handle_connection_init(message)
        except WebSocketDisconnected:
            raise
        except Exception as error:
            told = explain(error, self.context)
            await self.websocket.close(code=TRY_AGAIN, reason=told.message)
            return
        if self.connection_acknowledged and not was_acknowledged and self.token:
            self.held = self.view.rights.hold(self.context.hub, self, self.viewer)

    async def send_message(self, message: Message) -> None:
        """Send a message; the greeting only if its holder has a seat left, else close."""
        if message["type"] == "connection_ack" and not self._sit():
            await self.websocket.close(code=TOO_MANY, reason="Too many sockets of one credential")
            raise WebSocketDisconnected
        await super().send_message(message)

    def _sit(self) -> bool:
        holder_id = self.context.viewer.holder_id
        if holder_id is not None and self.view.seats.take(holder_id):
            self.seat = holder_id
        return self.seat == holder_id

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

    def doubt(self) -> None:
        """Nothing more is told until the rights are known: each subscription looks for itself.

        A client that did not read what it had a right to before is to come back for it.
        """
        self.is_sure = False
        if self.wire.forget():
            self.fail()
        self.subscribers.regroup()

    def renew(self, viewer: Viewer | None) -> None:
        """The rights as of now: over, other ones, or those of before."""
        if viewer is None:
            self.subscribers.clear()
            self.wire.forget()
            self._end(CREDENTIAL_ENDED, "Credential ended")
            return
        was, self.context.viewer, self.is_sure = self.context.viewer, viewer, True
        if replace(was, expires_at=None) != replace(viewer, expires_at=None):
            self.subscribers.regroup()

    def fail(self) -> None:
        """Something that may pass: the client is to come back and resume."""
        self._end(TRY_AGAIN, "Try again later")

    def _end(self, code: int, reason: str) -> None:
        if self.ending is None:
            self.ending = asyncio.create_task(self.websocket.close(code=code, reason=reason))
            self.ending.add_done_callback(self._task_done)

    async def cleanup_operation(self, operation_id: str) -> None:
        """End an operation, in its group too."""
        self.subscribers.remove(operation_id)
        await super().cleanup_operation(operation_id)

    async def shutdown(self) -> None:
        """Give the seat back and hold nothing any more."""
        if self.seat is not None:
            self.view.seats.leave(self.seat)
            self.seat = None
        self.subscribers.clear()
        if self.held is not None:
            self.held.release()
        await super().shutdown()
