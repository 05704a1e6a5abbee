"""What clients that do not read, flood, linger or come in crowds do to a real server: nothing."""

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from typing import Any

import pytest
import websockets
from websockets.frames import Frame, Opcode

from server.settings import Settings
from tests.client import Client, Following
from tests.running import Server, running
from tests.server.mute import Mute, connect, kilobytes, seconds_until_end
from tests.world import World

Opens = Callable[[Server], Mute]

STALL_SECONDS = 2.0
REQUEST_SECONDS = 1.0
SLACK = 2.0
FLAT_KILOBYTES = 16_000
LONG = "Wie helpt er mee? " * 250
FEED = """
subscription ($id: ID!) {
  feedEvents(neighbourhoodId: $id) { __typename cursor ... on PostPublished { post { body } } }
}
"""
HEAD = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
BODY = b'Content-Length: 100\r\n\r\n{"query":'


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[Server]:
    """A server that soon loses its patience."""
    limits = {
        "NOABER_STALL_SECONDS": str(STALL_SECONDS),
        "NOABER_REQUEST_SECONDS": str(REQUEST_SECONDS),
    }
    with running(settings, limits) as started:
        yield started


@pytest.fixture(scope="module")
def small_server(settings: Settings) -> Iterator[Server]:
    """A server for three sockets, that pings often and only then loses its patience."""
    limits = {
        "NOABER_MAX_SOCKETS": "3",
        "NOABER_PING_SECONDS": "1",
        "NOABER_STALL_SECONDS": "30",
    }
    with running(settings, limits) as started:
        yield started


def client(server: Server, world: World, persona: str) -> Client:
    return server.client(world.people[persona].token)


@pytest.fixture
def mute(world: World) -> Iterator[Opens]:
    """Opens sockets of the neighbour that never read."""
    opened: list[Mute] = []

    def begin(server: Server) -> Mute:
        opened.append(Mute(server, world.people["neighbour"].token))
        return opened[-1]

    yield begin
    for each in opened:
        each.connection.close()


def follow(mute: Mute, world: World) -> Mute:
    """Have it follow the feed 50 times: a long post fills 225 KB."""
    for number in range(50):
        mute.subscribe(str(number), FEED, id=world.home)
    return mute


async def publish(server: Server, world: World, body: str = LONG) -> None:
    given: dict[str, Any] = {"neighbourhoodId": world.home, "kind": "MESSAGE", "body": body}
    payload = await client(server, world, "resident").do("createPost", "post { id }", **given)
    assert payload["errors"] == []


@asynccontextmanager
async def crowd(you: Client, world: World, size: int) -> AsyncIterator[list[Following]]:
    """So many sockets of one resident, all of them following the feed."""
    async with AsyncExitStack() as stack:
        entered = [stack.enter_async_context(you.follow(FEED, id=world.home)) for _ in range(size)]
        yield [await each for each in entered]


async def test_a_reader_that_never_reads_is_cut_and_costs_nothing(
    server: Server, world: World, mute: Opens
) -> None:
    before = kilobytes(server, "VmRSS")
    reader = follow(mute(server), world)
    sent, end = 0, time.monotonic() + 15
    async with client(server, world, "moderator").follow(FEED, id=world.home) as feed:
        while not reader.is_cut and time.monotonic() < end:
            await publish(server, world)
            sent += 1
        assert reader.is_cut
        assert len(await feed.events(sent)) == sent
    assert kilobytes(server, "VmHWM") - before < FLAT_KILOBYTES


async def test_a_flood_of_pings_leaves_memory_flat(server: Server, mute: Opens) -> None:
    flooder = mute(server)
    pings = Frame(Opcode.PING, b"x" * 125).serialize(mask=True) * 500
    before = kilobytes(server, "VmRSS")
    was_cut = await asyncio.to_thread(flooder.repeat, pings, STALL_SECONDS + SLACK)
    assert kilobytes(server, "VmHWM") - before < FLAT_KILOBYTES
    assert was_cut


async def test_sigterm_ends_the_process_though_some_never_read(
    settings: Settings, world: World, mute: Opens
) -> None:
    limits = {"NOABER_SOCKETS_PER_RESIDENT": "100", "NOABER_STALL_SECONDS": "6"}
    with running(settings, limits) as server:
        readers: list[Mute] = []
        async with crowd(client(server, world, "moderator"), world, 48) as feeds:
            # each comes one post later: the first are cut, and for the last nothing waits; between
            # them are some for whom bytes wait
            for _ in range(24):
                readers.append(follow(mute(server), world))
                await publish(server, world)
            assert not all(reader.is_cut for reader in readers)
            began = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            codes = [await feed.closed() for feed in feeds]
            await asyncio.to_thread(server.process.wait, 15)
        assert time.monotonic() - began < 8
        assert codes == [1012] * 48
        assert {feed.socket.close_reason for feed in feeds} == {"The server restarts"}


