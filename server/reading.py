"""What a server and a worker tell of themselves, one reading after the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import models.database
from realtime.gauge import Gauge
from realtime.hub import Hub
from resolvers import queue
from server.bound import Bounds
from server.group import Groups
from server.metrics import Reading, Readings


@dataclass(frozen=True)
class Live:
    """Where to read what a server does for those who are connected."""

    bounds: Bounds
    groups: Groups
    is_draining: Callable[[], bool]

    def subscriptions(self, hub: Hub) -> int:
        """Who follows a stream: members of groups, and those who are told alone."""
        return Gauge.of(hub).listeners - self.groups.count + self.groups.members


def of_process(hub: Hub) -> Readings:
    """What every process tells: its pool, and how it stands with Valkey."""
    told = Readings()
    told.add("pool_connections", "Connections to PostgreSQL.", _connections, "state")
    told.add(
        "pool_waiting",
        "Those who wait for a connection to PostgreSQL.",
        lambda: models.database.load().waiting,
    )
    told.add("bell_heard", "Whether bells of other processes are heard.", lambda: hub.connected)
    told.add("bells", "Bells heard and not looked at yet.", lambda: Gauge.of(hub).bells)
    return told


def of_server(hub: Hub, live: Live) -> Readings:
    """What a server tells besides: who is connected, and how far what they are told is."""
    told = of_process(hub)
    told.add("draining", "Whether it was told to stop.", live.is_draining)
    told.add("sockets", "Open sockets.", lambda: live.bounds.sockets)
    told.add("sockets_most", "Sockets it takes at most.", lambda: live.bounds.max_sockets)
    told.add("subscriptions", "Who follows a stream.", lambda: live.subscriptions(hub))
    told.add("groups", "Groups that share one answer.", lambda: live.groups.count)
    told.add("streams", "Streams that are followed here.", lambda: Gauge.of(hub).streams)
    told.add(
        "events_behind",
        "Events of followed streams that are written and not read here yet.",
        lambda: Gauge.of(hub).behind,
    )
    return told


async def of_queues() -> list[Reading]:
    """What waits for the worker, asked of the database."""
    queues = await queue.waiting(datetime.now(UTC))
    waiting = {name: float(each.waiting) for name, each in queues.items()}
    seconds = {name: each.seconds for name, each in queues.items()}
    return [
        Reading("queue", "What is due and not done.", partial(dict, waiting), "queue"),
        Reading("queue_seconds", "How long the first waits.", partial(dict, seconds), "queue"),
    ]


def _connections() -> dict[str, float]:
    load = models.database.load()
    return {"used": load.used, "free": load.free}
