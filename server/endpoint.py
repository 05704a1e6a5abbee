"""The GraphQL endpoint: queries over HTTP, live events over sockets and server-sent events."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError, MissingQueryError
from strawberry.http import process_result
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

import schema
from auth import tokens
from resolvers.caller import Caller, new_id
from resolvers.context import Context, Handover
from resolvers.outside import Outside
from resolvers.rate import Act
from schema import rate
from schema.code import Code
from server import answer, document, proxy, request
from server.adapter import Adapter
from server.group import Groups
from server.live import Sharing
from server.rate import counting
from server.request import Asked, Refused
from server.right import Rights
from server.seat import Seats
from server.settings import Settings
from server.sockets import Handler

INIT_WAIT = timedelta(seconds=5)
OPERATIONS_PER_SOCKET = 50
# GET is for what changes nothing
ALLOWED = {
    "GET": {OperationType.QUERY},
    "POST": {OperationType.QUERY, OperationType.MUTATION},
}


class Endpoint(GraphQL[Context, None]):
    """One address for all of the API. Credentials come in a header or in `connection_init`."""

    graphql_transport_ws_handler_class = Handler
    websocket_adapter_class = Adapter

    def __init__(self, settings: Settings, client: Any, outside: Outside | None = None) -> None:
        self.outside = outside
        self.policy = settings.policy
        self.proxies = settings.trusted_proxies
        self.library = document.library(settings, client)
        self.rates = counting(settings, client)
        self.seats = Seats(settings.sockets_per_resident)
        self.sharing = Sharing()
        self.groups = Groups()
        self.rights = Rights()
        super().__init__(
            schema.api,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL),
            connection_init_wait_timeout=INIT_WAIT,
            max_subscriptions_per_connection=OPERATIONS_PER_SOCKET,
            allowed_origins=settings.allowed_origins,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer over HTTP; sockets have a handler of their own."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        asking = Request(scope, receive)
        kind = answer.negotiated(asking.headers.get("accept"))
        try:
            response = await self._respond(asking, kind)
        except Refused as refusal:
            response = answer.refused(refusal, kind)
        await response(scope, receive, send)

    async def _respond(self, asking: Request, kind: str | None) -> Response:
        """The answer to one request. Raises `Refused`."""
        if kind is None:
            raise Refused(Code.NOT_ACCEPTABLE)
        asked = await request.read(asking)
        text = await self.library.text(asked.query, asked.extensions)
        asked = replace(asked, query=text)
        context = self.of_operation(await self.get_context(asking, Response()), text)
        if kind == answer.EVENTS:
            return await self._stream(asking, asked, context)
        result = await self._execute(asking.method, asked, context)
        return answer.answered(process_result(result), result.errors, kind)

    async def _execute(self, method: str, asked: Asked, context: Context) -> ExecutionResult:
        try:
            return await self.schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
                allowed_operation_types=ALLOWED[method],
            )
        except CannotGetOperationTypeError as error:
            words = error.as_http_error_reason()
            unknown = GraphQLError(words, extensions={"code": Code.UNKNOWN_OPERATION.value})
            return ExecutionResult(None, [unknown])
        except InvalidOperationTypeError as error:
            raise _not_allowed(error.operation_type) from error

    async def _stream(self, asking: Request, asked: Asked, context: Context) -> Response:
        """Distinct connections mode: one operation, its results as events, then `complete`."""
        allowed = ALLOWED[asking.method] | {OperationType.SUBSCRIPTION}
        try:
            source: Any = await self.schema.stream(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
                allowed_operation_types=allowed,
            )
        except MissingQueryError as error:
            raise Refused(Code.BAD_REQUEST) from error
        blank = await self.get_sub_response(asking)
        return await self._create_streaming_response(asking, source, "sse", blank)

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """The caller as the request tells it; each operation looks the viewer up itself."""
        return Context(
            hub=request.app.state.hub,
            token=tokens.bearer(request.headers.get("authorization")),
            client=request.headers.get("user-agent", "")[:200],
            outside=self.outside,
            caller=self._caller(request),
            policy=self.policy,
            take=self.rates.take,
        )

    def of_operation(self, context: Context, text: str, **more: Any) -> Context:
        """The context of one operation with this document; a socket has several."""
        id = new_id() if isinstance(more.get("handover"), Handover) else context.caller.request_id
        caller = replace(context.caller, request_id=id, is_trusted=self.library.trusts(text))
        return replace(context, caller=caller, **more)

    def _caller(self, request: Request | WebSocket) -> Caller:
        peer = request.client.host if request.client else ""
        return Caller(
            request_id=request.scope.get("request_id") or new_id(),
            address=proxy.origin(peer, request.headers, self.proxies),
            languages=request.headers.get("accept-language", "")[:200],
        )

    async def on_ws_connect(self, context: Context) -> Any:
        """Take the token of `connection_init`; one that opens nothing ends the socket with 4403."""
        params = {name.lower(): value for name, value in context.connection_params.items()}
        context.token = tokens.bearer(params.get("authorization"))
        if await context.renew() is None:
            await rate.count(context, Act.TOKEN)
            raise ConnectionRejectionError
        return await super().on_ws_connect(context)

    def decode_json(self, data: str | bytes) -> object:
        """A message of a socket as an object. Anything else is as bad as no JSON at all."""
        decoded = orjson.loads(data)
        if not isinstance(decoded, dict):
            raise json.JSONDecodeError("a message is an object", "", 0)
        return decoded

    def encode_json(self, data: object) -> str:
        """Text, never bytes: bytes would make binary frames, which browsers do not read."""
        return orjson.dumps(data).decode()


def _not_allowed(kind: OperationType) -> Refused:
    """What is not to be had this way: a subscription that is no stream, a mutation by GET."""
    if kind is OperationType.SUBSCRIPTION:
        return Refused(Code.NOT_ACCEPTABLE, "Follow this by text/event-stream or over a socket.")
    return Refused(Code.METHOD_NOT_ALLOWED, headers={"Allow": "POST"})
