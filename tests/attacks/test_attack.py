"""Attacks on a real server: each gets its exact answer, and none keeps the loop for 100 ms."""

import asyncio
from contextlib import suppress

import httpx
import orjson
import pytest
import websockets
from websockets.exceptions import ConnectionClosed

from tests.attacks import body, document, line, message
from tests.attacks.form import Note
from tests.attacks.pulse import BOUND, measured
from tests.running import Server

RESPONSE = "application/graphql-response+json"
SUBPROTOCOL = websockets.Subprotocol("graphql-transport-ws")
Answer = tuple[int, str]


def told(response: httpx.Response) -> Answer:
    """The status, and the code of the first error."""
    if response.request.method == "HEAD" or not response.content:
        return response.status_code, ""
    errors = response.json().get("errors", [])
    assert "Traceback" not in response.text
    return response.status_code, errors[0]["extensions"]["code"] if errors else ""


@pytest.mark.parametrize("name", body.BODIES)
async def test_a_body(target: Server, note: Note, name: str) -> None:
    attack = body.BODIES[name]
    url = f"{target.client().http}?{attack.query}" if attack.query else target.client().http
    headers = {"content-type": "application/json", "accept": RESPONSE} | attack.headers

    async def send() -> Answer:
        async with httpx.AsyncClient(timeout=20) as client:
            sent = attack.body if attack.method != "GET" else None
            return told(await client.request(attack.method, url, content=sent, headers=headers))

    answer, cost = await measured(target, send)
    note(name, cost)
    assert answer == (attack.status, attack.code)
    assert cost < BOUND


@pytest.mark.parametrize("name", document.DOCUMENTS)
async def test_a_document(target: Server, note: Note, name: str) -> None:
    attack = document.DOCUMENTS[name]
    asked = {"query": attack.document, "variables": attack.variables, "operationName": attack.name}
    headers = {"content-type": "application/json", "accept": RESPONSE}

    async def send() -> Answer:
        async with httpx.AsyncClient(timeout=20) as client:
            sent = orjson.dumps(asked)
            return told(await client.post(target.client().http, content=sent, headers=headers))

    (status, code), cost = await measured(target, send)
    note(name, cost)
    assert code == attack.code
    assert status in (200, 400)
    assert cost < BOUND


@pytest.mark.parametrize("name", message.CLOSING)
async def test_a_message_that_closes(target: Server, note: Note, name: str) -> None:
    sent, code = message.CLOSING[name]

    async def send() -> int | None:
        async with websockets.connect(target.client().ws, subprotocols=[SUBPROTOCOL]) as socket:
            await greet(socket)
            await socket.send(sent)
            with suppress(ConnectionClosed):
                async with asyncio.timeout(5):
                    while True:
                        await socket.recv()
            return socket.close_code

    closed, cost = await measured(target, send)
    note(f"socket: {name}", cost)
    assert closed == code
    assert cost < BOUND


@pytest.mark.parametrize("name", message.ERRORS)
async def test_a_document_over_a_socket(target: Server, note: Note, name: str) -> None:
    attack = message.ERRORS[name]
    asked = {"query": attack.document, "variables": attack.variables, "operationName": attack.name}

    async def send() -> str:
        async with websockets.connect(target.client().ws, subprotocols=[SUBPROTOCOL]) as socket:
            await greet(socket)
            await socket.send(message.subscribe(**asked))
            answer = orjson.loads(await asyncio.wait_for(socket.recv(), 5))
            assert answer["type"] == "error"
            await socket.send('{"type": "ping"}')
            assert orjson.loads(await asyncio.wait_for(socket.recv(), 5)) == {"type": "pong"}
            return str(answer["payload"][0]["extensions"]["code"])

    code, cost = await measured(target, send)
    note(f"socket: {name}", cost)
    assert code == attack.code
    assert cost < BOUND


@pytest.mark.parametrize("name", line.LINES)
async def test_a_line(target: Server, note: Note, name: str) -> None:
    sent, status = line.LINES[name]

    async def send() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
        try:
            writer.write(sent)
            with suppress(ConnectionError):
                await writer.drain()
                if status == 0:
                    writer.write_eof()
            return await first_status(reader)
        finally:
            writer.close()

    answer, cost = await measured(target, send)
    note(f"line: {name}", cost)
    assert answer == status
    assert cost < BOUND


async def test_the_server_stands_after_all_this(target: Server) -> None:
    assert target.process.poll() is None
    assert await target.client().ask("{ __typename }") == {"__typename": "Query"}


def test_there_are_attacks_enough() -> None:
    names = [*body.BODIES, *document.DOCUMENTS, *message.CLOSING, *message.ERRORS, *line.LINES]
    assert len(names) >= 120


async def greet(socket: websockets.ClientConnection) -> None:
    """Say hello, and hear it said."""
    await socket.send('{"type": "connection_init"}')
    assert orjson.loads(await asyncio.wait_for(socket.recv(), 5)) == {"type": "connection_ack"}


async def first_status(reader: asyncio.StreamReader) -> int:
    """The status of the first answer; 0 when there is none before the connection ends."""
    with suppress(ConnectionError):
        async with asyncio.timeout(10):
            while first := await reader.readline():
                if first.startswith(b"HTTP/1.1 "):
                    return int(first.split()[1])
    return 0
