"""The figures: names that nobody can make up, and what the process does, at a port of their own."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

import models
from models.database import Load, connection, load
from models.transaction import transaction
from resolvers import queue
from schema import timing
from server import reading
from server.metrics import Reading, Readings
from server.settings import Settings
from tests.client import Client
from tests.server import door
from tests.world import World

FEED = "subscription ($id: ID!) { feedEvents(neighbourhoodId: $id) { __typename } }"
COUNT = "noaber_operation_seconds_count"
ROUND = "noaber_round_seconds_count"


@pytest.fixture(scope="module")
def opened(settings: Settings) -> door.Door:  # type: ignore[misc]
    """A server that tells one name apart."""
    with door.opened(settings, {"NOABER_METRICS_OPERATIONS": "Who"}) as started:
        yield started


def client(opened: door.Door, world: World, persona: str = "neighbour") -> Client:
    return opened.server.client(world.people[persona].token)


async def test_an_operation_is_counted_by_a_name_on_the_list_or_as_another(
    opened: door.Door, world: World
) -> None:
    asking = client(opened, world)
    await asking.send("query Who { viewer { email } }")
    for number in range(30):
        await asking.send(f"query Made{number} {{ viewer {{ email }} }}")
    await asking.send("query Who { nothing }")
    told = opened.samples()
    counted = {key[1:]: value for key, value in told.items() if key[0] == COUNT}
    assert counted == {
        ("query", "Who", "ok"): 1,
        ("query", "other", "ok"): 30,
        ("query", "Who", "refused"): 1,
    }


async def test_sockets_subscriptions_streams_and_the_pool_are_read_off(
    opened: door.Door, world: World
) -> None:
    before = opened.samples()
    assert before[("noaber_sockets",)] == 0
    asking = client(opened, world)
    async with asking.follow(FEED, id=str(world.home)), asking.follow(FEED, id=str(world.home)):
        told = opened.samples()
        for name, value in {
            "sockets": 2,
            "sockets_most": 10_000,
            "subscriptions": 2,
            "groups": 1,
            "streams": 1,
            "events_behind": 0,
            "pool_waiting": 0,
            "bell_heard": 1,
            "draining": 0,
        }.items():
            assert told[(f"noaber_{name}",)] == value, name
        assert told[("noaber_pool_connections", "free")] >= 1


async def test_a_worker_tells_of_its_rounds_and_of_what_waits(settings: Settings) -> None:
    told = await door.of_worker(settings, lambda told: (ROUND, "forgetting") in told)
    rounds = {key[1] for key in told if key[0] == ROUND}
    assert rounds == {
        *("announcements", "collecting", "consents", "delivering", "figures", "forgetting"),
        *("budgets", "leaves", "old requests", "pictures", "polls", "reminders", "shares"),
    }
    assert told[("noaber_queue", "deliveries")] == 0
    assert told[("noaber_queue", "jobs given up")] == 0
    assert told[("noaber_bell_heard",)] == 1
    assert ("noaber_sockets",) not in told


def test_the_first_port_tells_no_figures(opened: door.Door) -> None:
    answer = httpx.get(f"http://127.0.0.1:{opened.server.port}/metrics")
    assert answer.status_code == 404


async def test_who_waits_for_a_connection_is_counted(database: None) -> None:
    await connection().execute_query("select 1")
    most = 10
    held = [
        asyncio.create_task(connection().execute_query("select pg_sleep(0.5)"))
        for _ in range(most + 3)
    ]
    await asyncio.sleep(0.3)
    assert load() == Load(used=most, free=0, waiting=3)
    await asyncio.gather(*held)
    assert load().waiting == 0


async def test_what_is_due_is_counted_with_how_long_it_waits(partners: World) -> None:
    names = (
        *("announcements", "shares", "consents", "deliveries", "events"),
        *("jobs", "jobs given up"),
    )
    told = {each.name: each.read() for each in await reading.of_queues()}
    assert told == {
        "queue": dict.fromkeys(names, 0.0),
        "queue_seconds": dict.fromkeys(names, 0.0),
    }
    now = datetime.now(UTC)
    await _announce(partners, now - timedelta(seconds=90))
    await _announce(partners, now + timedelta(seconds=90))
    found = (await queue.waiting(now))["announcements"]
    assert found == queue.Queue(1, 90.0)


async def _announce(world: World, publish_at: datetime) -> None:
    """An announcement that is to be published at a moment; nothing of it is read here."""
    async with transaction():
        await connection().execute_query("set local session_replication_role = replica")
        await models.Announcement.create(
            organisation_id=world.home,
            neighbourhood_ids=[],
            purpose=models.AnnouncementPurpose.COHESION,
            title="title",
            body="body",
            publish_at=publish_at,
        )


async def test_what_nobody_answers_for_leaves_the_others_in_place() -> None:
    async def fail() -> list[Reading]:
        raise ConnectionError

    readings = Readings(ask=fail)
    readings.add("sockets", "Open sockets.", lambda: 7)
    answer = await readings.metrics(None)  # type: ignore[arg-type]
    assert door.samples(bytes(answer.body).decode())[("noaber_sockets",)] == 7


def test_only_names_on_the_list_are_written_down() -> None:
    timing.tell_apart({"Feed"})
    try:
        assert [timing.known(name) for name in ("Feed", "Anna", None)] == ["Feed", "other", "other"]
    finally:
        timing.tell_apart(())
