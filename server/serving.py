"""Serving: one process of uvicorn on a claimed port, until it is told to stop."""

import socket
from collections.abc import Sequence

import uvicorn

from server.app import create_app
from server.engines.port import claim
from server.ide import Persona
from server.settings import Settings, SettingsError

MESSAGE_BYTES = 65_536
GRACE_SECONDS = 10


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM, then give open requests 10 seconds to end.

    Raises `SettingsError` without addresses and `EngineError` for a port that is in use.
    """
    if not (settings.database_url and settings.redis_url):
        raise SettingsError("Set DATABASE_URL and REDIS_URL, or start the demo: it brings its own.")
    with claim(settings.host, settings.port) as claimed:
        listen(settings, (), claimed)


def listen(settings: Settings, personas: Sequence[Persona], claimed: socket.socket) -> None:
    """Answer on a claimed socket until a signal; uvicorn raises the signal again afterwards."""
    config = uvicorn.Config(
        create_app(settings, personas),
        # an access log would carry the addresses of people
        access_log=False,
        log_level=settings.log_level,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws_max_size=MESSAGE_BYTES,
        ws_per_message_deflate=False,
    )
    uvicorn.Server(config).run(sockets=[claimed])
