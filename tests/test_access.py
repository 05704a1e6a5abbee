"""The matrix: every field, mutation and subscription of the SDL, times every persona.

A field that is in the SDL and not in the tables of `tests/access` fails the build; so does one that
opens or closes.
"""

import asyncio
from contextlib import aclosing
from functools import partial
from typing import Any

import pytest
from graphql import GraphQLObjectType

import resolvers.stream
import schema
from realtime import watch
from realtime.hub import Hub
from resolvers.context import Context
from server.settings import Settings
from tests import world as worlds
from tests.access import page, snapshot
from tests.access import world as matrix
from tests.access.door import ROOTS, doors, kinds_of, written
from tests.access.live import LIVE, MARKS
from tests.access.page import MUTATIONS
from tests.access.persona import PERSONAS
from tests.access.subject import SDL, Subject, dig, fields_of, letter
from tests.access.table import CARRIERS, SUBJECTS, WRAPPINGS
from tests.inside import Ask, acting, asking
from tests.world import World

LOCKS = doors()
OBJECTS = {
    name: set(kind.fields)
    for name, kind in SDL.type_map.items()
    if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
}
REFUSED = {"UNAUTHENTICATED": "!", "LOCKED": "x", "NOT_FOUND": "?"}
Made = list[tuple[World, dict[str, str]]]


@pytest.fixture(scope="session")
def made() -> Made:
    """The world of the matrix and its digest, once this worker has made it."""
    return []


@pytest.fixture
async def world(made: Made, hub: Hub, settings: Settings) -> World:
    """The world of the matrix: made once, and given to each test as it was then."""
    if not made:
        small = await worlds.build()
        await matrix.build(small, hub, acting(hub, small), asking(hub, small, settings))
        await snapshot.keep()
        made.append((small, await snapshot.digest()))
    await snapshot.put_back()
    return made[0][0]


@pytest.fixture
def before(world: World, made: Made) -> dict[str, str]:
    """The digest of the world before anything is asked of it."""
    return made[0][1]


def code(root: str, door: str, errors: Any) -> str:
    """Why a door refused: LOCKED if for the scope that it prints, and the refusal names that."""
    if not errors:
        return ""
    [error] = errors
    assert error.path in (None, [door])
    if error.extensions == {"code": "FORBIDDEN", "scope": LOCKS[root][door]}:
        return "LOCKED"
    return str(error.extensions["code"])


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
async def test_each_field_answers_each_persona_as_the_table_says(
    ask: Ask, world: World, subject: Subject
) -> None:
    fields = fields_of(subject.type_name)
    document = subject.document.replace("FIELDS", " ".join(fields.values()))
    found: dict[str, dict[str, str]] = {name: {} for name in fields}
    for persona in PERSONAS:
        answer = await ask(persona, document, **subject.variables(world))
        refused = code("Query", subject.door, answer.errors)
        parent = dig(answer.data, subject.path)
        for name in fields:
            found[name][persona] = REFUSED[refused] if refused else letter(parent, name)
        assert addresses(answer.data) <= {f"{persona}@noaber.example"}
    assert found == subject.cells


def addresses(data: Any) -> set[str]:
    """Every e-mail address in an answer."""
    return {word for word in str(data).split("'") if "@noaber.example" in word}


def test_every_type_of_the_sdl_stands_in_the_table() -> None:
    looked_at = {subject.type_name for subject in SUBJECTS}
    heard = set().union(*(door.kinds for door in LIVE.values())) | MARKS
    wrapping = {name for name in OBJECTS if name.endswith((*WRAPPINGS, "Payload"))}
    assert OBJECTS.keys() - wrapping - {*ROOTS} == looked_at | CARRIERS.keys() | heard
    assert looked_at.isdisjoint(CARRIERS.keys() | heard)


def test_a_type_that_only_carries_holds_nothing_of_its_own() -> None:
    for name, fields in OBJECTS.items():
        for suffix, carried in (CARRIERS | WRAPPINGS).items():
            assert fields == carried or not name.endswith(suffix), name
        assert len(fields - {"errors"}) == 1 or not name.endswith("Payload"), name


