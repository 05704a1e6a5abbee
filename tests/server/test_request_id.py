"""The id of a request: told back, written down, and taken from nobody but a trusted proxy."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path

import httpx
import pytest

from server.request_id import request_id
from server.settings import Settings
from tests.running import Server, running
from tests.server import door

ASKED = {"query": "{ viewer { email } }"}
SAID = "4bf92f35-a2b1.c3d4_e5f6"
PROXIES = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@dataclass
class Logged:
    """A server that trusts this machine, and its log."""

    server: Server
    log: Path

    async def ask(self, said: str) -> str:
        """The id that an answer tells, to one who says an id."""
        async with httpx.AsyncClient(timeout=10) as client:
            address = self.server.client().http
            answer = await client.post(address, json=ASKED, headers={"X-Request-ID": said})
        assert answer.status_code == 200
        told: str = answer.headers["x-request-id"]
        return told

    def operations(self) -> list[str]:
        """The ids in the lines of operations."""
        lines = [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]
        return [line["request_id"] for line in lines if line["event"] == "operation"]


@contextmanager
def logged(settings: Settings, trusted: str, log: Path) -> Iterator[Logged]:
    """A server that trusts these proxies."""
    trusting = {"NOABER_TRUSTED_PROXIES": trusted}
    with log.open("w") as output, running(settings, trusting, log=output) as server:
        yield Logged(server, log)


async def test_the_id_of_a_trusted_proxy_is_told_back_and_logged(
    settings: Settings, tmp_path: Path
) -> None:
    with logged(settings, "127.0.0.0/8", tmp_path / "log") as asked:
        assert [await asked.ask(SAID), await asked.ask(SAID)] == [SAID, SAID]
        assert asked.operations() == [SAID, SAID]


async def test_to_anybody_else_an_id_of_our_own_is_told_which_is_logged_too(
    settings: Settings, tmp_path: Path
) -> None:
    with logged(settings, "10.0.0.0/8", tmp_path / "log") as asked:
        told = [await asked.ask(SAID), await asked.ask(SAID)]
        assert asked.operations() == told
        assert (len(set(told)), [len(each) for each in told]) == (2, [32, 32])


@pytest.mark.parametrize(
    "said", ["short", "with space in it", "x" * 65, "naïveté-1234", "-begins-badly", ""]
)
def test_a_word_that_is_no_id_is_not_taken(said: str) -> None:
    scope = {"headers": [(b"x-request-id", said.encode("latin-1"))], "client": ("127.0.0.1", 1)}
    assert len(request_id(scope, PROXIES)) == 32


@pytest.mark.parametrize("client", [("192.0.2.1", 1), ("", 1), None])
def test_from_anybody_else_it_says_nothing(client: tuple[str, int] | None) -> None:
    scope = {"headers": [(b"x-request-id", SAID.encode())], "client": client}
    assert len(request_id(scope, PROXIES)) == 32


def test_two_are_none() -> None:
    scope = {"headers": [(b"x-request-id", SAID.encode())] * 2, "client": ("127.0.0.1", 1)}
    assert len(request_id(scope, PROXIES)) == 32
    one = {"headers": [(b"x-request-id", SAID.encode())], "client": ("127.0.0.1", 1)}
    assert request_id(one, PROXIES) == SAID


def test_who_asks_how_a_server_is_may_call_it_by_its_address(settings: Settings) -> None:
    with door.opened(settings, {"NOABER_ALLOWED_HOSTS": "noaber.example"}) as opened:
        assert opened.ready()[0] == 200
        other = httpx.get(f"http://127.0.0.1:{opened.server.port}/graphql")
        assert other.status_code == 400
