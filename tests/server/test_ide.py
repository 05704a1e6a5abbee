"""The IDE: works without a network, signs in as a persona, and shows a live event."""

import asyncio
import hashlib
import json
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import graphql
import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

import schema
import server.ide
from realtime.hub import Hub
from server import valkey
from server.bound import Bounds, Config
from server.endpoint import Endpoint
from server.ide import Persona
from server.protocol import Socket
from server.settings import Settings
from tests.client import Client
from tests.server.browser import PATIENCE, Browser, browser
from tests.world import World

Show = Callable[[list[Persona]], Starlette]

STATIC = server.ide.FILES / "ide"
PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def personas(world: World) -> list[Persona]:
    """Two of the people in the world of the tests, as the demo would offer them."""
    return [
        Persona(name, f"The {name} </script>", str(world.people[name].token), str(hood))
        for name, hood in [("resident", world.home), ("stranger", world.neighbourhoods["far"])]
    ]


@pytest.fixture
async def client_of_valkey(settings: Settings) -> AsyncIterator[Any]:
    """Connections that are closed in the end."""
    connected = valkey.connect(settings)
    yield connected
    await connected.aclose()


@pytest.fixture
def show(settings: Settings, hub: Hub, client_of_valkey: Any) -> Show:
    """The IDE for some personas, with the real API behind it."""

    def build(personas: list[Persona]) -> Starlette:
        shown = server.ide.routes(settings.model_copy(update={"ide": True}), personas)
        endpoint = Endpoint(settings, client_of_valkey)
        api = [Route("/graphql", endpoint), WebSocketRoute("/graphql", endpoint)]
        app = Starlette(routes=[*shown, *api])
        app.state.hub = hub
        return app

    return build


class Announcing(uvicorn.Server):
    """A server that tells its address once it listens."""

    def __init__(self, app: Starlette) -> None:
        bounds = Bounds(stall_seconds=5, request_seconds=30, max_sockets=10)
        switches = {"lifespan": "off", "ws": Socket, "log_level": "warning"}
        super().__init__(Config(app, bounds, port=0, timeout_graceful_shutdown=5, **switches))
        self.address: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        self.address.set_result(f"http://127.0.0.1:{port}/graphql")


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """The address of the application on a real socket."""
    process = Announcing(app)
    running = asyncio.create_task(process.serve())
    try:
        yield await asyncio.wait_for(process.address, 10)
    finally:
        process.should_exit = True
        await asyncio.wait_for(running, 10)


def client(app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://ide.test")


async def visit_page(tab: Browser, address: str) -> None:
    await tab.ask("Page.navigate", url=address)
    await tab.until("document.readyState === 'complete'")
    await ready(tab)


async def ready(tab: Browser) -> None:
    """Wait until the editor stands and knows the schema."""
    editor = "document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror"
    await tab.until(f"Boolean({editor}?.options.lint.schema)")


async def run_tab(tab: Browser, name: str) -> None:
    script = f"""[...document.querySelectorAll('.graphiql-tab-button')]
        .find((button) => button.textContent === '{name}').click()"""
    await tab.evaluate(script)
    # GraphiQL reads the operation's name a moment after the tab has changed
    named = f"key.endsWith('graphiql:operationName') && name === '{name}'"
    await tab.until(f"Object.entries(sessionStorage).some(([key, name]) => {named})")
    await tab.evaluate("document.querySelector('.graphiql-execute-button').click()")


async def answer(tab: Browser, words: str, seconds: float = PATIENCE) -> dict[str, Any]:
    """The answer that stands in the result pane, once it has these words."""
    shown = "document.querySelector('.result-window .CodeMirror').CodeMirror.getValue()"
    script = f"((text) => text.includes('{words}') && text)({shown})"
    answered: dict[str, Any] = json.loads(await tab.until(script, seconds))
    return answered


async def published(tab: Browser, address: str, world: World, body: str) -> dict[str, Any]:
    """The event of a post. A new subscription hears what comes after it: post until it is there."""
    for _ in range(10):
        await post(address, world, body)
        with suppress(TimeoutError):
            return await answer(tab, body, seconds=2)
    raise TimeoutError("no event came")


async def post(address: str, world: World, body: str) -> None:
    neighbour = Client(address, "", world.people["neighbour"].token)
    given = {"neighbourhoodId": str(world.home), "kind": "MESSAGE", "body": body}
    payload = await neighbour.do("createPost", "post { id }", **given)
    assert payload["errors"] == []


def test_the_vendored_files_are_the_published_ones() -> None:
    lines = (STATIC / "SHA256SUMS").read_text().splitlines()
    pinned = {name: digest for digest, name in (line.split() for line in lines)}
    ours = {"SHA256SUMS", "THIRD_PARTY.md", "boot.js", "ide.css"}
    present = {path.name: path.read_bytes() for path in STATIC.iterdir() if path.name not in ours}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in present.items()} == pinned


