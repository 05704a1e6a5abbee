"""The story of a database that is lost and put back from a dump, and of those who followed it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import pytest

from server.engines.program import find_postgres
from server.settings import Settings
from tests.client import Client
from tests.conftest import named
from tests.running import ROOT, Server, running
from tests.world import World

FEED = """
subscription ($id: ID!, $after: String) {
  feedEvents(neighbourhoodId: $id, after: $after) {
    __typename cursor ... on PostPublished { post { title } }
  }
}
"""
TITLES = "query ($id: ID!) { neighbourhood(id: $id) { feed(first: 20) { nodes { title } } } }"

Tool = Callable[..., None]


@pytest.fixture
def tool() -> Tool:
    """Runs a tool of PostgreSQL, of the same version as the server."""

    def run(name: str, *given: str) -> None:
        command = [str(find_postgres().path.with_name(name)), *given]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")

    return run


@pytest.fixture
async def elsewhere(settings: Settings) -> AsyncIterator[str]:
    """The address of an empty database."""
    name = f"{settings.channel_prefix}_restored"
    owner = await asyncpg.connect(settings.database_url)
    await owner.execute(f"create database {name}")
    yield named(settings.database_url, name)
    await owner.execute(f"drop database {name} with (force)")
    await owner.close()


async def write(client: Client, world: World, title: str) -> None:
    """A neighbour posts."""
    given = {"neighbourhoodId": world.home, "kind": "MESSAGE", "title": title, "body": "b"}
    payload = await client.do("createPost", "post { id }", **given)
    assert payload["errors"] == []


async def titles(client: Client, world: World) -> list[str]:
    """The newest posts of home, without those that were there from the start."""
    answer = await client.ask(TITLES, id=world.home)
    nodes = answer["neighbourhood"]["feed"]["nodes"]
    return [each["title"] for each in nodes if each["title"].startswith("Post")]


async def followed(client: Client, world: World, *posts: str) -> list[str]:
    """Write posts while following; the cursor of each."""
    async with client.follow(FEED, id=world.home) as feed:
        for title in posts:
            await write(client, world, title)
        heard = await feed.events(len(posts))
    return [each["data"]["feedEvents"]["cursor"] for each in heard]


async def test_what_was_dumped_is_put_back_and_clients_are_told_to_read_anew(
    server: Server,
    world: World,
    settings: Settings,
    elsewhere: str,
    tool: Tool,
    tmp_path: Path,
) -> None:
    token = world.people["neighbour"].token
    before = server.client(token)
    await write(before, world, "Post 1")
    dump = str(tmp_path / "noaber.dump")
    tool("pg_dump", "--format=custom", "--file", dump, settings.database_url)
    # what is written after the dump is lost with the database
    [_, lost] = await followed(before, world, "Post 2", "Post 3")
    assert await titles(before, world) == ["Post 3", "Post 2", "Post 1"]

    tool("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={elsewhere}", dump)
    with running(settings.model_copy(update={"database_url": elsewhere})) as again:
        after = again.client(token)
        assert await titles(after, world) == ["Post 1"]
        # the new history reaches the place of the old one and passes it: no hole may come of that
        kept = (await followed(after, world, "Post 4", "Post 5", "Post 6"))[-1]
        assert await first_word(after, world, lost) == "FeedReset"
        assert await titles(after, world) == ["Post 6", "Post 5", "Post 4", "Post 1"]
        assert await next_title(after, world, kept) == "Post 7"

        # files that were put back as they had been cannot be told from those: it has to be said
        await begin_epoch(elsewhere)
        assert await first_word(after, world, kept) == "FeedReset"


async def begin_epoch(database_url: str) -> None:
    """What an operator says."""
    said = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "server", "restore-epoch"),
        env=os.environ | {"DATABASE_URL": database_url},
        cwd=ROOT,
    )
    assert await said.wait() == 0


async def first_word(client: Client, world: World, cursor: str) -> str:
    """What one is told first who comes back with a cursor."""
    async with client.follow(FEED, id=world.home, after=cursor) as feed:
        [first] = await feed.events(1)
    word: str = first["data"]["feedEvents"]["__typename"]
    return word


async def next_title(client: Client, world: World, cursor: str) -> str:
    """The post that one is told of who comes back with a cursor."""
    async with client.follow(FEED, id=world.home, after=cursor) as feed:
        await write(client, world, "Post 7")
        [first] = await feed.events(1)
    title: str = first["data"]["feedEvents"]["post"]["title"]
    return title
