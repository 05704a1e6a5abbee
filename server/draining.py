"""A server that says it is going before it goes: whoever sends it requests has time to notice."""

import asyncio
import signal
from types import FrameType

import structlog
import uvicorn

from server.bound import Config
from server.health import Readiness

log = structlog.get_logger("noaber.server")


class Server(uvicorn.Server):
    """At SIGTERM it is not ready any more, serves on for `seconds`, and only then shuts down.

    Ctrl-C and a second SIGTERM do not wait.
    """

    def __init__(self, config: Config, readiness: Readiness, seconds: float) -> None:
        super().__init__(config)
        self._readiness = readiness
        self._seconds = seconds
        self._loop: asyncio.AbstractEventLoop | None = None

    async def main_loop(self) -> None:
        """Serve; from now on there is a loop in which to wait."""
        self._loop = asyncio.get_running_loop()
        await super().main_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Hear a signal."""
        begins = sig == signal.SIGTERM and self._seconds and not self._readiness.is_draining
        self._readiness.is_draining = True
        if not begins or self._loop is None:
            super().handle_exit(sig, frame)
            return
        self._captured_signals.append(sig)
        self._loop.call_soon_threadsafe(self._drain, self._loop)

    def _drain(self, loop: asyncio.AbstractEventLoop) -> None:
        log.info("draining", seconds=self._seconds)
        loop.call_later(self._seconds, self._stop)

    def _stop(self) -> None:
        self.should_exit = True