def test_every_vendored_file_has_its_licence_written_down() -> None:
    table = (STATIC / "THIRD_PARTY.md").read_text()
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([\w.-]+)`", row)}
    vendored = {line.split()[1] for line in (STATIC / "SHA256SUMS").read_text().splitlines()}
    assert vendored <= named
    assert all("MIT" in row for row in rows)


def test_every_example_is_valid() -> None:
    api = graphql.build_schema(schema.api.as_str())
    for example in server.ide.examples():
        assert graphql.validate(api, graphql.parse(example)) == [], example


def test_switched_off_there_is_no_ide(settings: Settings) -> None:
    assert server.ide.routes(settings.model_copy(update={"ide": False}), []) == []


async def test_a_description_cannot_break_out_of_its_element(personas: list[Persona]) -> None:
    assert server.ide.page(personas).count("</script>") == server.ide.page([]).count("</script>")


async def test_a_browser_gets_the_page_and_a_client_gets_the_api(show: Show) -> None:
    async with client(show([])) as http:
        visit = await http.get("/graphql", headers=PAGE)
        asked = await http.post("/graphql", json={"query": "{ viewer { email } }"})
    assert visit.headers["content-type"] == "text/html; charset=utf-8"
    assert asked.json()["data"] == {"viewer": None}


async def test_the_page_trusts_no_other_host_and_no_inline_script(show: Show) -> None:
    async with client(show([])) as http:
        visit = await http.get("/graphql", headers=PAGE)
    policy = visit.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} < set(policy)
    assert visit.headers["cache-control"] == "no-store"
    assert re.findall(r'(?:src|href)="(?!/graphql/static/|data:,)', visit.text) == []


async def test_every_file_the_page_names_is_served(show: Show) -> None:
    async with client(show([])) as http:
        visit = await http.get("/graphql", headers=PAGE)
        names = re.findall(r'"(/graphql/static/[^"]+)"', visit.text)
        answers = [(await http.get(name)).status_code for name in names]
    assert answers == [200] * 8


@pytest.mark.browser
async def test_a_persona_asks_and_listens_with_the_network_away(
    show: Show, personas: list[Persona], world: World, tmp_path: Path
) -> None:
    async with served(show(personas)) as address, browser(tmp_path) as tab:
        await visit_page(tab, address)
        await run_tab(tab, "Me")
        viewer = await answer(tab, "email")
        await run_tab(tab, "Live")
        event = await published(tab, address, world, "Wie heeft een ladder?")
    assert viewer["data"]["viewer"]["email"] == "resident@noaber.example"
    assert event["data"]["feedEvents"]["post"]["body"] == "Wie heeft een ladder?"
    assert event["data"]["feedEvents"]["post"]["author"] == {"displayName": "Neighbour"}
    assert tab.complaints == []
    asked = [url for url in tab.requests if not url.startswith("data:")]
    assert {httpx.URL(url).host for url in asked} == {"127.0.0.1"}


@pytest.mark.browser
async def test_another_persona_is_kept_for_this_tab(
    show: Show, personas: list[Persona], tmp_path: Path
) -> None:
    async with served(show(personas)) as address, browser(tmp_path) as tab:
        await visit_page(tab, address)
        await tab.evaluate("document.getElementById('persona').value = 'stranger'")
        change = "document.getElementById('persona').dispatchEvent(new Event('change'))"
        await tab.evaluate(change)
        await visit_page(tab, address)
        await run_tab(tab, "Me")
        viewer = await answer(tab, "email")
    assert viewer["data"]["viewer"]["email"] == "stranger@noaber.example"
    assert tab.complaints == []


@pytest.mark.browser
async def test_without_personas_a_pasted_token_signs_in(
    show: Show, world: World, tmp_path: Path
) -> None:
    token = world.people["moderator"].token
    async with served(show([])) as address, browser(tmp_path) as tab:
        await visit_page(tab, address)
        await tab.evaluate(f"document.getElementById('token').value = 'Bearer {token}'")
        await tab.evaluate("document.querySelector('#paste button').click()")
        await tab.until("document.getElementById('description').textContent.includes('pasted')")
        await ready(tab)
        await run_tab(tab, "Me")
        viewer = await answer(tab, "email")
    assert viewer["data"]["viewer"]["email"] == "moderator@noaber.example"
    assert tab.complaints == []
