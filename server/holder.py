"""Who holds a socket: a seat, a credential, and rights that may change while it is open."""

import asyncio
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    Message,
)

from auth.viewer import Viewer
from resolvers.context import Context
from schema.execution import explain
from server.adapter import Adapter
from server.protocol import WIRE
from server.right import Held
from server.subscriber import Subscribers, Wire

CREDENTIAL_ENDED, TOO_MANY, TRY_AGAIN = 4403, 4429, 1013


class Holder(BaseGraphQLTransportWSHandler[Context, None]):
    """A socket from its greeting to its end, whatever is asked over it."""

    view: Any
    websocket: Adapter
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
    def token(self) -> str:
        """The token of whoever holds it; there is nothing to hold without one."""
        return self.context.token or ""

    @property
    def viewer(self) -> Viewer:
        """Who holds the socket, as last looked up."""
        return self.context.viewer

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

    async def shutdown(self) -> None:
        """Give the seat back and hold nothing any more."""
        if self.seat is not None:
            self.view.seats.leave(self.seat)
            self.seat = None
        self.subscribers.clear()
        if self.held is not None:
            self.held.release()
        await super().shutdown()
