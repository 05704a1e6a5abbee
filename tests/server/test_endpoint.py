"""The endpoint of a real server: what is malformed is refused in the right words, never dropped."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest
import websockets
from websockets.exceptions import ConnectionClosed, InvalidStatus

import models
from auth import session
from models.transaction import transaction
from tests.running import As, Server
from tests.world import World

JSON = {"Content-Type": "application/json"}
SUBPROTOCOL = websockets.Subprotocol("graphql-transport-ws")
VIEWER = "{ viewer { email } }"
FEED = "subscription ($id: ID!) { feedEvents(neighbourhoodId: $id) { __typename } }"
COUNT = "query ($id: ID!) { post(id: $id) { commentCount } }"
BODIES = {
    "null": b"null",
    "number": b"1",
    "text": b'"x"',
    "list": b"[]",
    "list of requests": orjson.dumps([{"query": VIEWER}]),
    "nothing": b"",
    "no request": b"{}",
    "no query": b'{"query": null}',
    "query is a number": b'{"query": 1}',
    "variables are a list": orjson.dumps({"query": VIEWER, "variables": []}),
    "variables are a number": orjson.dumps({"query": VIEWER, "variables": 1}),
    "extensions are a number": orjson.dumps({"query": VIEWER, "extensions": 1}),
    "operation is a number": orjson.dumps({"query": VIEWER, "operationName": 1}),
    "half": b'{"query": "{',
    "bad utf-8": b'{"query": "\xff\xfe"}',
    "half a pair": b'{"query": "\\ud800"}',
    "brackets": b"[" * 200_000,
    "braces": b'{"a":' * 40_000,
}
MALFORMED = {
    "not json": "hello",
    "empty": "",
    "null": "null",
    "number": "1",
    "list": "[]",
    "no type": "{}",
    "type is a number": '{"type": 1}',
    "unknown type": '{"type": "start", "id": "1"}',
    "subscribe without id": '{"type": "subscribe", "payload": {"query": "{ viewer { id } }"}}',
    "id is an object": '{"type": "subscribe", "id": {}, "payload": {"query": "{ viewer { id } }"}}',
    "complete without id": '{"type": "complete"}',
    "complete of an object": '{"type": "complete", "id": {}}',
    "no payload": '{"type": "subscribe", "id": "1"}',
    "payload is a list": '{"type": "subscribe", "id": "1", "payload": []}',
    "payload is null": '{"type": "subscribe", "id": "1", "payload": null}',
    "query is a number": '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
    "variables are a list": (
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "variables": []}}'
    ),
    "deep": "[" * 60_000,
    "binary": b'{"type": "ping"}',
    "bad document": '{"type": "subscribe", "id": "1", "payload": {"query": "{"}}',
}


async def post(server: Server, body: bytes, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(timeout=10) as client:
        return await client.post(server.client().http, content=body, headers=JSON | headers)


@asynccontextmanager
async def connected(
    server: Server, *, greet: bool = True, **payload: Any
) -> AsyncIterator[websockets.ClientConnection]:
    """A raw socket, greeted or not yet."""
    async with websockets.connect(server.client().ws, subprotocols=[SUBPROTOCOL]) as socket:
        if greet:
            await say(socket, {"type": "connection_init", "payload": payload})
            assert await heard(socket) == {"type": "connection_ack"}
        yield socket


async def say(socket: websockets.ClientConnection, message: Any) -> None:
    await socket.send(orjson.dumps(message, default=str).decode())


async def heard(socket: websockets.ClientConnection) -> Any:
    async with asyncio.timeout(5):
        return orjson.loads(await socket.recv())


async def closed(socket: websockets.ClientConnection, seconds: float = 5) -> int | None:
    """The code by which the server closes the socket, waited for; 1006 is a bare drop."""
    async with asyncio.timeout(seconds):
        with suppress(ConnectionClosed):
            while True:
                await socket.recv()
    return socket.close_code


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
async def test_a_body_that_is_no_request_is_a_bad_request(server: Server, body: bytes) -> None:
    response = await post(server, body)
    assert response.status_code == 400
    assert len(response.content) < 200


async def test_a_body_of_another_kind_is_not_read(server: Server) -> None:
    good = orjson.dumps({"query": VIEWER})
    response = await post(server, good, **{"Content-Type": "text/plain"})
    assert response.status_code == 415


@pytest.mark.parametrize("query", ["?variables=1&query={viewer{id}}", "?query={&variables=x"])
async def test_an_address_that_is_no_request_is_a_bad_request(server: Server, query: str) -> None:
    async with httpx.AsyncClient(timeout=10) as client:
        response = await client.get(server.client().http + query)
    assert response.status_code == 400


async def test_a_body_that_is_too_large_is_not_read(server: Server) -> None:
    padded = orjson.dumps({"query": VIEWER, "variables": {"x": "x" * 300_000}})
    assert (await post(server, padded)).status_code == 413
    fits = orjson.dumps({"query": VIEWER, "variables": {"x": "x" * 250_000}})
    assert (await post(server, fits)).json()["data"] == {"viewer": None}


async def test_a_body_that_does_not_say_its_length_is_bounded_too(server: Server) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b" " * 10_000

    async with httpx.AsyncClient(timeout=10) as client:
        response = await client.post(server.client().http, content=pieces(), headers=JSON)
    assert response.status_code == 413


@pytest.mark.parametrize("message", MALFORMED.values(), ids=MALFORMED)
async def test_a_malformed_message_closes_the_socket_and_says_why(
    server: Server, message: str | bytes
) -> None:
    async with connected(server) as socket:
        await socket.send(message)
        assert await closed(socket) == 4400
        assert socket.close_reason


@pytest.mark.parametrize("payload", [[], 1, "x"])
async def test_a_greeting_of_another_shape_closes_the_socket(server: Server, payload: Any) -> None:
    async with connected(server, greet=False) as socket:
        await say(socket, {"type": "connection_init", "payload": payload})
        assert await closed(socket) == 4400


@pytest.mark.parametrize("authorization", [1, [], {}, "Basic abc", "Bearer", "Bearer nba_x"])
async def test_a_greeting_with_a_credential_that_opens_nothing_is_forbidden(
    server: Server, authorization: Any
) -> None:
    async with connected(server, greet=False) as socket:
        payload = {"Authorization": authorization}
        await say(socket, {"type": "connection_init", "payload": payload})
        assert await closed(socket) == 4403


async def test_a_second_greeting_closes_the_socket(server: Server) -> None:
    async with connected(server) as socket:
        await say(socket, {"type": "connection_init"})
        assert await closed(socket) == 4429


async def test_an_operation_before_the_greeting_closes_the_socket(server: Server) -> None:
    async with connected(server, greet=False) as socket:
        await say(socket, {"type": "subscribe", "id": "1", "payload": {"query": VIEWER}})
        assert await closed(socket) == 4401


async def test_the_same_id_twice_closes_the_socket(server: Server, as_: As, world: World) -> None:
    token = as_("neighbour").token
    async with connected(server, authorization=f"Bearer {token}") as socket:
        request = {"query": FEED, "variables": {"id": world.home}}
        for _ in range(2):
            await say(socket, {"type": "subscribe", "id": "1", "payload": request})
        assert await closed(socket) == 4409


async def test_who_does_not_greet_is_closed_after_five_seconds(server: Server) -> None:
    async with connected(server, greet=False) as socket:
        began = asyncio.get_running_loop().time()
        assert await closed(socket, seconds=10) == 4408
        assert 4.5 < asyncio.get_running_loop().time() - began < 8


async def test_a_message_that_is_too_large_closes_the_socket(server: Server) -> None:
    async with connected(server) as socket:
        await say(socket, {"type": "ping", "payload": {"x": "x" * 70_000}})
        assert await closed(socket) == 1009


async def test_the_old_protocol_is_refused(server: Server) -> None:
    old = websockets.Subprotocol("graphql-ws")
    async with websockets.connect(server.client().ws, subprotocols=[old]) as socket:
        assert socket.subprotocol is None
        assert await closed(socket) == 4406


async def test_a_page_of_another_site_opens_no_socket(server: Server) -> None:
    foreign = websockets.Origin("https://elsewhere.example")
    with pytest.raises(InvalidStatus) as refusal:
        async with websockets.connect(
            server.client().ws, subprotocols=[SUBPROTOCOL], origin=foreign
        ):
            pytest.fail("the socket opened")
    assert refusal.value.response.status_code == 403


async def test_a_page_of_our_own_site_opens_a_socket(server: Server) -> None:
    own = websockets.Origin(f"http://127.0.0.1:{server.port}")
    async with websockets.connect(
        server.client().ws, subprotocols=[SUBPROTOCOL], origin=own
    ) as socket:
        await say(socket, {"type": "connection_init"})
        assert await heard(socket) == {"type": "connection_ack"}


async def test_each_operation_of_a_socket_sees_what_is_so_by_then(
    server: Server, as_: As, world: World
) -> None:
    post_id = world.posts[models.Audience.NEIGHBOURHOOD]
    request = {"query": COUNT, "variables": {"id": post_id}}
    seen = []
    async with connected(server, authorization=f"Bearer {as_('neighbour').token}") as socket:
        for id in ("1", "2"):
            await say(socket, {"type": "subscribe", "id": id, "payload": request})
            seen.append((await heard(socket))["payload"]["data"]["post"]["commentCount"])
            assert await heard(socket) == {"type": "complete", "id": id}
            await as_("resident").do("addComment", "comment { id }", postId=post_id, body="Nog")
        membership_id = world.people["neighbour"].membership_id
        await as_("neighbour").do("moveOut", "membership { id }", membershipId=membership_id)
        await say(socket, {"type": "subscribe", "id": "3", "payload": request})
        assert (await heard(socket))["payload"]["data"] == {"post": None}
    assert seen == [1, 2]


async def test_a_socket_ends_when_its_token_expires(server: Server, world: World) -> None:
    resident_id = world.people["neighbour"].resident_id
    assert resident_id is not None
    async with transaction():
        pair = await session.open_session(
            resident_id, "tests", access_lifetime=timedelta(seconds=1.5)
        )
    began = asyncio.get_running_loop().time()
    async with connected(server, authorization=f"Bearer {pair.access}") as socket:
        request = {"query": FEED, "variables": {"id": world.home}}
        await say(socket, {"type": "subscribe", "id": "1", "payload": request})
        assert await closed(socket, seconds=6) == 4403
        assert asyncio.get_running_loop().time() - began < 4


async def test_the_server_stands_after_all_this(server: Server) -> None:
    assert server.process.poll() is None
    response = await post(server, orjson.dumps({"query": VIEWER}))
    assert response.json()["data"] == {"viewer": None}
