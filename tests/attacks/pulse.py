"""How long a server's event loop was kept busy: the processor time of its main thread."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from tests.running import Server

T = TypeVar("T")
BOUND = 0.1
TIMES = 3


def busy(server: Server) -> float:
    """The seconds that the main thread of a server has run so far."""
    pid = server.process.pid
    nanoseconds = Path(f"/proc/{pid}/task/{pid}/schedstat").read_text("ascii").split()[0]
    return int(nanoseconds) / 1e9


async def measured(server: Server, attack: Callable[[], Awaitable[T]]) -> tuple[T, float]:
    """What comes of an attack, and the least that it kept the loop busy of a few tries.

    The machine is shared and the processor's caches are too: one try may be slow for that alone.
    """
    least = float("inf")
    for _ in range(TIMES):
        before = busy(server)
        result = await attack()
        least = min(least, busy(server) - before)
        if least < BOUND / 2:
            break
    return result, least
