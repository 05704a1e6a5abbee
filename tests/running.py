"""The real server as processes of its own, on the test's database and Valkey."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO

import httpx
import pytest

from server.settings import Settings
from tests.client import Client
from tests.world import World

ROOT = Path(__file__).parent.parent
START_SECONDS = 50.0
STOP_SECONDS = 15.0

As = Callable[[str], Client]


@dataclass
class Server:
    """One server process."""

    port: int
    process: subprocess.Popen[bytes]

    def client(self, token: str | None = None) -> Client:
        """A client with this bearer token."""
        host = f"127.0.0.1:{self.port}"
        return Client(f"http://{host}/graphql", f"ws://{host}/graphql", token)


@contextmanager
def running(
    settings: Settings,
    environment: Mapping[str, str] = MappingProxyType({}),
    *,
    command: Sequence[str] = ("-m", "server", "serve"),
    log: IO[str] | None = None,
) -> Iterator[Server]:
    """Start a server with more settings, wait until it answers, stop it afterwards."""
    port = _free_port()
    told = {**os.environ, **_told(settings, port), **environment}
    run = [sys.executable, *command]
    process = subprocess.Popen(run, cwd=ROOT, env=told, stdout=log, stderr=log)
    try:
        _await_answer(f"http://127.0.0.1:{port}/healthz", process)
        yield Server(port, process)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


@pytest.fixture(scope="session")
def server(settings: Settings) -> Iterator[Server]:
    """One server for all the journeys of this worker."""
    with running(settings) as started:
        yield started


@pytest.fixture
def as_(server: Server, world: World) -> As:
    """A client of the server as one of the personas of the world: `as_("neighbour")`."""
    return lambda persona: server.client(world.people[persona].token)


def _told(settings: Settings, port: int) -> dict[str, str]:
    """What the environment tells a server of the tests."""
    return {
        "DATABASE_URL": str(settings.database_url),
        "REDIS_URL": str(settings.redis_url),
        "NOABER_ENVIRONMENT": "test",
        "NOABER_CHANNEL_PREFIX": settings.channel_prefix,
        "NOABER_SECRET": settings.secret,
        "NOABER_RATES": "1000",
        "NOABER_PICTURES_URL": settings.pictures_url,
        "NOABER_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
    }


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _await_answer(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the server stopped while it started"
        try:
            if httpx.get(address, timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError("the server did not answer")
