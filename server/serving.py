"""Serving: one process of uvicorn on a claimed port, until it is told to stop."""

import resource
import socket
from collections.abc import Sequence

import structlog
from starlette.applications import Starlette

from schema import timing
from server import inspection, logs, trace
from server.app import create_app
from server.bound import Bounds, Config
from server.draining import Server
from server.engines.port import claim
from server.exchange import Exchange
from server.ide import Persona
from server.inspection import Inspection
from server.protocol import Socket
from server.settings import Settings, SettingsError

MESSAGE_BYTES = 65_536
GRACE_SECONDS = 10
# what a process opens besides sockets: the pool, Redis, requests over HTTP
SPARE_FILES = 200

log = structlog.get_logger("noaber.server")


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM, drain, then give open requests 10 seconds to end.

    Raises `SettingsError` without addresses or an extra, `EngineError` for a port that is in use.
    """
    if not (settings.database_url and settings.redis_url):
        raise SettingsError("Set DATABASE_URL and REDIS_URL, or start the demo: it brings its own.")
    if settings.trace:
        trace.check()
    with claim(settings.host, settings.port) as claimed:
        listen(settings, (), claimed)


def listen(
    settings: Settings, personas: Sequence[Persona], claimed: socket.socket, *, works: bool = False
) -> None:
    """Answer on a claimed socket until a signal; uvicorn raises the signal again afterwards.

    `works`: the process does the rounds of the worker too.
    """
    make_room(settings.max_sockets)
    logs.begin(settings.log_level, settings.log_format)
    timing.tell_apart(settings.metrics_operations)
    bounds = Bounds(settings.stall_seconds, settings.request_seconds, settings.max_sockets)
    with inspection.claimed(settings) as door:
        inspected = Inspection(settings, bounds, door)
        app = create_app(settings, personas, inspected, works=works)
        config = _config(settings, app, bounds)
        Server(config, inspected.readiness, settings.drain_seconds).run(sockets=[claimed])


def _config(settings: Settings, app: Starlette, bounds: Bounds) -> Config:
    return Config(
        app,
        bounds,
        http=Exchange,
        ws=Socket,
        # an access log would carry the addresses of people
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws_max_size=MESSAGE_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=settings.ping_seconds,
        ws_ping_timeout=settings.ping_seconds,
    )


def make_room(sockets: int) -> None:
    """Raise the limit on open files as far as needed and allowed; warn when that is too little."""
    needed = sockets + SPARE_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    if soft != unlimited and soft < needed:
        soft = needed if hard == unlimited else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft != unlimited and soft < needed:
        log.warning(
            f"{sockets} sockets need {needed} open files and this process may have {soft}:"
            " raise `ulimit -n` or lower NOABER_MAX_SOCKETS."
        )
