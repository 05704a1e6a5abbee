"""Serving: one process of uvicorn on a claimed port, until it is told to stop."""

import logging
import resource
import socket
from collections.abc import Sequence

import structlog
import uvicorn

from server import logs
from server.app import create_app
from server.bound import Bounds, Config
from server.engines.port import claim
from server.exchange import Exchange
from server.ide import Persona
from server.protocol import LOGGER, Socket
from server.settings import Settings, SettingsError

MESSAGE_BYTES = 65_536
GRACE_SECONDS = 10
# what a process opens besides sockets: the pool, Redis, requests over HTTP
SPARE_FILES = 200

log = structlog.get_logger("noaber.server")


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM, then give open requests 10 seconds to end.

    Raises `SettingsError` without addresses and `EngineError` for a port that is in use.
    """
    if not (settings.database_url and settings.redis_url):
        raise SettingsError("Set DATABASE_URL and REDIS_URL, or start the demo: it brings its own.")
    with claim(settings.host, settings.port) as claimed:
        listen(settings, (), claimed)


def listen(
    settings: Settings, personas: Sequence[Persona], claimed: socket.socket, *, works: bool = False
) -> None:
    """Answer on a claimed socket until a signal; uvicorn raises the signal again afterwards.

    `works`: the process does the rounds of the worker too.
    """
    make_room(settings.max_sockets)
    bounds = Bounds(settings.stall_seconds, settings.request_seconds, settings.max_sockets)
    config = Config(
        create_app(settings, personas, works=works),
        bounds,
        http=Exchange,
        ws=Socket,
        # an access log would carry the addresses of people
        access_log=False,
        log_level=settings.log_level,
        server_header=False,
        # who is behind a proxy is our own question: uvicorn would believe any on this machine
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws_max_size=MESSAGE_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=settings.ping_seconds,
        ws_ping_timeout=settings.ping_seconds,
    )
    # only now: a configuration of uvicorn resets the levels of loggers
    LOGGER.setLevel(logging.WARNING)
    logs.wordless()
    uvicorn.Server(config).run(sockets=[claimed])


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
