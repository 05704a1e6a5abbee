"""What is around every answer: headers that protect, other origins, names of the server."""

from collections.abc import Iterator

import httpx
import pytest
import websockets
from websockets.exceptions import InvalidStatus

from server.settings import Settings
from tests.running import Server, running

PAGE = "https://app.noaber.example"
ASKED = {"query": "{ __typename }"}


@pytest.fixture(scope="module")
def shut(settings: Settings) -> Iterator[Server]:
    """A server with one name, one page of another origin, and HSTS."""
    own = {
        "NOABER_ALLOWED_ORIGINS": PAGE,
        "NOABER_ALLOWED_HOSTS": "127.0.0.1, noaber.example",
        "NOABER_HSTS_SECONDS": "31536000",
    }
    with running(settings, own) as started:
        yield started


async def send(server: Server, method: str = "POST", **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(timeout=10) as client:
        sent = ASKED if method == "POST" else None
        return await client.request(method, server.client().http, json=sent, headers=headers)


async def test_an_answer_is_kept_by_nobody(server: Server) -> None:
    for response in (await send(server), await send(server, "PUT")):
        assert response.headers["cache-control"] == "private, no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert len(response.headers["x-request-id"]) == 32
        assert "set-cookie" not in response.headers
        assert "server" not in response.headers
        assert "strict-transport-security" not in response.headers


async def test_every_request_has_an_id_of_its_own(server: Server) -> None:
    ids = [(await send(server)).headers["x-request-id"] for _ in range(3)]
    assert len(set(ids)) == 3


async def test_hsts_is_said_where_it_is_set(shut: Server) -> None:
    expected = "max-age=31536000; includeSubDomains"
    assert (await send(shut)).headers["strict-transport-security"] == expected


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_a_page_of_an_allowed_origin_may_ask(shut: Server, method: str) -> None:
    asking = {
        "origin": PAGE,
        "access-control-request-method": method,
        "access-control-request-headers": "authorization,content-type",
    }
    allowed = await send(shut, "OPTIONS", **asking)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == PAGE
    assert "access-control-allow-credentials" not in allowed.headers
    answer = await send(shut, origin=PAGE)
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert answer.headers["access-control-expose-headers"] == "X-Request-Id, Retry-After"


async def test_a_page_of_another_origin_may_not(shut: Server, server: Server) -> None:
    asking = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
    refused = await send(shut, "OPTIONS", **asking)
    assert refused.status_code == 400
    assert "access-control-allow-origin" not in refused.headers
    answer = await send(server, origin=PAGE)
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("host", ["noaber.example", "noaber.example:443", "NOABER.example"])
async def test_a_server_answers_to_its_names(shut: Server, host: str) -> None:
    assert (await send(shut, host=host)).status_code == 200


async def test_and_to_no_other(shut: Server) -> None:
    refused = await send(shut, host="elsewhere.example")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["extensions"] == {"code": "WRONG_HOST"}
    headers = {"host": "elsewhere.example"}
    with pytest.raises(InvalidStatus) as error:
        async with websockets.connect(shut.client().ws, additional_headers=headers):
            pytest.fail("the socket opened")
    assert error.value.response.status_code == 403