async def test_a_client_that_answers_no_ping_is_cut_though_bytes_wait_for_it(
    small_server: Server, world: World, mute: Opens
) -> None:
    reader = follow(mute(small_server), world)
    end = time.monotonic() + 40
    while not reader.is_cut and time.monotonic() < end:
        await publish(small_server, world)
    assert reader.is_cut


async def test_the_21st_socket_of_a_resident_is_refused_and_the_20_go_on(
    server: Server, world: World
) -> None:
    neighbour = client(server, world, "neighbour")
    async with crowd(neighbour, world, 20) as feeds:
        async with neighbour.follow(FEED, id=world.home) as refused:
            assert await refused.closed() == 4429
            assert refused.socket.close_reason == "Too many sockets of one credential"
        async with client(server, world, "moderator").follow(FEED, id=world.home) as other:
            await publish(server, world, "Hoort iedereen dit?")
            for feed in [*feeds, other]:
                [event] = await feed.events(1)
                assert event["data"]["feedEvents"]["post"] == {"body": "Hoort iedereen dit?"}
    async with neighbour.follow(FEED, id=world.home) as again:
        assert again.close_code is None


async def test_a_socket_too_many_for_the_process_is_refused_with_503(
    small_server: Server, world: World
) -> None:
    neighbour = client(small_server, world, "neighbour")
    async with crowd(neighbour, world, 3):
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(neighbour.ws, open_timeout=5)
        assert refused.value.response.status_code == 503
    async with crowd(neighbour, world, 3) as feeds:
        assert [feed.close_code for feed in feeds] == [None] * 3


@pytest.mark.parametrize("part", [b"", HEAD, HEAD + BODY], ids=["silence", "head", "body"])
def test_a_request_that_never_ends_is_cut(server: Server, part: bytes) -> None:
    with closing(connect(server)) as connection:
        connection.sendall(part)
        took = seconds_until_end(connection, REQUEST_SECONDS + SLACK)
    assert took > REQUEST_SECONDS / 2


def test_an_empty_line_after_an_answer_keeps_no_connection(server: Server) -> None:
    with closing(connect(server)) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 OK")
        connection.sendall(b"\r\n")
        seconds_until_end(connection, REQUEST_SECONDS + SLACK)


def test_a_request_that_drips_is_cut(server: Server) -> None:
    with closing(connect(server)) as connection, pytest.raises((ConnectionError, TimeoutError)):
        drip(connection, HEAD, REQUEST_SECONDS + SLACK)


def drip(connection: socket.socket, head: bytes, seconds: float) -> None:
    """Send a request a byte at a time. Raises `ConnectionError` when the server has enough."""
    connection.sendall(head)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        connection.sendall(b"x")
        time.sleep(0.1)


async def test_a_stream_outlives_the_time_for_a_request(server: Server, world: World) -> None:
    async with client(server, world, "neighbour").stream(FEED, id=world.home) as results:
        opened = await anext(results)
        assert opened["data"]["feedEvents"]["__typename"] == "FeedHeartbeat"
        await asyncio.sleep(REQUEST_SECONDS * 1.5)
        await publish(server, world, "Nog altijd hier")
        told = await anext(results)
    assert told["data"]["feedEvents"]["post"] == {"body": "Nog altijd hier"}


@pytest.mark.parametrize(
    "start",
    [
        b"POST /graphql",
        b"GET /" + b"x" * 9_000,
        b"GET /graphql HTTP/1.1\r\nX: x" + b"\r\nX: x" * 200,
    ],
    ids=["no_get", "long", "many"],
)
def test_a_handshake_that_cannot_be_is_refused_and_ended(server: Server, start: bytes) -> None:
    version = b"" if b"HTTP" in start else b" HTTP/1.1"
    upgrade = b"\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    with closing(connect(server)) as connection:
        connection.sendall(start + version + upgrade)
        assert connection.recv(4096).startswith(b"HTTP/1.1 4")
        assert seconds_until_end(connection, SLACK) < SLACK
