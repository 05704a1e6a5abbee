"""The measurements as two Markdown tables."""

import math
import platform
from collections.abc import Mapping, Sequence

from bench.live import Performance
from bench.load import Round

Rows = Sequence[Sequence[str]]
REQUESTS = (
    "request, server",
    "requests/s",
    "slowest to fastest round",
    "p50 ms",
    "p99 ms",
    "CPU ms a request",
    "ours / bare",
)
LIVE = (
    "followers",
    "posts/s",
    "delivered",
    "p50 ms",
    "p99 ms",
    "server CPU",
    "CPU ms a delivered message",
)


def write(
    requests: Mapping[str, Sequence[Round]],
    live: Mapping[str, Performance],
    load_average: tuple[float, float, float],
) -> str:
    """All that was measured, for a person."""
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    quiet = f"{machine}; load average before the run {load_average[0]:.2f}"
    parts = [quiet, table(REQUESTS, _requests(requests)), table(LIVE, _live(live))]
    return "\n\n".join(parts)


def _requests(requests: Mapping[str, Sequence[Round]]) -> Rows:
    rows = []
    for name, rounds in requests.items():
        milliseconds = sorted(each for one in rounds for each in one.milliseconds)
        speeds = sorted(len(one.milliseconds) / one.seconds for one in rounds)
        cpu = sum(one.cpu_seconds for one in rounds) * 1000 / len(milliseconds)
        rows.append(
            (
                name,
                f"{_speed(rounds):,.0f}",
                f"{speeds[0]:,.0f} to {speeds[-1]:,.0f}",
                f"{percentile(milliseconds, 0.50):.1f}",
                f"{percentile(milliseconds, 0.99):.1f}",
                f"{cpu:.2f}",
                _ratio(name, requests),
            )
        )
    return rows


def _ratio(name: str, requests: Mapping[str, Sequence[Round]]) -> str:
    """How fast ours is beside the yardstick: 1.00 would be as fast."""
    subject, _, server = name.rpartition(", ")
    yardstick = requests.get(f"{subject}, bare")
    if server == "bare" or yardstick is None:
        return ""
    return f"{_speed(requests[name]) / _speed(yardstick):.3f}"


def _speed(rounds: Sequence[Round]) -> float:
    return sum(len(one.milliseconds) for one in rounds) / sum(one.seconds for one in rounds)


def _live(live: Mapping[str, Performance]) -> Rows:
    alone = live["0"]
    rows = []
    for followers, one in live.items():
        milliseconds = sorted(one.milliseconds)
        rows.append(
            (
                followers,
                f"{one.posts / one.publishing_seconds:.1f}",
                f"{one.delivered:,} of {one.posts * int(followers):,}",
                f"{percentile(milliseconds, 0.50):.1f}" if milliseconds else "",
                f"{percentile(milliseconds, 0.99):.1f}" if milliseconds else "",
                f"{one.cpu_seconds / one.seconds:.0%}",
                f"{_delivery(one, alone):.2f}" if one.delivered else "",
            )
        )
    return rows


def _delivery(one: Performance, alone: Performance) -> float:
    """CPU milliseconds of one delivery: what is left without the cost of publishing."""
    publishing = alone.cpu_seconds * one.posts / alone.posts
    return (one.cpu_seconds - publishing) * 1000 / one.delivered


def percentile(ordered: Sequence[float], share: float) -> float:
    """The nearest rank."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def table(head: Sequence[str], rows: Rows) -> str:
    rule = ["---", *["---:" for _ in head[1:]]]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows])
