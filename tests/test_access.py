"""The matrix: every field, mutation and subscription of the SDL, times every persona.

A field that is in the SDL and not in the table fails the build; so does one that opens or closes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from graphql import (
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLWrappingType,
    ObjectTypeDefinitionNode,
    is_leaf_type,
    parse,
)

import models
import resolvers.post
import schema
from models.database import connection
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.work import perform
from tests import access_awaited, beginning
from tests.access_doors import HEARS, MUTATIONS
from tests.access_table import CARRIERS, PERSONAS, SUBJECTS, Subject
from tests.inside import Ask
from tests.world import World

SDL = schema.api._schema
FEED_EVENT = SDL.type_map["FeedEvent"]
ROOTS = {"Query", "Mutation", "Subscription"}


def fields_of(type_name: str) -> dict[str, str]:
    """Each field of a type, with the least selection that shows whether there is something."""
    kind = SDL.type_map[type_name]
    assert isinstance(kind, GraphQLObjectType)
    return {name: f"{name} {_selection(field.type)}" for name, field in kind.fields.items()}


def matrix_fields(type_name: str) -> dict[str, str]:
    """The fields of a type that the matrix holds."""
    awaited = access_awaited.FIELDS.get(type_name, set())
    fields = fields_of(type_name)
    assert awaited <= fields.keys()
    return {name: asked for name, asked in fields.items() if name not in awaited}


def _selection(kind: Any) -> str:
    while isinstance(kind, GraphQLWrappingType | GraphQLNonNull):
        kind = kind.of_type
    if is_leaf_type(kind):
        return ""
    return "{ nodes { __typename } }" if kind.name.endswith("Connection") else "{ __typename }"


def letter(parent: dict[str, Any] | None, name: str) -> str:
    """`+` there is something, `0` an empty list, `-` null, `.` there is no parent to ask."""
    if parent is None:
        return "."
    value = parent[name]
    if isinstance(value, dict) and "nodes" in value:
        value = value["nodes"]
    return "0" if value == [] else "-" if value is None else "+"


def dig(data: Any, path: str) -> dict[str, Any] | None:
    """Follow a path of names; the first of a list; None where it breaks off."""
    for name in path.split("."):
        data = data and data[name]
        if isinstance(data, list):
            data = data[0] if data else None
    found: dict[str, Any] | None = data
    return found


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
async def test_each_field_answers_each_persona_as_the_table_says(
    ask: Ask, world: World, subject: Subject
) -> None:
    fields = matrix_fields(subject.type_name)
    document = subject.document.replace("FIELDS", " ".join(fields.values()))
    found = dict.fromkeys(fields, "")
    for persona in PERSONAS:
        answer = await ask(persona, document, **subject.variables(world))
        codes = [error.extensions and error.extensions["code"] for error in answer.errors or []]
        assert codes in ([], ["UNAUTHENTICATED"])
        parent = dig(answer.data, subject.path)
        for name in fields:
            found[name] += "!" if codes else letter(parent, name)
    expected = {name: cells for names, cells in subject.cells for name in names.split()}
    assert found == expected


@pytest.mark.parametrize("persona", PERSONAS)
async def test_nobody_reads_what_is_only_for_another(ask: Ask, world: World, persona: str) -> None:
    secret = {f"{name}@noaber.example" for name in world.people} - {f"{persona}@noaber.example"}
    for subject in SUBJECTS:
        fields = " ".join(matrix_fields(subject.type_name).values())
        document = subject.document.replace("FIELDS", fields)
        answer = await ask(persona, document, **subject.variables(world))
        assert not [word for word in secret if word in str(answer.data)]


def test_every_type_of_the_sdl_stands_in_the_table() -> None:
    objects = {
        name
        for name, kind in SDL.type_map.items()
        if isinstance(kind, GraphQLObjectType)
        and FEED_EVENT not in kind.interfaces
        and not name.startswith("__")
    }
    wrapping = {name for name in objects if name.endswith(("Connection", "Edge", "Payload"))}
    in_table = {subject.type_name for subject in SUBJECTS} | CARRIERS
    assert in_table.isdisjoint(access_awaited.TYPES)
    assert objects - wrapping - ROOTS == in_table | access_awaited.TYPES


def test_every_door_stands_in_the_table() -> None:
    entered = {subject.document.split("{")[1].split("(")[0].strip() for subject in SUBJECTS}
    assert set(fields_of("Query")) == entered | access_awaited.QUERIES
    assert set(fields_of("Mutation")) == set(MUTATIONS) | access_awaited.MUTATIONS
    awaited = {"organisationEvents", "residentEvents"}
    assert set(fields_of("Subscription")) == {"feedEvents"} | awaited


def test_every_door_prints_its_lock() -> None:
    printed = [
        node
        for node in parse(schema.api.as_str()).definitions
        if isinstance(node, ObjectTypeDefinitionNode) and node.name.value in ROOTS
    ]
    locks = {
        door.name.value: [directive.name.value for directive in door.directives or ()]
        for root in printed
        for door in root.fields or ()
    }
    assert len(locks) == sum(len(fields_of(root)) for root in ROOTS)
    assert [name for name, lock in locks.items() if lock not in (["needs"], ["public"])] == []


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_a_mutation_that_is_refused_says_why_and_changes_nothing(
    ask: Ask, world: World, mutation: str
) -> None:
    door = MUTATIONS[mutation]
    refused = [persona for persona in PERSONAS if door.outcome(persona) != "done"]
    before = await digest()
    for persona in refused:
        answer = await ask(persona, written(mutation), input=door.given(world))
        assert (outcome(answer, mutation) or "unchanged") == door.outcome(persona), persona
        assert await digest() == before, persona


@pytest.mark.parametrize(
    ("mutation", "persona"),
    [(name, one) for name, door in MUTATIONS.items() for one in door.outcomes["done"]],
)
async def test_a_mutation_that_is_allowed_changes_something(
    ask: Ask, world: World, mutation: str, persona: str
) -> None:
    before = await digest()
    answer = await ask(persona, written(mutation), input=MUTATIONS[mutation].given(world))
    assert outcome(answer, mutation) == ""
    assert await digest() != before


def written(mutation: str) -> str:
    """The document of a mutation, asking for what its table entry asks for, and for the errors."""
    name = mutation[0].upper() + mutation[1:]
    return (
        f"mutation ($input: {name}Input!) {{ {mutation}(input: $input)"
        f" {{ {MUTATIONS[mutation].fields} errors {{ code }} }} }}"
    )


def outcome(answer: Any, mutation: str) -> str:
    """The code of the refusal, if it was refused."""
    if answer.errors:
        return str(answer.errors[0].extensions["code"])
    errors = answer.data[mutation]["errors"]
    return str(errors[0]["code"]) if errors else ""


async def digest() -> list[Any]:
    """What is in every table, in one number each; that a token was used does not count."""
    tables = [model._meta.db_table for model in vars(models).values() if hasattr(model, "_meta")]
    kept = "(to_jsonb(t) - 'use_count' - 'last_used_at')::text"
    parts = [
        f"select '{table}' as name, md5(string_agg({kept}, '' order by {kept})) as sum"
        f' from "{table}" t'
        for table in tables
    ]
    rows = await connection().execute_query_dict(" union all ".join(parts) + " order by name")
    return [dict(row) for row in rows]


@pytest.mark.parametrize("persona", PERSONAS)
async def test_each_persona_hears_what_the_table_says(hub: Hub, world: World, persona: str) -> None:
    context = await Context(hub, world.people[persona].token).fresh()
    document = (
        "subscription ($id: ID!, $after: String) { feedEvents(neighbourhoodId: $id, after: $after)"
        " { __typename ... on PostPublished { post { audience } } } }"
    )
    author = await Context(hub, world.people["resident"].token).fresh()
    for audience in models.Audience:
        given = {
            "neighbourhood_id": world.home,
            "kind": models.PostKind.MESSAGE,
            "body": "news",
            "audience": audience,
        }
        await perform(author, resolvers.post.create_post, given, None)
    after = await beginning.cursor(context.token, world.home)
    variables = {"id": str(world.home), "after": after}
    heard = [result async for result in first_of(document, variables, context)]
    assert heard == HEARS[persona]


async def first_of(
    document: str, variables: dict[str, Any], context: Context
) -> AsyncIterator[str]:
    """The audience of each post heard within half a second of silence, or the refusal."""
    stream: Any = await schema.api.subscribe(document, variables, context)
    with suppress(TimeoutError, StopAsyncIteration):
        while True:
            async with asyncio.timeout(0.5):
                result = await anext(stream)
            if result.errors:
                yield str(result.errors[0].extensions["code"])
                break
            yield str(result.data["feedEvents"]["post"]["audience"])
    await stream.aclose()
