"""The load: the same request over kept-alive connections, for some seconds, and what it took.

`python -m bench.load` reads a `Load` as JSON and writes a `Round` as JSON.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import orjson
import uvloop

from bench.connection import Connection
from bench.process import cpu_seconds

CONNECTIONS = 8
SPARE_SECONDS = 20.0


@dataclass(frozen=True)
class Load:
    """What to send to whom; `warm_up` and `seconds` in seconds, `pid` is whose CPU is read."""

    port: int
    pid: int
    path: str
    token: str
    body: str
    warm_up: float
    seconds: float


@dataclass(frozen=True)
class Round:
    """What one round took: seconds, CPU seconds of the server, milliseconds of each request."""

    seconds: float
    cpu_seconds: float
    milliseconds: Sequence[float]


async def measure(load: Load) -> Round:
    """Warm the server up, then measure a round. Raises `RuntimeError` for a bad answer."""
    async with asyncio.timeout(load.warm_up + load.seconds + SPARE_SECONDS):
        connections = [
            await Connection.open(load.port, load.path, load.token) for _ in range(CONNECTIONS)
        ]
        await _press(connections, load.body.encode(), load.warm_up)
        began, spent = time.perf_counter(), cpu_seconds(load.pid)
        milliseconds = await _press(connections, load.body.encode(), load.seconds)
        spent, took = cpu_seconds(load.pid) - spent, time.perf_counter() - began
    for connection in connections:
        connection.close()
    return Round(took, spent, milliseconds)


async def _press(connections: Sequence[Connection], body: bytes, seconds: float) -> list[float]:
    end = time.perf_counter() + seconds
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_repeat(each, body, end)) for each in connections]
    return [took for task in tasks for took in task.result()]


async def _repeat(connection: Connection, body: bytes, end: float) -> list[float]:
    """The milliseconds of each request that began before the end."""
    milliseconds = []
    while (began := time.perf_counter()) < end:
        await connection.post(body)
        milliseconds.append(round((time.perf_counter() - began) * 1000, 3))
    return milliseconds


def main() -> None:
    """Do what is asked on the standard input."""
    load = Load(**orjson.loads(sys.stdin.buffer.read()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.buffer.write(orjson.dumps(asdict(runner.run(measure(load)))))


if __name__ == "__main__":
    main()
