"""A server with a second port for operators, and what it tells there."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from server.engines.port import free_port
from server.settings import Settings
from tests.running import ROOT, Server, running


@dataclass
class Door:
    """A process that may be asked by operators."""

    server: Server
    port: int

    def get(self, path: str) -> httpx.Response:
        """What the second port answers."""
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=5)

    def ready(self) -> tuple[int, dict[str, Any]]:
        """What the first port, which everybody reaches, says of its readiness."""
        answer = httpx.get(f"http://127.0.0.1:{self.server.port}/readyz", timeout=5)
        return answer.status_code, answer.json()

    def samples(self) -> dict[tuple[str, ...], float]:
        """Our figures by name and the values of their labels."""
        return samples(self.get("/metrics").text)


def samples(text: str) -> dict[tuple[str, ...], float]:
    """Our figures in a text of Prometheus, by name and the values of their labels."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("noaber_")
    }


@contextmanager
def opened(
    settings: Settings,
    environment: Mapping[str, str] = MappingProxyType({}),
    log: IO[str] | None = None,
) -> Iterator[Door]:
    """A server with these settings beside the usual ones."""
    port = free_port()
    given = {"NOABER_METRICS_PORT": str(port), **environment}
    with running(settings, given, log=log) as server:
        yield Door(server, port)


async def of_worker(
    settings: Settings, until: Callable[[dict[tuple[str, ...], float]], bool]
) -> dict[tuple[str, ...], float]:
    """What a worker tells once it tells enough; it is ready by then."""
    port = free_port()
    given = {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "NOABER_CHANNEL_PREFIX": settings.channel_prefix,
        "NOABER_SECRET": settings.secret,
        "NOABER_METRICS_PORT": str(port),
    }
    command = (sys.executable, "-m", "server", "worker")
    worker = await asyncio.create_subprocess_exec(*command, env=os.environ | given, cwd=ROOT)
    try:
        base = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=base) as client, asyncio.timeout(30):
            while True:
                with suppress(httpx.TransportError):
                    ready = await client.get("/readyz")
                    told = samples((await client.get("/metrics")).text)
                    if ready.status_code == 200 and until(told):
                        return told
                await asyncio.sleep(0.1)
    finally:
        worker.terminate()
        await worker.wait()
