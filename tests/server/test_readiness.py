"""Readiness: a word for each part, in time, and nothing about where the parts are."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator

import asyncpg
import pytest
from tortoise.context import TortoiseContext

import models.database
from realtime.hub import Hub
from server import health, migration
from server.health import Readiness, State
from server.settings import Settings
from tests.conftest import named
from tests.realtime import stage
from tests.server import door

WELL = {"database": "ok", "migrations": "ok", "valkey": "ok", "doorbell": "ok"}
NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
async def empty(settings: Settings) -> AsyncIterator[str]:
    """The address of a database without migrations."""
    name = f"{settings.channel_prefix}_unready"
    owner = await asyncpg.connect(settings.database_url)
    await owner.execute(f"create database {name}")
    yield named(settings.database_url, name)
    await owner.execute(f"drop database {name} with (force)")
    await owner.close()


async def test_all_is_well_when_the_bell_comes_back(hub: Hub) -> None:
    readiness = health.of_server(lambda: hub)
    await stage.until(lambda: hub.connected)
    assert await readiness.look() == WELL


async def test_an_older_database_is_not_up_to_date_until_it_is_migrated(empty: str) -> None:
    async with TortoiseContext() as context:
        await context.init(config=models.database.config(empty, pool_size=1))
        readiness = Readiness({"migrations": migration.is_current})
        assert await readiness.look() == {"migrations": State.FAILED}
        await migration.apply(empty)
        await asyncio.sleep(health.REMEMBERED_SECONDS)
        assert await readiness.look() == {"migrations": State.OK}


async def test_a_part_that_hangs_is_late_and_holds_up_no_other() -> None:
    async def hang() -> bool:
        await asyncio.Event().wait()
        return True

    async def answer() -> bool:
        return True

    readiness = Readiness({"hanging": hang, "answering": answer})
    assert await readiness.look() == {"hanging": State.LATE, "answering": State.OK}


async def test_many_who_ask_at_once_are_told_of_one_look() -> None:
    looks = []

    async def count() -> bool:
        looks.append(1)
        return True

    readiness = Readiness({"counted": count})
    told = await asyncio.gather(*(readiness.look() for _ in range(50)))
    assert (len(looks), told) == (1, [{"counted": State.OK}] * 50)


def test_without_valkey_a_server_is_not_ready_and_tells_no_address(settings: Settings) -> None:
    deaf = settings.model_copy(update={"redis_url": NOBODY})
    with door.opened(deaf) as opened:
        status, told = opened.ready()
        assert (status, told) == (
            503,
            {
                "ready": False,
                "draining": False,
                "parts": WELL | {"valkey": "failed", "doorbell": "failed"},
            },
        )


def test_without_valkey_it_is_ready_where_that_is_wanted(settings: Settings) -> None:
    deaf = settings.model_copy(update={"redis_url": NOBODY})
    with door.opened(deaf, {"NOABER_READY_WITHOUT_VALKEY": "true"}) as opened:
        status, told = opened.ready()
        assert (status, told["ready"], told["parts"]["doorbell"]) == (200, True, "failed")


def test_whoever_is_told_to_stop_says_so_first_and_serves_on_meanwhile(settings: Settings) -> None:
    with door.opened(settings, {"NOABER_DRAIN_SECONDS": "3"}) as opened:
        assert opened.ready() == (200, {"ready": True, "draining": False, "parts": WELL})
        process = opened.server.process
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert opened.ready() == (503, {"ready": False, "draining": True, "parts": WELL})
        assert opened.get("/healthz").text == "ok\n"
        assert process.poll() is None
        assert process.wait(20) == -signal.SIGTERM


def test_a_second_signal_does_not_wait(settings: Settings) -> None:
    with door.opened(settings, {"NOABER_DRAIN_SECONDS": "300"}) as opened:
        process = opened.server.process
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == -signal.SIGTERM
