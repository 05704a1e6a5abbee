"""Migrations: once however many start, all or nothing, and in step with the models."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from tortoise.exceptions import OperationalError

from server import migration
from server.settings import Settings
from tests.conftest import named

# every migration from the first on takes ten seconds of one core
pytestmark = pytest.mark.timeout(240)
ROOT = Path(__file__).parent.parent.parent
FLOORS = ("server", "schema", "resolvers", "realtime", "auth", "models")
NAMES = sorted(path.stem for path in (ROOT / "models/migrations").glob("0*.py"))
APPLY = """
import asyncio, sys
from server import migration
print(*asyncio.run(migration.apply(sys.argv[1])))
"""


@pytest.fixture
async def empty(settings: Settings) -> AsyncIterator[str]:
    """The address of a database with nothing in it."""
    name = f"{settings.channel_prefix}_empty"
    owner = await asyncpg.connect(settings.database_url)
    await owner.execute(f"create database {name}")
    yield named(settings.database_url, name)
    await owner.execute(f"drop database {name} with (force)")
    await owner.close()


@pytest.fixture
async def owned(settings: Settings, empty: str) -> AsyncIterator[str]:
    """The address of an empty database for its owner, who may do nothing on the server but own."""
    name = f"{settings.channel_prefix}_owner"
    server = await asyncpg.connect(settings.database_url)
    database = urlsplit(empty).path.lstrip("/")
    await server.execute(f"create role {name} login nosuperuser nocreaterole password 'geheim'")
    await server.execute(f"alter database {database} owner to {name}")
    netloc = f"{name}:geheim@{urlsplit(empty).netloc.rpartition('@')[2]}"
    yield urlsplit(empty)._replace(netloc=netloc).geturl()
    await server.execute(f"alter database {database} owner to current_user")
    schema = await asyncpg.connect(empty)
    await schema.execute(f"reassign owned by {name} to current_user; drop owned by {name}")
    await schema.close()
    await server.execute(f"drop role {name}")
    await server.close()


async def tables(database_url: str) -> set[str]:
    connection = await asyncpg.connect(database_url)
    rows = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    await connection.close()
    return {row["tablename"] for row in rows}


async def test_three_starters_at_once_migrate_once(empty: str) -> None:
    starters = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", APPLY, empty, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    told = [(await starter.communicate())[0].decode().split() for starter in starters]
    assert [starter.returncode for starter in starters] == [0, 0, 0]
    assert sorted(told) == [[], [], NAMES]


async def test_an_owner_with_no_other_right_lays_the_wall_once_it_may_take_the_role(
    settings: Settings, owned: str
) -> None:
    with pytest.raises(OperationalError, match="permission denied to grant role"):
        await migration.apply(owned)
    server = await asyncpg.connect(settings.database_url)
    await server.execute(f"grant noaber_reader to {urlsplit(owned).username}")
    await server.close()
    assert await migration.apply(owned) == NAMES
    owner = await asyncpg.connect(owned)
    async with owner.transaction():
        await owner.execute("set local role noaber_reader")
        assert await owner.fetch("select * from neighbourhood") == []
    await owner.close()


async def test_a_second_run_has_nothing_to_do(empty: str) -> None:
    assert await migration.apply(empty) == NAMES
    assert await migration.apply(empty) == []


async def test_a_migration_that_fails_leaves_nothing(empty: str) -> None:
    connection = await asyncpg.connect(empty)
    await connection.execute("create table reaction (stands_in_the_way int)")
    await connection.close()
    with pytest.raises(Exception, match='relation "reaction" already exists'):
        await migration.apply(empty)
    assert await tables(empty) == {"reaction"}


async def test_one_reaction_of_an_author_per_target_even_without_a_comment(empty: str) -> None:
    await migration.apply(empty)
    connection = await asyncpg.connect(empty)
    definition = await connection.fetchval(
        "select indexdef from pg_indexes where indexname = 'reaction_once'"
    )
    await connection.close()
    assert definition == (
        "CREATE UNIQUE INDEX reaction_once ON public.reaction USING btree "
        "(post_id, comment_id, author_id) NULLS NOT DISTINCT"
    )


async def test_the_migrations_are_in_step_with_the_models() -> None:
    assert await migration.drift() == []


def test_a_column_without_a_migration_is_drift(tmp_path: Path) -> None:
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, tmp_path / floor)
    model = tmp_path / "models/stream.py"
    column = "    nickname = fields.CharField(max_length=9, null=True)\n"
    model.write_text(model.read_text().replace("\n    class Meta:", f"{column}\n    class Meta:"))
    check = [sys.executable, "-m", "server", "migrate", "--check"]
    answer = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (
        1,
        "The models have no migration for this:\n  Add field nickname to Stream\n",
    )
