"""What is wrapped around every request: its id, headers that protect, and doors that stay shut."""

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars

from schema.code import Code
from server import answer, ide
from server.proxy import Networks
from server.request import Refused
from server.request_id import request_id
from server.settings import Settings

REQUEST_ID = "X-Request-Id"
CACHED = b"cache-control"
USUAL = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
READ = ("authorization", "content-type", "accept-language")
TOLD = (REQUEST_ID, "Retry-After")
CORS_SECONDS = 600
PROBES = ("/healthz", "/readyz")


def middleware(settings: Settings) -> list[Middleware]:
    """The layers, from the outermost inwards."""
    layers = [
        Middleware(Labelled, hsts_seconds=settings.hsts_seconds, proxies=settings.trusted_proxies),
        Middleware(Named, hosts=frozenset(settings.allowed_hosts)),
    ]
    if settings.allowed_origins:
        layers.append(_cors(settings))
    return layers


def _cors(settings: Settings) -> Middleware:
    """Pages of these origins may ask with a bearer token; there are no cookies to send along."""
    return Middleware(
        CORSMiddleware,
        allow_origins=list(settings.allowed_origins),
        allow_methods=["GET", "POST", "PUT"],
        allow_headers=list(READ),
        expose_headers=list(TOLD),
        max_age=CORS_SECONDS,
    )


class Labelled:
    """Gives each request an id, and each answer the headers that it does not set itself."""

    def __init__(self, app: ASGIApp, hsts_seconds: int, proxies: Networks) -> None:
        self.app = app
        self.proxies = proxies
        headers = dict(USUAL)
        if hsts_seconds:
            headers["Strict-Transport-Security"] = f"max-age={hsts_seconds}; includeSubDomains"
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        id = scope["request_id"] = request_id(scope, self.proxies)
        bind_contextvars(request_id=id)
        told = [*self.headers, (REQUEST_ID.lower().encode(), id.encode())]

        async def label(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                if scope["path"].startswith(ide.STATIC):
                    own.add(CACHED)  # the files of the IDE never change under their names
                more = [header for header in told if header[0] not in own]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self.app(scope, receive, label)


class Named:
    """Refuses whoever calls the server by a name that is not its own; empty: any name is.

    Those who ask how it is call it by its address.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_open = scope["type"] == "lifespan" or not self.hosts or scope["path"] in PROBES
        if is_open or _host(scope) in self.hosts:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "Wrong host"})
        else:
            await answer.refused(Refused(Code.WRONG_HOST), None)(scope, receive, send)


def _host(scope: Scope) -> str:
    """The name in the Host header, without a port."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin-1").rsplit(":", 1)[0].lower() if len(hosts) == 1 else ""
