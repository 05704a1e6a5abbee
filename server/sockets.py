"""The sockets: message shapes checked first, and a guard that ends a socket with its credential."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import ConnectionInitMessage

from resolvers.context import Context

RECHECK_SECONDS = 30.0
CREDENTIAL_ENDED = 4403


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    """One socket that speaks graphql-transport-ws."""

    guard: asyncio.Task[None] | None = None

    async def handle_message(self, message: Any) -> None:
        """Refuse a message of the wrong shape with 4400; it would raise further on."""
        if not _well_shaped(message):
            await self.handle_invalid_message("Malformed message")
            return
        await super().handle_message(message)

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Greet the client, and from then on watch over the credential it gave."""
        await super().handle_connection_init(message)
        if self.connection_acknowledged and self.context.token is not None and self.guard is None:
            self.guard = asyncio.create_task(self._watch_credential())

    async def shutdown(self) -> None:
        """Stop the guard with the socket."""
        if self.guard is not None:
            self.guard.cancel()
            with suppress(asyncio.CancelledError):
                await self.guard
        await super().shutdown()

    async def _watch_credential(self) -> None:
        """Close the socket when its token is revoked or expires: at once, in 30 s if not told."""
        resident_id = self.context.viewer.resident_id
        assert resident_id is not None
        with self.context.hub.listen_rights(resident_id) as listener:
            while (viewer := await self.context.look_up()) is not None:
                assert viewer.expires_at is not None
                left = (viewer.expires_at - datetime.now(UTC)).total_seconds()
                await listener.wait(max(0.0, min(RECHECK_SECONDS, left)))
        await self.websocket.close(code=CREDENTIAL_ENDED, reason="Credential ended")


def _well_shaped(message: Any) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] in ("subscribe", "complete") and not isinstance(message.get("id"), str):
        return False
    return message["type"] != "subscribe" or _is_request(message.get("payload"))


def _is_request(payload: Any) -> bool:
    return (
        isinstance(payload, dict)
        and isinstance(payload.get("query"), str)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
    )
