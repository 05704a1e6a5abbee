"""What a server and a worker tell of themselves, figure by figure."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from models.database import pool
from realtime.gauge import Gauge
from realtime.hub import Hub
from resolvers import queue
from server.health import Readiness
from server.metrics import Figures, Value


def of_process(hub: Callable[[], Hub]) -> Figures:
    """What every process tells: its pool, and how it stands with Valkey."""
    figures = Figures()
    figures.add("pool_connections", "Connections to PostgreSQL.", _connections, "state")
    figures.add("pool_waiting", "Those who wait for a connection to PostgreSQL.", _waiting)
    figures.add(
        "bell_heard", "Whether bells of other processes are heard.", lambda: hub().connected
    )
    figures.add("bells", "Bells that were heard and not looked at yet.", lambda: _gauge(hub).bells)
    return figures


def of_server(hub: Callable[[], Hub], live: "Live", readiness: Readiness) -> Figures:
    """What a server tells besides: who is connected, and how far their events are."""
    figures = of_process(hub)
    figures.add("draining", "Whether it was told to stop.", lambda: readiness.is_draining)
    figures.add("sockets", "Open sockets.", lambda: live.sockets())
    figures.add("sockets_most", "Sockets it takes at most.", lambda: live.most_sockets)
    figures.add("streams", "Streams that are followed here.", lambda: _gauge(hub).streams)
    figures.add("subscriptions", "Subscriptions that follow a stream.", lambda: live.followers())
    figures.add("groups", "Groups that share one answer.", lambda: live.groups())
    figures.add(
        "events_behind",
        "Events of followed streams, written and not read here yet.",
        lambda: _gauge(hub).behind,
    )
    return figures