def test_every_kind_of_event_stands_in_the_table_of_its_door() -> None:
    for door in LIVE.values():
        assert door.kinds == kinds_of(door.interface) - MARKS


def test_every_door_stands_in_the_table_and_prints_its_lock() -> None:
    assert LOCKS["Query"].keys() == {subject.door for subject in SUBJECTS}
    assert LOCKS["Mutation"].keys() == MUTATIONS.keys()
    assert LOCKS["Subscription"].keys() == LIVE.keys()
    assert [name for root in LOCKS.values() for name, lock in root.items() if not lock] == []


def test_the_page_says_what_the_tables_say() -> None:
    assert page.PATH.read_text("utf-8") == page.text(), "python -m tests.access.page"


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_a_mutation_is_done_or_refused_as_the_table_says(
    ask: Ask, world: World, before: dict[str, str], mutation: str
) -> None:
    door = MUTATIONS[mutation]
    refused = {each: door.outcome(each) for each in PERSONAS if door.outcome(each) != "done"}
    found = {each: await outcome(ask, world, mutation, each) or "unchanged" for each in refused}
    assert found == refused
    assert await snapshot.digest() == before
    for persona in door.outcomes["done"]:
        assert await outcome(ask, world, mutation, persona) == "", persona
        after = await snapshot.digest()
        assert after != before, persona
        await snapshot.put_back(name for name in snapshot.TABLES if after[name] != before[name])


async def outcome(ask: Ask, world: World, mutation: str, persona: str) -> str:
    """Try a mutation; gives the code of the refusal, if it was refused."""
    door = MUTATIONS[mutation]
    answer = await ask(persona, written(mutation, door.fields), input=door.given(world))
    if answer.errors:
        return code("Mutation", mutation, answer.errors)
    assert answer.data is not None
    payload = answer.data[mutation]
    codes = [error["code"] for error in payload.pop("errors")]
    assert (None in payload.values()) is bool(codes)
    return str(codes[0]) if codes else ""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream says ten times a second that all up to its cursor has been looked at."""
    monkeypatch.setattr(watch, "watch", partial(watch.watch, beat_seconds=0.1))


@pytest.mark.parametrize("door", LIVE)
async def test_each_persona_hears_the_kinds_that_the_table_says(
    hub: Hub, world: World, quick: None, door: str
) -> None:
    listening = [listen(hub, world, door, persona) for persona in PERSONAS]
    heard = dict(zip(PERSONAS, await asyncio.gather(*listening), strict=True))
    expected = LIVE[door].cells
    assert set().union(*heard.values()) <= {*expected, *REFUSED}
    found = {
        kind: {persona: cell(kind, heard[persona]) for persona in PERSONAS} for kind in expected
    }
    assert found == expected


def cell(kind: str, heard: set[str]) -> str:
    """The letter of a persona who heard these kinds, or was refused."""
    refused = [REFUSED[word] for word in heard if word in REFUSED]
    return refused[0] if refused else "+" if kind in heard else "-"


async def listen(hub: Hub, world: World, door: str, persona: str) -> set[str]:
    """The kinds that a persona hears of a whole stream, to its last event; or the refusal."""
    given = LIVE[door].variables(world)
    stream_id = given.get("id") or world.people[persona].resident_id or world.home
    given |= {"after": resolvers.stream.encode(stream_id, 0)}
    context = await Context(hub, world.people[persona].token, "tests").fresh()
    variables = {name: str(value) for name, value in given.items()}
    last = (await hub.position(stream_id)).last
    heard: set[str] = set()
    stream: Any = await schema.api.subscribe(LIVE[door].document(door), variables, context)
    async with aclosing(stream) as told:
        async for result in told:
            if result.errors:
                return {code("Subscription", door, result.errors)}
            event = result.data[door]
            if event["__typename"] not in MARKS:
                heard.add(kind_of(event))
            elif resolvers.stream.decode(event["cursor"], stream_id) >= last:
                return heard
    return {"ENDED"}


def kind_of(event: dict[str, Any]) -> str:
    """The kind of an event; of a post that is published its audience too."""
    kind = str(event["__typename"])
    return f"{kind}:{event['post']['audience']}" if kind == "PostPublished" else kind
