"""The story of a day on which much goes wrong, and of a log that names nobody."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets

from models.database import connection
from server.settings import Settings
from tests.running import Server, running
from tests.world import World

# everything that says who somebody is, or what was written; each is sent somewhere below
MARKED = {
    "e-mail": "markedmail@noaber.example",
    "password": "markedpassword of somebody",
    "name": "Markedname Janssens",
    "words": "markedwords about a neighbour",
    "token": "markedtoken-3f9a",
    "operation": "MarkedOperation",
    "alias": "markedalias",
    "variable": "markedvariable",
    "agent": "markedagent/1.0",
    "path": "markedpath",
    "query": "markedquery",
    "forwarded": "203.0.113.77",
    "address": "127.0.0.77",
    "code": "MARK-MARK-MARK-MARK",
}
# an error that tells what was written, as a database may
TELLTALE = """
create function tell() returns trigger language plpgsql as
$$ begin raise exception 'refused: %', new; end $$;
create trigger telltale before insert on comment for each row execute function tell();
"""
FEED = "subscription ($id: ID!) { feedEvents(neighbourhoodId: $id) { __typename } }"
DO = (
    "mutation MarkedOperation($input: {0}Input!)"
    " {{ markedalias: {1}(input: $input) {{ errors {{ code }} }} }}"
)
COMMENT = (
    "mutation MarkedOperation($input: AddCommentInput!)"
    " { markedalias: addComment(input: $input) { errors { code } } }"
)


@pytest.fixture
async def telltale(database: None) -> AsyncIterator[None]:
    await connection().execute_script(TELLTALE)
    yield
    await connection().execute_script("drop function tell() cascade")


async def test_the_log_of_a_bad_day_names_nobody(
    world: World, settings: Settings, tmp_path: Path, telltale: None
) -> None:
    log = tmp_path / "log"
    with log.open("w", encoding="utf-8") as output:
        process = running(settings, {"NOABER_LOG_LEVEL": "debug"}, log=output)
        server = await asyncio.to_thread(process.__enter__)
        try:
            token = world.people["neighbour"].token or ""
            await ask(server, world, token)
            await follow(server, world, token)
        finally:
            await asyncio.to_thread(process.__exit__, None, None, None)
    text = log.read_text("utf-8")
    secrets = {**MARKED, "token of a person": token}
    assert {what: text.count(each) for what, each in secrets.items() if each in text} == {}
    # a test of the test: it all came to pass, and the log tells of it in its own way
    lines = [json.loads(line) for line in text.splitlines()]
    told = [each for each in lines if each["event"] == "operation"]
    assert {each["name"] for each in told} == {"other"}
    assert {each["outcome"] for each in told} >= {"ok", "refused", "failed"}
    [failed] = [each for each in lines if each["event"] == "operation failed"]
    assert (failed["level"], failed["fields"]) == ("error", ["addComment"])
    assert all(each["timestamp"].endswith("Z") for each in lines)


async def ask(server: Server, world: World, token: str) -> None:
    """Over HTTP: what is right, what is refused, what fails, and what is no request at all."""
    headers = {
        "Authorization": f"Bearer {token}",
        "User-Agent": MARKED["agent"],
        "X-Forwarded-For": MARKED["forwarded"],
        "Forwarded": f"for={MARKED['forwarded']}",
    }
    wire = httpx.AsyncHTTPTransport(local_address=MARKED["address"])
    base = f"http://127.0.0.1:{server.port}"
    async with httpx.AsyncClient(base_url=base, transport=wire, headers=headers) as client:
        for body in bodies(world):
            await client.post("/graphql", json=body)
        stolen = {"Authorization": f"Bearer {MARKED['token']}"}
        await client.post("/graphql", json={"query": "{ viewer { email } }"}, headers=stolen)
        await client.post("/graphql", content=MARKED["words"])
        await client.get(f"/{MARKED['path']}?q={MARKED['query']}")
        await client.get("/graphql", params={"query": f"{{ {MARKED['query']} }}"})
    await spoil(server)


def bodies(world: World) -> list[dict[str, Any]]:
    """What is asked, with everything that names somebody in it."""
    words, email, name = MARKED["words"], MARKED["e-mail"], MARKED["name"]
    given = {"email": email, "password": MARKED["password"]}
    registration = {**given, "displayName": name, "code": MARKED["code"]}
    post = {"neighbourhoodId": str(world.home), "kind": "MESSAGE", "title": name, "body": words}
    comment = {"postId": str(next(iter(world.posts.values()))), "body": words}
    return [
        {"query": "query MarkedOperation { markedalias: viewer { email } }"},
        {"query": DO.format("LogIn", "logIn"), "variables": {"input": given}},
        {"query": DO.format("Register", "register"), "variables": {"input": registration}},
        {"query": DO.format("CreatePost", "createPost"), "variables": {"input": post}},
        {"query": COMMENT, "variables": {"input": comment}, "operationName": "MarkedOperation"},
        {"query": f'{{ skills(search: "{words}") {{ {name.split()[0]} }} }}'},
        {"query": "query ($markedvariable: Int!) { viewer { email } }", "variables": {}},
        {"query": f"{{ {words}"},
    ]


async def spoil(server: Server) -> None:
    """What is no HTTP."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", server.port, local_addr=(MARKED["address"], 0)
    )
    writer.write(f"\x00{MARKED['words']}\r\n\r\n".encode())
    with suppress(ConnectionError):
        await reader.read()
    writer.close()


async def follow(server: Server, world: World, token: str) -> None:
    """Over sockets: one that follows, one that nobody lets in, one that talks nonsense."""
    for credential, payload in (
        (token, {"query": FEED, "variables": {"id": str(world.home)}}),
        (token, {"query": f"subscription MarkedOperation {{ {MARKED['alias']} }}"}),
        (MARKED["token"], {}),
    ):
        with suppress(websockets.ConnectionClosed):
            async with websockets.connect(
                f"ws://127.0.0.1:{server.port}/graphql",
                subprotocols=[websockets.Subprotocol("graphql-transport-ws")],
                local_addr=(MARKED["address"], 0),
                user_agent_header=MARKED["agent"],
            ) as socket:
                first = {"authorization": f"Bearer {credential}"}
                await socket.send(json.dumps({"type": "connection_init", "payload": first}))
                await socket.recv()
                request = {"type": "subscribe", "id": MARKED["variable"], "payload": payload}
                await socket.send(json.dumps(request))
                await socket.recv()
                await socket.send(MARKED["words"])
                await socket.recv()
