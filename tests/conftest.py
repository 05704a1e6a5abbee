"""What every test may ask for: real engines, one database a worker, empty tables after each test.

The engines start once per run, in the process that hands out the tests; its workers are told the
addresses. `settings` are those of this worker, `database` opens its database for one test, and
`redis_url` is the address of Valkey. Use `noaber_template` to make databases of your own from.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import asyncpg
import hypothesis
import pytest
from tortoise import Tortoise

import models.database
from server import migration
from server.engines import Addresses, running
from server.settings import Environment, Settings, read
from tests import snapshot
from tests.beginning import SECRET

pytest_plugins = [
    *("tests.inside", "tests.running", "tests.server.browser"),
    *("tests.http.node", "tests.attacks.form"),
]

TEMPLATE = "noaber_template"
ADDRESSES = pytest.StashKey[Addresses]()
ENGINES = pytest.StashKey[ExitStack]()

# the same examples each time; `--hypothesis-profile=chance` looks for new ones
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("chance", deadline=None, print_blob=True)
hypothesis.settings.load_profile("same")


class Node(Protocol):
    """A worker of pytest-xdist, as the process that hands out the tests knows it."""

    config: pytest.Config
    workerinput: dict[str, Any]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the engines, unless this process is a worker or only looks at what tests there are."""
    config = session.config
    told: dict[str, str] | None = getattr(config, "workerinput", None)
    if told:
        config.stash[ADDRESSES] = Addresses(told["database_url"], told["redis_url"])
    elif not config.option.collectonly:
        config.stash[ADDRESSES] = _start_engines(config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Node) -> None:
    """Tell a worker where the engines are."""
    addresses = node.config.stash[ADDRESSES]
    node.workerinput["database_url"] = addresses.database_url
    node.workerinput["redis_url"] = addresses.redis_url


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the engines, after the last worker has gone."""
    if ENGINES in config.stash:
        config.stash[ENGINES].close()


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """Tests run on asyncio's own loop."""
    return "asyncio", {"use_uvloop": False}


@pytest.fixture(scope="session")
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of this worker: its own database, made from the template, and channels."""
    addresses = request.config.stash[ADDRESSES]
    worker: str = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"noaber_{worker}"
    asyncio.run(_make_database(addresses.database_url, name, TEMPLATE))
    return Settings(
        environment=Environment.TEST,
        database_url=named(addresses.database_url, name),
        redis_url=addresses.redis_url,
        channel_prefix=name,
        secret=SECRET,
        pictures_url=tmp_path_factory.mktemp("pictures").as_uri(),
    )


@pytest.fixture
def redis_url(settings: Settings) -> str:
    """The address of Valkey."""
    return settings.redis_url


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[None]:
    """Tortoise on the worker's database, whose tables are emptied after the test."""
    config = models.database.config(settings.database_url)
    await Tortoise.init(config=config, _enable_global_fallback=True)
    try:
        yield
        await snapshot.empty()
    finally:
        await Tortoise.close_connections()


def named(database_url: str, name: str) -> str:
    """The address of the database `name` on the same server."""
    return urlsplit(database_url)._replace(path=f"/{name}").geturl()


def _start_engines(config: pytest.Config) -> Addresses:
    """Start what the environment does not give, and build the template database."""
    stack = config.stash[ENGINES] = ExitStack()
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="noaber-test-")))
    folder.chmod(0o711)  # as root, PostgreSQL runs as `nobody` and has to come in
    given = read(environment=Environment.TEST)
    addresses = stack.enter_context(
        running(folder, database_url=given.database_url, redis_url=given.redis_url, durable=False)
    )
    asyncio.run(_build_template(addresses.database_url))
    return addresses


async def _build_template(database_url: str) -> None:
    await _make_database(database_url, TEMPLATE, "template1")
    await migration.apply(named(database_url, TEMPLATE))


async def _make_database(database_url: str, name: str, template: str) -> None:
    connection = await asyncpg.connect(database_url, timeout=10)
    try:
        await connection.execute(f'drop database if exists "{name}" with (force)')
        await connection.execute(f'create database "{name}" template "{template}"')
    finally:
        await connection.close()
