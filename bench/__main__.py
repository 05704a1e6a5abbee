"""`make bench`: our server and the yardstick, measured by turns; then the live feed.

It takes about a minute and a half, touches nothing but a temporary folder, and judges nothing:
compare the ratios of one run, never the numbers of two.
"""

import asyncio
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from bench import document, report
from bench.connection import Connection
from bench.live import Audience, Performance
from bench.load import Load, Round
from bench.place import Place, prepared
from bench.process import Process, ask, serving

RESULTS = Path(__file__).parent / "results.json"
ROUNDS = 3
WARM_UP = 1.0
SECONDS = 3.0
AUDIENCES = (0, 1, 100)
POSTS = 50
RATE = 10.0


def main() -> None:
    """Measure, write the results, print them as Markdown."""
    before = os.getloadavg()
    with (
        prepared(max(AUDIENCES)) as place,
        serving("server", "serve", addresses=place.addresses) as ours,
        serving("bench.unwalled", "serve", addresses=place.addresses) as unwalled,
        serving("bench.bare", addresses=place.addresses) as bare,
    ):
        requests = _measure_requests(place, {"ours": ours, "unwalled": unwalled}, bare)
        live = {str(count): _perform(place, ours, count) for count in AUDIENCES}
    told = {name: [asdict(each) for each in rounds] for name, rounds in requests.items()}
    heard = {count: asdict(each) for count, each in live.items()}
    results = {"load_average_before": before, "requests": told, "live": heard}
    RESULTS.write_bytes(orjson.dumps(results, option=orjson.OPT_INDENT_2))
    print(report.write(requests, live, before))


def _measure_requests(
    place: Place, servers: dict[str, Process], bare: Process
) -> dict[str, list[Round]]:
    """The rounds of each kind of request; where there are several servers, they take turns."""
    feed_page = document.body(document.FEED_PAGE, id=place.neighbourhood_id)
    asked = {"feed page": feed_page, "viewer": document.body(document.VIEWER)}
    rounds: dict[str, list[Round]] = {}
    for subject, body in asked.items():
        path = f"/{subject.partition(' ')[0]}"
        contest = {name: (server, "/graphql", body) for name, server in servers.items()}
        contest["bare"] = (bare, path, body)
        _check_same(place, *contest.values())
        for _ in range(ROUNDS):
            for name, each in contest.items():
                rounds.setdefault(f"{subject}, {name}", []).append(_load(place, *each))
    post = document.new_post(place.neighbourhood_id)
    for _ in range(ROUNDS):
        for name, server in servers.items():
            load = _load(place, server, "/graphql", post)
            rounds.setdefault(f"createPost, {name}", []).append(load)
    return rounds


def _load(place: Place, process: Process, path: str, body: bytes) -> Round:
    load = Load(
        port=process.port,
        pid=process.pid,
        path=path,
        token=place.author,
        body=body.decode(),
        warm_up=WARM_UP,
        seconds=SECONDS,
    )
    return Round(**ask("bench.load", asdict(load)))


def _perform(place: Place, ours: Process, followers: int) -> Performance:
    audience = Audience(
        port=ours.port,
        pid=ours.pid,
        neighbourhood_id=place.neighbourhood_id,
        author=place.author,
        followers=place.neighbours[:followers],
        posts=POSTS,
        rate=RATE,
    )
    return Performance(**ask("bench.live", asdict(audience)))


def _check_same(place: Place, *asked: tuple[Process, str, bytes]) -> None:
    """Servers are only compared where they say the same."""
    first, *others = (asyncio.run(_ask_once(place.author, *each)) for each in asked)
    if any(other["data"] != first["data"] for other in others):
        raise RuntimeError("the servers do not give the same answer")


async def _ask_once(token: str, process: Process, path: str, body: bytes) -> Any:
    connection = await Connection.open(process.port, path, token)
    try:
        return orjson.loads(await connection.post(body))
    finally:
        connection.close()


if __name__ == "__main__":
    main()
