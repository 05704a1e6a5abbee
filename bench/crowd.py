"""A crowd that follows one feed, as cheap as Python allows: the client must not be the limit.

`python -m bench.crowd` reads a `Crowd` as JSON and writes a `Gathering` as JSON.
"""

import asyncio
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import orjson
import uvloop

from bench.connection import Connection
from bench.follower import Follower, Hall
from bench.process import HOST, cpu_seconds

OPEN_AT_ONCE = 100
SEAT_SECONDS = 240.0
HEAR_SECONDS = 60.0
SETTLE_SECONDS = 3.0
FILES = 12_000


@dataclass(frozen=True)
class Crowd:
    """Who follows (a token a socket), by which document, and what is published, how often.

    `idle_seconds`: how long to look at what a silent crowd costs, before the first post.
    """

    port: int
    pid: int
    tokens: Sequence[str]
    document: str
    variables: dict[str, str]
    author: str
    request: str
    posts: int
    pause: float
    idle_seconds: float = 0.0


@dataclass(frozen=True)
class Gathering:
    """What came of it. `milliseconds`: from the moment that the event bears, which is taken just
    before the commit, to the last delivery, of each post. CPU and memory are the server's.
    """

    followers: int
    seated_seconds: float
    kilobytes: float
    idle_cpu: float
    cpu_seconds: float
    posts: int
    delivered: int
    milliseconds: Sequence[float]


async def gather(crowd: Crowd) -> Gathering:
    """Seat all, look at them in silence, publish one post after the other."""
    hall = Hall(len(crowd.tokens))
    before = kilobytes(crowd.pid)
    began = time.perf_counter()
    followers = await _seat(crowd, hall)
    seated = time.perf_counter() - began
    await asyncio.sleep(SETTLE_SECONDS)
    held = kilobytes(crowd.pid) - before
    idle = await _idle(crowd)
    spent = cpu_seconds(crowd.pid)
    await _publish(crowd, hall)
    spent = cpu_seconds(crowd.pid) - spent
    for follower in followers:
        follower.leave()
    waits = [round((hall.last[n] - _moment(hall.moments[n])) * 1000, 3) for n in hall.last]
    delivered = sum(hall.heard.values())
    return Gathering(
        len(followers), seated, held, idle, spent, crowd.posts, delivered, sorted(waits)
    )


def kilobytes(pid: int) -> float:
    """The memory that a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    [line] = [each for each in status.splitlines() if each.startswith("VmRSS:")]
    return float(line.split()[1])


async def _seat(crowd: Crowd, hall: Hall) -> list[Follower]:
    """Everybody connected and told where the feed stands, so many at a time."""
    turns = asyncio.Semaphore(OPEN_AT_ONCE)
    loop = asyncio.get_running_loop()

    async def sit(token: str) -> Follower:
        async with turns:
            follower = Follower(hall, token, crowd.document, crowd.variables)
            await loop.create_connection(lambda: follower, HOST, crowd.port)
            await follower.seated
            return follower

    async with asyncio.timeout(SEAT_SECONDS):
        return await asyncio.gather(*(sit(token) for token in crowd.tokens))


async def _idle(crowd: Crowd) -> float:
    """The share of a core that a silent crowd takes."""
    if not crowd.idle_seconds:
        return 0.0
    spent = cpu_seconds(crowd.pid)
    await asyncio.sleep(crowd.idle_seconds)
    return (cpu_seconds(crowd.pid) - spent) / crowd.idle_seconds


async def _publish(crowd: Crowd, hall: Hall) -> None:
    """One post after the other, each when all have heard the one before and a pause is over."""
    for number in range(1, crowd.posts + 1):
        # a connection of its own: one that is kept may be closed while a slow server tells all
        connection = await Connection.open(crowd.port, "/graphql", crowd.author)
        await connection.post(crowd.request.replace("#000000", f"#{number:06}").encode())
        async with asyncio.timeout(HEAR_SECONDS):
            await hall.all_heard(number)
        connection.close()
        await asyncio.sleep(crowd.pause)


def _moment(text: bytes) -> float:
    return datetime.fromisoformat(text.decode()).timestamp()


def main() -> None:
    """Do what is asked on the standard input."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, hard), hard))
    crowd = Crowd(**orjson.loads(sys.stdin.buffer.read()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.buffer.write(orjson.dumps(asdict(runner.run(gather(crowd)))))


if __name__ == "__main__":
    main()
