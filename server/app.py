"""The application: the routes, and what lives as long as the process."""

import asyncio
import gc
import importlib
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from tortoise.contrib.starlette import RegisterTortoise

import models.database
from realtime.hub import Hub
from server import address, archive, calendar, envelope, health, ide, logs, trace, valkey, worker
from server.calendar import Calendars
from server.endpoint import Endpoint
from server.ide import Persona
from server.inspection import Inspection
from server.mail import stopping
from server.mail.stopping import Stopper
from server.picture import door
from server.picture.album import Album
from server.settings import Environment, Settings

if TYPE_CHECKING:
    from server.mail.sink import Sink

COLLECT_AFTER = (10_000, 20, 100)


def create_app(
    settings: Settings,
    personas: Sequence[Persona],
    inspection: Inspection,
    *,
    works: bool = False,
) -> Starlette:
    """The application for these settings; the IDE, where it is on, offers the personas.

    `works`: it does the rounds of the worker too.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        traced = trace.begin() if settings.trace else None
        config = models.database.config(
            settings.database_url,
            pool_size=settings.pool_size,
            init=None if traced is None else traced.listen,
        )
        async with (
            RegisterTortoise(app, config=config),
            Hub(settings.redis_url, settings.channel_prefix, secret=settings.secret) as hub,
            AsyncExitStack() as stack,
        ):
            asyncio.get_running_loop().set_exception_handler(logs.tell)
            app.state.hub = hub
            begun = inspection.begun(hub, endpoint.groups, works=works)
            await stack.enter_async_context(begun)
            stack.push_async_callback(client.aclose)
            if traced is not None:
                stack.enter_context(traced.operations())
            if works:
                given = await _mailing(settings, sink, stack)
                await stack.enter_async_context(worker.working(given, hub))
            settle()
            yield

    sink = _sink(settings) if works else None
    client = valkey.connect(settings)
    endpoint = Endpoint(settings, client, address.outside(settings))
    return Starlette(
        lifespan=lifespan,
        exception_handlers={ClientDisconnect: forgo},
        middleware=envelope.middleware(settings),
        routes=[
            Route("/healthz", health.healthz),
            Route("/readyz", inspection.readiness.readyz),
            *(ide.routes(settings, personas) if settings.ide else []),
            *(sink.routes() if sink else []),
            *archive.routes(),
            *calendar.routes(Calendars(settings.public_url)),
            *door.routes(Album.of(settings)),
            *stopping.routes(Stopper.of(settings)),
            Route("/graphql", endpoint),
            WebSocketRoute("/graphql", endpoint),
        ],
    )


def _sink(settings: Settings) -> "Sink | None":
    """Where the demo's letters go; what it needs is loaded for nobody else."""
    if settings.environment is not Environment.DEMO or settings.smtp_url:
        return None
    sink: Sink = importlib.import_module("server.mail.sink").Sink()
    return sink


async def _mailing(settings: Settings, sink: "Sink | None", stack: AsyncExitStack) -> Settings:
    """The settings of a worker whose letters go into the sink, if there is one."""
    if sink is None:
        return settings
    address = await stack.enter_async_context(sink.listening())
    return settings.model_copy(update={"smtp_url": address})


def settle() -> None:
    """Spare the collector what stands for ever, and what thousands of sockets hold for hours."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


async def forgo(_request: Request, _error: Exception) -> Response:
    """Nobody is left to answer whoever went before the request was whole: no error of ours."""
    return Response(status_code=400)
