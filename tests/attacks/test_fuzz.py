"""Documents by chance on a real server: it has a sensible answer to each, and goes on."""

from collections import Counter

import httpx
import pytest
from graphql import parse, validate

from tests.attacks.generate import SDL, Maker
from tests.attacks.pulse import BOUND, measured
from tests.running import Server
from tests.world import World

SEED = 20_261_125
SHOWN = 3


def ids(world: World) -> list[object]:
    """What documents may name."""
    people = [
        each for one in world.people.values() for each in (one.resident_id, one.membership_id)
    ]
    things = (world.neighbourhoods, world.posts, world.comments, world.organisations, world.units)
    return [*filter(None, people), *(id for each in things for id in each.values())]


async def sent(server: Server, token: str | None, documents: list[str]) -> Counter[str]:
    """How often each code came; fails on a fault, and on a document that keeps the loop."""
    codes: Counter[str] = Counter()
    headers = {"accept": "application/graphql-response+json"}
    headers |= {"authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient(timeout=30, headers=headers) as client:
        for document in documents:

            async def send(text: str = document) -> httpx.Response:
                return await client.post(server.client().http, json={"query": text})

            response, cost = await measured(server, send)
            assert response.status_code < 500, document
            assert cost < BOUND, document
            answer = response.json()
            codes.update({error["extensions"]["code"] for error in answer.get("errors", [])})
            codes["data"] += answer.get("data") is not None
            assert "INTERNAL" not in codes, document
    return codes


@pytest.mark.timeout(3_600)
async def test_valid_documents(target: Server, partners: World, count: int) -> None:
    maker = Maker(SEED, ids(partners))
    documents = [maker.document() for _ in range(count)]
    faults = [text for text in documents if validate(SDL, parse(text))]
    assert faults[:SHOWN] == []
    codes = await sent(target, partners.people["manager"].token, documents)
    assert codes["data"] > count / 10
    assert codes["INVALID_DOCUMENT"] + codes["UNREADABLE_DOCUMENT"] == 0


@pytest.mark.timeout(3_600)
async def test_spoilt_documents(target: Server, partners: World, count: int) -> None:
    maker = Maker(SEED, ids(partners))
    documents = [maker.spoilt() for _ in range(count)]
    codes = await sent(target, partners.people["resident"].token, documents)
    assert codes["UNREADABLE_DOCUMENT"] > count / 10
    assert codes["INVALID_DOCUMENT"] > count / 20
