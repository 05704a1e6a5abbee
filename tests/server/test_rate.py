"""How often is too often: per holder, per block of addresses, in Valkey and without it."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import redis.asyncio

from resolvers.rate import Act
from server import valkey
from server.rate import USUAL, Rates, block, counting
from server.settings import Settings
from tests.running import Server, running
from tests.world import PASSWORD, World

HERE = "192.0.2.7"
RESPONSE = "application/graphql-response+json"
LOG_IN = "mutation ($input: LogInInput!) {{ {aliases} }}"
NOBODY_ANSWERS = "redis://127.0.0.1:1/0"


@pytest.fixture
async def rates(settings: Settings) -> AsyncIterator[Rates]:
    """The usual rates, under a prefix of their own."""
    async for started in counted(settings, "counted"):
        yield started


async def counted(settings: Settings, prefix: str, **more: object) -> AsyncIterator[Rates]:
    own = {"channel_prefix": f"{settings.channel_prefix}-{prefix}", **more}
    chosen = settings.model_copy(update=own)
    connected = valkey.connect(chosen)
    yield counting(chosen, connected)
    await connected.aclose()
    async with redis.asyncio.Redis.from_url(settings.redis_url) as client:
        async for key in client.scan_iter(f"{own['channel_prefix']}*"):
            await client.delete(key)


async def taken(rates: Rates, act: Act, holder: str | None, address: str, times: int) -> int:
    """How many of some acts were let through."""
    waits = [await rates.take(act, holder, address) for _ in range(times)]
    assert all(wait is None or 1 <= wait <= 300 for wait in waits)
    return waits.count(None)


async def test_a_holder_and_a_block_each_have_their_number(rates: Rates) -> None:
    assert await taken(rates, Act.LOG_IN, "somebody", HERE, 12) == 10
    # the same street, another holder; then all of the street
    assert await taken(rates, Act.LOG_IN, "another", "192.0.2.8", 12) == 10
    assert await taken(rates, Act.LOG_IN, None, "192.0.2.9", 12) == 6
    assert await taken(rates, Act.LOG_IN, None, "192.0.3.9", 12) == 12
    assert await taken(rates, Act.QUERY, None, "192.0.2.9", 12) == 12


async def test_processes_count_together(settings: Settings) -> None:
    async for one in counted(settings, "together"):
        async for other in counted(settings, "together"):
            assert await taken(one, Act.LOG_IN, "somebody", HERE, 6) == 6
            assert await taken(other, Act.LOG_IN, "somebody", HERE, 6) == 4


async def test_without_valkey_half_as_much_is_let_through(settings: Settings) -> None:
    away = settings.model_copy(update={"redis_url": NOBODY_ANSWERS})
    connected = valkey.connect(away)
    assert await taken(counting(away, connected), Act.LOG_IN, "somebody", HERE, 12) == 5
    await connected.aclose()


async def test_what_is_counted_names_nobody(settings: Settings, rates: Rates) -> None:
    await rates.take(Act.LOG_IN, "somebody", HERE)
    async with redis.asyncio.Redis.from_url(settings.redis_url, decode_responses=True) as client:
        pattern = f"{settings.channel_prefix}-counted*"
        keys = [key async for key in client.scan_iter(pattern)]
    assert len(keys) == 2
    assert [key for key in keys if "192.0" in key or "somebody" in key] == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_block_is_what_a_line_has(address: str, expected: str) -> None:
    assert block(address) == expected


@pytest.fixture(scope="module")
def strict(settings: Settings) -> Iterator[Server]:
    """A server with the usual rates, and proxies on this machine."""
    own = {
        "NOABER_RATES": "1",
        "NOABER_CHANNEL_PREFIX": f"{settings.channel_prefix}-strict",
        "NOABER_TRUSTED_PROXIES": "127.0.0.1",
    }
    with running(settings, own) as started:
        yield started


async def post(server: Server, document: str, address: str, **variables: object) -> httpx.Response:
    headers = {"accept": RESPONSE, "x-forwarded-for": address}
    asked = {"query": document, "variables": variables}
    async with httpx.AsyncClient(timeout=10) as client:
        return await client.post(server.client().http, json=asked, headers=headers)


async def test_each_alias_is_an_attempt(strict: Server, world: World) -> None:
    aliases = " ".join(f"a{n}: logIn(input: $input) {{ errors {{ code }} }}" for n in range(20))
    document = LOG_IN.format(aliases=aliases)
    given = {"email": "resident@noaber.example", "password": "not this one"}
    codes = []
    for _ in range(2):
        answer = (await post(strict, document, "198.51.100.1", input=given)).json()
        codes += [error["extensions"]["code"] for error in answer.get("errors", [])]
        codes += [each["errors"][0]["code"] for each in (answer["data"] or {}).values() if each]
    # the second document has no data: what is refused in it ends it
    assert codes == ["LOGIN_REFUSED"] * 20 + ["RATE_LIMITED"]
    right = {"email": "resident@noaber.example", "password": PASSWORD}
    refused = await post(
        strict,
        LOG_IN.format(aliases="logIn(input: $input) { errors { code } }"),
        "198.51.100.77",
        input=right,
    )
    [error] = refused.json()["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert 1 <= error["extensions"]["retryAfter"] <= 300
    assert (
        error["message"] == f"Too often: try again in {error['extensions']['retryAfter']} seconds."
    )


async def test_a_request_that_is_one_too_many_is_refused_whole(
    strict: Server, world: World
) -> None:
    headers = {"accept": RESPONSE, "x-forwarded-for": "198.51.100.1"}
    async with httpx.AsyncClient(timeout=30, headers=headers) as client:

        async def ask() -> httpx.Response:
            asked = {"query": "mutation { __typename }"}
            return await client.post(strict.client().http, json=asked)

        answers = [await ask() for _ in range(5)]
        assert [each.status_code for each in answers] == [200] * 5
        many = await asyncio.gather(*(ask() for _ in range(600)))
    refused = [each for each in many if each.status_code == 429]
    assert len(refused) >= 5
    assert (
        int(refused[0].headers["retry-after"])
        == refused[0].json()["errors"][0]["extensions"]["retryAfter"]
    )
    assert "data" not in refused[0].json()
    elsewhere = await post(strict, "mutation { __typename }", "203.0.113.1")
    assert elsewhere.status_code == 200


def test_every_act_has_its_numbers() -> None:
    assert USUAL.keys() == set(Act)
