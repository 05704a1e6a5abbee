"""The second wall: who reads behind it, what stays outside, and that connections come back."""

import asyncio
import random

import pytest
from tortoise import Tortoise
from tortoise.exceptions import OperationalError

import models
import models.database
from auth import tokens
from auth.viewer import SIGNED_OUT, Viewer
from auth.visibility import behind_the_wall
from models.database import connection
from models.transaction import transaction
from models.wall import READER, Walled, reading
from server.settings import Settings
from tests.world import World

POOL = 2
ROUNDS = 200
WHO = "select current_user::text as name, pg_backend_pid() as pid"


@pytest.fixture
async def pool(settings: Settings, database: None) -> None:
    """A pool of two connections, on the database of the test."""
    await Tortoise.close_connections()
    config = models.database.config(settings.database_url, pool_size=POOL)
    await Tortoise.init(config=config, _enable_global_fallback=True)


async def of(world: World, persona: str) -> Viewer:
    """The viewer that a persona is."""
    token = world.people[persona].token
    assert token is not None
    viewer = await tokens.viewer_of(token)
    assert viewer is not None
    return viewer


async def who(viewer: Viewer | None = None) -> tuple[str, int]:
    """As whom a statement runs, and on which connection."""
    client = connection() if viewer is None else Walled(viewer.told)
    [row] = await client.execute_query_dict(WHO)
    return row["name"], row["pid"]


async def test_who_is_not_told_of_sees_nothing(world: World) -> None:
    assert await models.Post.all().count() > 0
    for told in ("", "select set_config('noaber.member_of', '', true);"):
        assert await models.Post.all().using_db(Walled(told)).count() == 0
        assert await models.Membership.all().using_db(Walled(told)).count() == 0


async def test_what_is_said_of_a_viewer_ends_with_the_transaction(world: World) -> None:
    home = await of(world, "resident")
    assert await behind_the_wall(models.Post.all(), home).count() > 0
    assert await behind_the_wall(models.Post.all(), SIGNED_OUT).count() == 0
    async with reading():
        assert await behind_the_wall(models.Post.all(), home).count() > 0
        assert await behind_the_wall(models.Post.all(), SIGNED_OUT).count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update post set body = 'anders'",
        "update post set id = gen_random_uuid()",
        "delete from post",
        "insert into epoch (id, number) values (2, 2)",
        "select * from tortoise_migrations",
        "alter table post disable row level security",
    ],
)
async def test_a_reader_changes_nothing(world: World, statement: str) -> None:
    home = await of(world, "resident")
    before = await models.Post.all().values()
    with pytest.raises(OperationalError, match=r"permission denied|row-level|must be owner"):
        await Walled(home.told).execute_query(statement)
    assert await models.Post.all().values() == before


async def test_the_application_goes_on_as_itself(pool: None) -> None:
    own, _ = await who()
    assert own != READER
    assert (await who(SIGNED_OUT))[0] == READER
    assert (await who())[0] == own
    async with transaction():
        assert [(await who(each))[0] for each in (SIGNED_OUT, None)] == [READER, own]
    async with reading():
        asked = (SIGNED_OUT, None, SIGNED_OUT, None)
        assert [(await who(each))[0] for each in asked] == [READER, own, READER, own]


async def test_an_operation_reads_on_one_connection(pool: None) -> None:
    async with reading():
        found = await asyncio.gather(*(who(SIGNED_OUT if n % 2 else None) for n in range(10)))
    assert len({pid for _, pid in found}) == 1


async def test_a_statement_that_fails_does_not_fail_the_next(pool: None) -> None:
    async with reading():
        await who(SIGNED_OUT)
        with pytest.raises(OperationalError):
            await connection().execute_query("select nothing")
        assert (await who(SIGNED_OUT))[0] == READER


async def test_a_change_takes_the_connection_of_what_was_read(pool: None) -> None:
    async def change() -> int:
        async with reading():
            await who(SIGNED_OUT)
            async with transaction():
                return (await who())[1]

    async with asyncio.timeout(5):
        assert len(await asyncio.gather(*(change() for _ in range(3 * POOL)))) == 3 * POOL


async def test_whoever_reads_on_when_the_operation_is_over_reads_alone(pool: None) -> None:
    begun = asyncio.Event()

    async def late() -> str:
        await begun.wait()
        return (await who(SIGNED_OUT))[0]

    async with reading():
        await who(SIGNED_OUT)
        task = asyncio.create_task(late())
        await asyncio.sleep(0)
    begun.set()
    assert await task == READER
    assert models.database.load().used == 0


async def test_operations_that_are_cancelled_leave_the_pool_whole(pool: None) -> None:
    chance = random.Random(20_261_125)
    own, _ = await who()

    async def operation() -> None:
        async with reading():
            await asyncio.gather(*(who(SIGNED_OUT if n % 2 else None) for n in range(4)))

    for _ in range(ROUNDS):
        task = asyncio.create_task(operation())
        await asyncio.sleep(chance.random() * 0.003)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5):
        assert [(await who())[0] for _ in range(2 * POOL)] == [own] * (2 * POOL)
        assert models.database.load().used == 0
