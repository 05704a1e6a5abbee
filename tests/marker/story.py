"""The whole of it: everything is asked, residents act while all listen, everything is tried."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import httpx

from models.database import connection
from realtime.hub import Hub
from server.settings import Settings
from tests.marker import change, column, document, ear, expected, live, refused, scene, walk, wire
from tests.marker.column import Markers
from tests.marker.scene import Scene
from tests.marker.walk import Asker
from tests.running import Server, running
from tests.server.receiver import Receiver, listening
from tests.server.test_worker import SERVING
from tests.world import World

PATHS = ("/", "/healthz", "/graphql", "/graphql/static/ide.js", "/metrics", "/docs", "/.env")
BROKEN = ("{ viewer {", "{ nothing }", "query ($id: ID!) { share(id: $id) { words } }", "")
AT_ONCE, QUIET_SECONDS = 3, 1.0
ENVIRONMENT = {"NOABER_IDE": "true", "NOABER_LOG_LEVEL": "debug", "NOABER_WEBHOOK_PRIVATE": "true"}
# an error that tells what was written, as a database may
TELLTALE = """
create function tell() returns trigger language plpgsql as
$$ begin raise exception 'refused: %', new; end $$;
create trigger telltale before insert on comment for each row execute function tell();
"""


@dataclass
class Told:
    """What the markers mean that reached each persona and each other place, and how much did."""

    answers: dict[str, set[str]] = field(default_factory=dict)
    events: dict[str, set[str]] = field(default_factory=dict)
    elsewhere: dict[str, set[str]] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)


async def tell(hub: Hub, world: World, settings: Settings, log: Path) -> Told:
    """Build, plant, ask, listen, try; then read what came where."""
    told = Told()
    async with AsyncExitStack() as stack:
        tapped = await stack.enter_async_context(wire.tapped(settings.redis_url))
        receiver = await stack.enter_async_context(listening())
        server, town = await asyncio.gather(
            stack.enter_async_context(_served(settings, log)),
            scene.build(hub, world, receiver.url),
        )
        owners = await scene.owners(town)
        markers = await column.plant(owners)
        client = await stack.enter_async_context(
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", timeout=30)
        )
        people = (*expected.PERSONAS, *expected.OWN)
        askers = {person: Asker(client, world.people[person].token) for person in people}
        await _ask(askers, owners)
        await _listen(server, town, client, markers, told)
        await _try(askers, town)
        await _break(Asker(client, world.people["bystander"].token), town, markers)
    told.answers = {p: markers.found("\n".join(asker.heard)) for p, asker in askers.items()}
    _read_elsewhere(told, markers, receiver, tapped, log)
    return told


async def _ask(askers: dict[str, Asker], owners: dict[UUID, str]) -> None:
    """Every persona asks for everything, and tries everything on what is hidden."""
    ids = await walk.rows()
    hidden = {each: await refused.hidden(owners, each) for each in ("town", "centre")}
    turns = asyncio.Semaphore(AT_ONCE)

    async def ask(persona: str, asker: Asker) -> None:
        async with turns:
            await walk.walk(asker, ids)
            for path in PATHS:
                await asker.get(path)
            for text in BROKEN:
                await asker.post({"query": text, "variables": {"id": 1}})
            if persona not in expected.OWN:
                other = "town" if persona == "token centre" else "centre"
                await refused.attempt(asker, hidden[other], signed_out=persona == "signed_out")

    async with asyncio.TaskGroup() as tasks:
        for persona, asker in askers.items():
            tasks.create_task(ask(persona, asker))


async def _listen(
    server: Server, town: Scene, client: httpx.AsyncClient, markers: Markers, told: Told
) -> None:
    """Residents act while every persona listens to everything it can."""
    personas = (*expected.PERSONAS, "neighbour")
    async with ear.listening(server.client().ws, town, personas) as ears:
        await live.happen(live.Stage(town, client, markers, ears, expected.EVENTS))
        await ear.silence(ears, QUIET_SECONDS)
    told.events = {p: markers.found("\n".join(each.heard)) for p, each in ears.items()}
    told.amounts["events"] = sum(len(each.heard) for each in ears.values())


async def _try(askers: dict[str, Asker], town: Scene) -> None:
    """Each mutation of partners, by one who may."""
    done = set()
    async for door, persona, given in change.calls(town):
        form = {name: str(id) if name.endswith("Id") else id for name, id in given.items()}
        answer = await askers[persona].ask(document.mutation(door), input=form)
        assert answer["data"][door]["errors"] == [], (door, answer)
        done.add(door)
    locks = document.locks("Mutation").items()
    partners = {door for scope, doors in locks if scope not in ("", "resident") for door in doors}
    assert done == partners


async def _break(asker: Asker, town: Scene, markers: Markers) -> None:
    """An error inside that has the words of a resident in it."""
    await connection().execute_script(TELLTALE)
    try:
        words = markers.new("comment.body of an error")
        given = {"postId": str(town.post["silent"]), "body": words}
        answer = await asker.ask(document.mutation("addComment"), input=given)
        assert walk.codes(answer) == {"INTERNAL"}
    finally:
        await connection().execute_script("drop function tell() cascade")


def _read_elsewhere(
    told: Told, markers: Markers, receiver: Receiver, tapped: wire.Wire, log: Path
) -> None:
    """What was read by nobody in person: webhooks, Valkey, logs."""
    requests = [f"{each.line} {each.headers} {each.body!r}" for each in receiver.received]
    lines = log.read_text("utf-8")
    texts = {"webhooks": "\n".join(requests), "valkey": tapped.text, "log": lines}
    told.elsewhere = {place: markers.found(text) for place, text in texts.items()}
    told.amounts |= {"webhooks": len(requests), "valkey": len(tapped.commands)}
    told.amounts |= {"keys": len(tapped.keys), "log": lines.count("operation failed")}


@asynccontextmanager
async def _served(settings: Settings, log: Path) -> AsyncIterator[Server]:
    """The server, which does the rounds of the worker too, and writes its log into a file."""
    environment = {**ENVIRONMENT, "NOABER_SECRET": settings.secret}
    with log.open("w", encoding="utf-8") as output:
        process = running(settings, environment, command=("-c", SERVING, "True"), log=output)
        server = await asyncio.to_thread(process.__enter__)
        try:
            yield server
        finally:
            await asyncio.to_thread(process.__exit__, None, None, None)
