"""The sockets: message shapes checked first, and a guard that ends a socket with its credential."""

import asyncio
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from starlette.websockets import WebSocketDisconnect
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

from resolvers.context import Context, Handover
from schema.execution import explain
from server import live
from server.request import Refused

RECHECK_SECONDS = 30.0
LEAST_SECONDS = 0.2
FAILED_SECONDS = 1.0
CREDENTIAL_ENDED = 4403
TOO_MANY = 4429
TRY_AGAIN = 1013
REASON_BYTES = 123


class Adapter(ASGIWebSocketAdapter):
    """The sending side of one socket."""

    async def send_text(self, text: str) -> None:
        """Send a message that is encoded already. Raises `WebSocketDisconnected`."""
        try:
            await self.ws.send_text(text)
        except WebSocketDisconnect as error:
            raise WebSocketDisconnected from error

    async def close(self, code: int, reason: str) -> None:
        """Close, with as much of the reason as a frame has room for: it may be the client's own."""
        await super().close(code, reason.encode()[:REASON_BYTES].decode(errors="ignore"))


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    """One socket that speaks graphql-transport-ws."""

    view: Any
    websocket: Adapter
    guard: asyncio.Task[None] | None = None
    seat: UUID | None = None

    async def handle_message(self, message: Any) -> None:
        """Refuse a message of the wrong shape with 4400; it would raise further on."""
        if not _well_shaped(message):
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
        try:
            await super().handle_connection_init(message)
        except WebSocketDisconnected:
            raise
        except Exception as error:
            told = explain(error, self.context)
            await self.websocket.close(code=TRY_AGAIN, reason=told.message)
            return
        if self.connection_acknowledged and self.context.token is not None and self.guard is None:
            self.guard = asyncio.create_task(self._watch_credential())

    async def send_message(self, message: Message) -> None:
        """Send a message; the greeting only if its holder has a seat left, else close."""
        if message["type"] == "connection_ack" and not self._sit():
            await self.websocket.close(code=TOO_MANY, reason="Too many sockets of one credential")
            raise WebSocketDisconnected
        await super().send_message(message)

    def _sit(self) -> bool:
        holder_id = self.context.viewer.holder_id
        if holder_id is None or not self.view.seats.take(holder_id):
            return holder_id is None
        self.seat = holder_id
        return True

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        """Run an operation; a feed it follows is handed over and told from there.

        What breaks it off is told by an `error`, which ends it: with RETRY it may be resumed.
        """
        handover = Handover()
        try:
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
            if handover.context is not None:
                await live.tell(self.websocket, operation, handover, self.view.sharing)
            await operation.send_operation_message({"id": operation.id, "type": "complete"})
        except (_OperationStreamClosed, WebSocketDisconnected):
            return
        except Exception as error:
            with suppress(Exception):
                await operation.send_initial_errors([explain(error, self.context)])

    async def shutdown(self) -> None:
        """Give the seat back and stop the guard with the socket."""
        if self.seat is not None:
            self.view.seats.leave(self.seat)
            self.seat = None
        if self.guard is not None:
            self.guard.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self.guard
        await super().shutdown()

    async def _watch_credential(self) -> None:
        """Close the socket when its token is revoked or expires: at once, in 30 s if not told."""
        holder_id = self.context.viewer.holder_id
        assert holder_id is not None
        with self.context.hub.listen_rights(holder_id) as listener:
            while (left := await self._seconds_left()) is not None:
                await listener.wait(max(LEAST_SECONDS, min(RECHECK_SECONDS, left)))
        await self.websocket.close(code=CREDENTIAL_ENDED, reason="Credential ended")

    async def _seconds_left(self) -> float | None:
        """Until the credential ends, None when it has; a look that fails is repeated soon."""
        try:
            viewer = await self.context.look_up()
        except Exception as error:
            explain(error)
            return FAILED_SECONDS
        if viewer is None:
            return None
        assert viewer.expires_at is not None
        return (viewer.expires_at - datetime.now(UTC)).total_seconds()


def _well_shaped(message: Any) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] in ("subscribe", "complete") and not isinstance(message.get("id"), str):
        return False
    return message["type"] != "subscribe" or _is_request(message.get("payload"))


def _query_kinds(payload: dict[str, Any]) -> Any:
    """A document may be left out where its hash is told."""
    return str | None if payload.get("extensions") else str


def _is_request(payload: Any) -> bool:
    return (
        isinstance(payload, dict)
        and isinstance(payload.get("extensions"), dict | None)
        and isinstance(payload.get("query"), _query_kinds(payload))
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
    )
