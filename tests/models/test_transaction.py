"""Transactions: whatever ends one, its connection comes back, whole and ready for the next."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import date

import asyncpg
import pytest
from tortoise import Tortoise
from tortoise.exceptions import IntegrityError

import models
import models.database
from models.database import connection
from models.transaction import Retry, transaction
from server.settings import Settings

POOL = 4
ROUNDS = 300
DIE = "select pg_terminate_backend(pg_backend_pid())"
STATES = """
select state from pg_stat_activity
where datname = current_database() and application_name = 'noaber' and pid <> pg_backend_pid()
"""


@pytest.fixture
async def pool(settings: Settings, database: None) -> None:
    """A pool of four connections, on the database of the test."""
    await Tortoise.close_connections()
    config = models.database.config(settings.database_url, pool_size=POOL)
    await Tortoise.init(config=config, _enable_global_fallback=True)
    # a connection cut short while it opens leaves a future that asyncpg asks nobody about
    assert await fill_pool() == POOL


async def write(slug: str) -> None:
    await models.Neighbourhood.create(
        slug=slug, name=slug, place="Deinze", opened_on=date(2020, 3, 16), household_count=1
    )


async def together(*steps: Callable[[], Awaitable[object]]) -> None:
    """Take these steps in one transaction."""
    async with transaction():
        for step in steps:
            await step()


async def fail() -> None:
    raise ZeroDivisionError


async def slugs() -> list[str]:
    return sorted(row.slug for row in await models.Neighbourhood.all())


async def happened(event: asyncio.Event) -> None:
    async with asyncio.timeout(5):
        await event.wait()


async def fill_pool() -> int:
    """Hold every connection at once; gives how many different ones there were."""
    barrier = asyncio.Barrier(POOL)

    async def hold() -> int:
        async with transaction():
            [row] = await connection().execute_query_dict("select pg_backend_pid() as pid")
            await barrier.wait()
            return int(row["pid"])

    async with asyncio.timeout(5):
        return len(set(await asyncio.gather(*(hold() for _ in range(POOL)))))


async def test_a_transaction_cancelled_at_any_moment_gives_its_connection_back(
    pool: None,
) -> None:
    chance = random.Random(2020)
    reached: list[str] = []

    async def work() -> None:
        at = len(reached)
        reached.append("beginning")
        async with transaction():
            reached[at] = "inside"
            await connection().execute_query("select pg_sleep(0.001)")
        reached[at] = "done"

    for _ in range(ROUNDS // POOL):
        tasks = [asyncio.create_task(work()) for _ in range(POOL)]
        for task in tasks:
            # one turn of the loop is where BEGIN waits for its answer
            await asyncio.sleep(chance.choice((0, chance.uniform(0, 0.002))))
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert len(reached) == ROUNDS
    assert min(reached.count("beginning"), reached.count("inside")) >= 20
    assert await fill_pool() == POOL
    states = await connection().execute_query_dict(STATES)
    assert {row["state"] for row in states} == {"idle"}


async def test_a_block_that_ends_well_is_kept_and_one_that_raises_is_not(pool: None) -> None:
    async with transaction():
        await write("kept")
    with pytest.raises(ZeroDivisionError):
        await together(lambda: write("lost"), fail)
    assert await slugs() == ["kept"]
    assert await fill_pool() == POOL


async def test_a_cancelled_block_is_not_kept(pool: None) -> None:
    inside = asyncio.Event()

    async def work() -> None:
        async with transaction():
            await write("lost")
            inside.set()
            await asyncio.sleep(30)

    task = asyncio.create_task(work())
    await happened(inside)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await slugs() == []
    assert await fill_pool() == POOL


async def test_a_transaction_inside_another_is_refused(pool: None) -> None:
    with pytest.raises(RuntimeError, match="open already"):
        await together(lambda: write("lost"), together)
    assert await slugs() == []


async def test_a_deadlock_asks_to_try_again(pool: None) -> None:
    await write("one")
    await write("other")
    both = asyncio.Barrier(2)

    async def cross(first: str, second: str) -> None:
        async with transaction():
            await models.Neighbourhood.filter(slug=first).update(name=f"{first} first")
            await both.wait()
            await models.Neighbourhood.filter(slug=second).update(name=f"{first} first")

    outcomes = await asyncio.gather(
        cross("one", "other"), cross("other", "one"), return_exceptions=True
    )
    [loser] = [outcome for outcome in outcomes if outcome is not None]
    assert isinstance(loser, Retry)
    assert loser.extensions == {"code": "RETRY"}
    assert str(loser) == "This could not be finished now; try again."
    assert isinstance(loser.__cause__, asyncpg.DeadlockDetectedError)
    names = {row.name for row in await models.Neighbourhood.all()}
    assert len(names) == 1
    assert await fill_pool() == POOL


@pytest.mark.parametrize("limit", ["statement_timeout", "lock_timeout"])
async def test_a_wait_that_is_too_long_asks_to_try_again(pool: None, limit: str) -> None:
    await write("held")
    held = asyncio.Event()
    release = asyncio.Event()

    async def hold() -> None:
        async with transaction():
            await models.Neighbourhood.filter(slug="held").update(name="mine")
            held.set()
            await happened(release)

    holder = asyncio.create_task(hold())
    await happened(held)
    with pytest.raises(Retry):
        await together(
            lambda: connection().execute_query(f"set local {limit} = '50ms'"),
            lambda: models.Neighbourhood.filter(slug="held").update(name="yours"),
        )
    release.set()
    await holder
    assert [row.name for row in await models.Neighbourhood.all()] == ["mine"]
    assert await fill_pool() == POOL


async def test_a_connection_that_dies_asks_to_try_again_and_is_replaced(pool: None) -> None:
    with pytest.raises(Retry):
        await together(lambda: write("lost"), lambda: connection().execute_query(DIE))
    assert await slugs() == []
    assert await fill_pool() == POOL


async def test_what_the_database_forbids_is_no_reason_to_try_again(pool: None) -> None:
    with pytest.raises(IntegrityError):
        await together(lambda: write("twice"), lambda: write("twice"))
    assert await slugs() == []
    assert await fill_pool() == POOL
