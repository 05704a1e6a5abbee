"""Whether the process lives, and whether requests should come to it: in words, never in names."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse

import models.database
from realtime import gauge
from realtime.hub import Hub
from realtime.outage import Outage
from server import migration

PART_SECONDS = 2.0
# whoever asks more often is told what the last one was
REMEMBERED_SECONDS = 1.0

Check = Callable[[], Awaitable[bool]]


class State(StrEnum):
    """How one part is. What went wrong stands in the log of that part, not here."""

    OK = "ok"
    FAILED = "failed"
    LATE = "late"


async def healthz(_request: Request) -> PlainTextResponse:
    """Answers as long as the event loop turns."""
    return PlainTextResponse("ok\n")


class Readiness:
    """Looks at each part, all at once and each within `PART_SECONDS`; one a process.

    `is_draining` is set when the process was told to stop. Parts in `spared` are told and do not
    count.
    """

    def __init__(self, checks: Mapping[str, Check], spared: frozenset[str] = frozenset()) -> None:
        self.is_draining = False
        self._checks = checks
        self._outages = {name: Outage(f"being ready: {name}") for name in checks}
        self._spared = spared
        self._known: dict[str, State] = {}
        self._known_until = 0.0
        self._looking = asyncio.Lock()

    async def look(self) -> dict[str, State]:
        """How each part is; who comes at the same time shares one look."""
        loop = asyncio.get_running_loop()
        async with self._looking:
            if loop.time() >= self._known_until:
                states = await asyncio.gather(*map(self._state, self._checks))
                self._known = dict(zip(self._checks, states, strict=True))
                self._known_until = loop.time() + REMEMBERED_SECONDS
            return self._known

    async def _state(self, name: str) -> State:
        try:
            async with asyncio.timeout(PART_SECONDS):
                is_well = await self._checks[name]()
        except TimeoutError as error:
            self._outages[name].begin(error)
            return State.LATE
        except Exception as error:
            # whatever it was, this part does not do what it is there for
            self._outages[name].begin(error)
            return State.FAILED
        self._outages[name].end()
        return State.OK if is_well else State.FAILED

    async def readyz(self, _request: Request) -> JSONResponse:
        """200 when requests should come here, else 503; with a word for each part."""
        parts = await self.look()
        failing = [part for part, state in parts.items() if state is not State.OK]
        is_ready = not self.is_draining and self._spared.issuperset(failing)
        told = {"ready": is_ready, "draining": self.is_draining, "parts": parts}
        headers = {"Cache-Control": "no-store"}
        return JSONResponse(told, 200 if is_ready else 503, headers)


def of_server(hub: Callable[[], Hub], *, without_valkey: bool = False) -> Readiness:
    """What a server stands on: PostgreSQL as it should be, and a Valkey that brings bells back."""
    return Readiness(
        {
            "database": _database,
            "migrations": migration.is_current,
            "valkey": lambda: gauge.ping(hub()),
            "doorbell": lambda: gauge.echo(hub()),
        },
        frozenset({"valkey", "doorbell"} if without_valkey else ()),
    )


async def _database() -> bool:
    await models.database.connection().execute_query("select 1")
    return True
