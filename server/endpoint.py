"""The GraphQL endpoint: queries over HTTP, live events over sockets and server-sent events."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL

import schema
from auth import tokens
from resolvers.context import Context
from resolvers.outside import Outside
from server.group import Groups
from server.live import Sharing
from server.right import Rights
from server.seat import Seats
from server.sockets import Handler

INIT_WAIT = timedelta(seconds=5)
OPERATIONS_PER_SOCKET = 50


class Endpoint(GraphQL[Context, None]):
    """One address for all of the API. Credentials come in a header or in `connection_init`."""

    graphql_transport_ws_handler_class = Handler

    def __init__(
        self,
        allowed_origins: Sequence[str],
        sockets_per_resident: int,
        outside: Outside | None = None,
    ) -> None:
        self.outside = outside
        self.seats = Seats(sockets_per_resident)
        self.sharing = Sharing()
        self.groups = Groups()
        self.rights = Rights()
        super().__init__(
            schema.api,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            connection_init_wait_timeout=INIT_WAIT,
            max_subscriptions_per_connection=OPERATIONS_PER_SOCKET,
            allowed_origins=allowed_origins,
        )

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """The caller as the request tells it; each operation looks the viewer up itself."""
        return Context(
            hub=request.app.state.hub,
            token=tokens.bearer(request.headers.get("authorization")),
            client=request.headers.get("user-agent", "")[:200],
            outside=self.outside,
        )

    async def on_ws_connect(self, context: Context) -> Any:
        """Take the token of `connection_init`; one that opens nothing ends the socket with 4403."""
        params = {name.lower(): value for name, value in context.connection_params.items()}
        context.token = tokens.bearer(params.get("authorization"))
        if await context.renew() is None:
            raise ConnectionRejectionError
        return await super().on_ws_connect(context)

    def decode_json(self, data: str | bytes) -> object:
        """The request as an object. Anything else is as bad as no JSON at all."""
        decoded = orjson.loads(data)
        if not isinstance(decoded, dict):
            raise json.JSONDecodeError("a request is an object", "", 0)
        return decoded

    def encode_json(self, data: object) -> str:
        """Text, never bytes: bytes would make binary frames, which browsers do not read."""
        return orjson.dumps(data).decode()
