"""The clients of docs/clients on the real server, and what other people's tools say of the SDL."""

import shutil
from pathlib import Path

import pytest

import schema
from tests.http import node
from tests.running import As
from tests.source import ROOT
from tests.world import World

CLIENTS = sorted((ROOT / "docs" / "clients").glob("*.mjs"))


@pytest.fixture
def snippets(packages: Path) -> Path:
    """Copies of the clients where their packages are found."""
    folder = packages / "node_modules" / ".noaber"
    shutil.copytree(ROOT / "docs" / "clients", folder, dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize("client", CLIENTS, ids=lambda path: path.stem)
async def test_a_client_asks_writes_and_hears_of_it(
    as_: As, world: World, snippets: Path, client: Path
) -> None:
    me = as_("resident")
    assert me.token is not None
    told = await node.run(
        "trial.mjs", str(snippets / client.name), me.http, me.ws, me.token, str(world.home)
    )
    assert told["home"]["neighbourhood"]["id"] == str(world.home)
    assert told["written"]["createPost"]["errors"] == []
    written = told["written"]["createPost"]["post"]
    assert written["body"] == "Koffie om vier uur?"
    assert told["heard"][-1] == {"__typename": "PostPublished", "post": written}


async def test_compilers_take_the_sdl(packages: Path) -> None:
    sdl = Path(schema.__file__).with_name("schema.graphql")
    told = await node.run("sdl.mjs", str(sdl))
    assert told["relay"] == {
        "status": 0,
        "said": "",
        "files": [
            "FeedOfNeighbourhood.graphql.js",
            "FeedOfNeighbourhoodPageQuery.graphql.js",
            "FeedQuery.graphql.js",
        ],
    }
    assert told["codegen"] == [
        "export type PageInfo",
        "export type PageQuery",
        "export type PostConnection",
    ]


def test_there_is_a_client_of_each_kind() -> None:
    assert [path.stem for path in CLIENTS] == ["apollo", "graphql-ws", "sse", "urql"]
