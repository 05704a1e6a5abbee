"""What operators may ask of a process, at a second port that is closed unless it is set."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from realtime.hub import Hub
from server import health, reading
from server.bound import Bounds
from server.engines.port import claim
from server.group import Groups
from server.health import Readiness
from server.metrics import Readings
from server.settings import Settings

END_SECONDS = 2


class Inspection:
    """A server as operators see it: how it is, what it holds, and the door they ask at."""

    def __init__(self, settings: Settings, bounds: Bounds, door: socket.socket | None) -> None:
        self.bounds, self.door = bounds, door
        self.readiness = health.of_server(
            lambda: self._hub, without_valkey=settings.ready_without_valkey
        )
        self._hub: Hub

    @asynccontextmanager
    async def begun(self, hub: Hub, groups: Groups, *, works: bool) -> AsyncIterator[None]:
        """The server serves for as long as the block lasts; `works`: as a worker too."""
        self._hub = hub
        live = reading.Live(self.bounds, groups, lambda: self.readiness.is_draining)
        readings = reading.of_server(hub, live)
        readings.ask = reading.of_queues if works else None
        async with opened(self.door, readings, self.readiness):
            yield


@asynccontextmanager
async def of_worker(hub: Hub, door: socket.socket | None) -> AsyncIterator[None]:
    """The same of a worker, which stands on the same things; and what waits for it."""
    readings = reading.of_process(hub)
    readings.ask = reading.of_queues
    async with opened(door, readings, health.of_server(lambda: hub)):
        yield


class Quiet(uvicorn.Server):
    """A server beside another one, which alone hears the signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the other."""
        yield


@contextmanager
def claimed(settings: Settings) -> Iterator[socket.socket | None]:
    """The door, bound and not open yet; None when there is none. Raises `EngineError`."""
    if not settings.metrics_port:
        yield None
        return
    named = "NOABER_METRICS_PORT"
    with claim(settings.metrics_host, settings.metrics_port, named) as door:
        yield door


@asynccontextmanager
async def opened(
    door: socket.socket | None, readings: Readings, readiness: Readiness
) -> AsyncIterator[None]:
    """The door is open for as long as the block lasts."""
    if door is None:
        yield
        return
    server = Quiet(
        uvicorn.Config(
            application(readings, readiness),
            access_log=False,
            log_config=None,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=END_SECONDS,
            ws="none",
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[door]))
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.wait([serving], timeout=2 * END_SECONDS)
        serving.cancel()


def application(readings: Readings, readiness: Readiness) -> Starlette:
    """What may be asked there."""
    return Starlette(
        routes=[
            Route("/healthz", health.healthz),
            Route("/readyz", readiness.readyz),
            Route("/metrics", readings.metrics),
        ]
    )
