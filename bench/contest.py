"""`make bench-live`: ours, the ordinary way and a bare loop, before crowds of several sizes.

It uses a temporary folder and loopback only, and judges nothing: compare the ratios of one run.
"""

import asyncio
import os
import platform
import resource
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import orjson

from bench import document
from bench.crowd import Crowd, Gathering
from bench.place import Place, prepared, settle
from bench.process import Process, ask, serving
from bench.report import percentile, table

RESULTS = Path(__file__).parent / "live.json"
SIZES = tuple(int(each) for each in os.environ.get("SIZES", "100,1000,5000").split(","))
IDLE = int(os.environ.get("IDLE", "10000"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
IDLE_SECONDS = 60.0
FILES = 12_000
# how many posts a crowd of each kind hears: what takes long is asked for less
POSTS = {"ours": 40, "loop": 40, "ordinary": 10}
PAUSE = 0.1
HEAD = (
    *("server", "followers", "CPU µs a delivery", "of the loop", "of the ordinary"),
    *("p50 ms", "p99 ms", "KB a follower", "connections/s"),
)
SERVERS = {
    "ours": ("server", "serve"),
    "loop": ("bench.loop",),
    "ordinary": ("bench.ordinary",),
}
Results = Mapping[str, Sequence[Gathering]]


def main() -> None:
    """Measure, write the results, print them as Markdown."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, hard), hard))
    before = os.getloadavg()
    with prepared(1) as place:
        tokens = asyncio.run(settle(place, max(*SIZES, IDLE)))
        results = {
            f"{name} {size}": [_gather(place, name, tokens[:size]) for _ in range(ROUNDS)]
            for size in (0, *SIZES)
            for name in (SERVERS if size else ("ours",))
        }
        idle = _gather(place, "ours", tokens[:IDLE], 1, IDLE_SECONDS) if IDLE else None
    told = {name: [asdict(each) for each in rounds] for name, rounds in results.items()}
    written = {"load_average": [before, os.getloadavg()], "crowds": told}
    RESULTS.write_bytes(orjson.dumps(written | {"idle": idle}, option=orjson.OPT_INDENT_2))
    print(_report(results, idle, before))


def _gather(
    place: Place, name: str, tokens: Sequence[str], posts: int = 0, idle_seconds: float = 0.0
) -> Gathering:
    """One crowd before a fresh server."""
    with serving(*SERVERS[name], addresses=place.addresses) as process:
        crowd = _crowd(place, process, tokens, posts or POSTS[name], idle_seconds)
        return Gathering(**ask("bench.crowd", asdict(crowd)))


def _crowd(
    place: Place, process: Process, tokens: Sequence[str], posts: int, idle_seconds: float
) -> Crowd:
    given = {
        "neighbourhoodId": place.neighbourhood_id,
        "kind": "MESSAGE",
        "body": f"#000000 {document.WORDS}",
    }
    request = document.body(document.CREATE_POST, input=given).decode()
    return Crowd(
        port=process.port,
        pid=process.pid,
        tokens=tokens,
        document=document.FEED_EVENTS,
        variables={"id": place.neighbourhood_id},
        author=place.author,
        request=request,
        posts=posts,
        pause=PAUSE,
        idle_seconds=idle_seconds,
    )


def _report(results: Results, idle: Gathering | None, before: tuple[float, float, float]) -> str:
    machine = f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    load = f"load average {before[0]:.1f} before the run and {os.getloadavg()[0]:.1f} after it"
    parts = [f"{machine}; {load}; medians of {ROUNDS}", table(HEAD, _rows(results))]
    if idle is not None:
        parts.append(
            f"{idle.followers:,} idle subscriptions: {idle.kilobytes / 1e6:.2f} GB,"
            f" {idle.idle_cpu:.1%} of a core; all of them heard one post"
            f" {idle.milliseconds[-1]:,.0f} ms after its commit"
        )
    return "\n\n".join(parts)


def _rows(results: Results) -> list[Sequence[str]]:
    publishing = statistics.median(each.cpu_seconds / each.posts for each in results["ours 0"])
    rows: list[Sequence[str]] = []
    for size in SIZES:
        costs = {name: _cost(results[f"{name} {size}"], name, publishing) for name in SERVERS}
        for name, cost in costs.items():
            rounds = results[f"{name} {size}"]
            waits = sorted(wait for each in rounds for wait in each.milliseconds)
            rows.append(
                (
                    *(name, f"{size:,}", f"{cost:.1f}", f"{cost / costs['loop']:.2f}"),
                    f"1/{costs['ordinary'] / cost:.1f}",
                    f"{percentile(waits, 0.5):,.0f}",
                    f"{percentile(waits, 0.99):,.0f}",
                    f"{statistics.median(r.kilobytes for r in rounds) / size:.1f}",
                    f"{_speed(rounds):,.0f}",
                )
            )
    return rows


def _cost(rounds: Sequence[Gathering], name: str, publishing: float) -> float:
    """CPU microseconds of one delivery; of ours, what publishing to nobody costs is taken off."""
    spared = publishing if name == "ours" else 0.0
    costs = [(each.cpu_seconds - spared * each.posts) * 1e6 / each.delivered for each in rounds]
    return statistics.median(costs)


def _speed(rounds: Sequence[Gathering]) -> float:
    return statistics.median(each.followers / each.seated_seconds for each in rounds)


if __name__ == "__main__":
    main()
