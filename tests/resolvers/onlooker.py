"""Everything that somebody can read: each door, with every field below it, and each statement."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

import schema
from tests.inside import Ask

SDL = schema.api._schema
LEVELS, MANY, AT_ONCE = 3, 5, 5
# whoever is signed out may ask for less at once
FEWER = {"signed_out": 1}
WORD = '"help"'
# what reading itself changes
OWN = {"lastUsedAt", "useCount"}
Ids = dict[str, list[UUID]]


def selection(kind: Any, depth: int, path: tuple[str, ...] = ()) -> str:
    """Every field of a type, and of what lies below it, without going round in circles."""
    named = get_named_type(kind)
    if is_leaf_type(named):
        return " "
    if depth == 0 or named.name in path or not isinstance(named, GraphQLObjectType):
        return ""
    parts = [
        f"{asked(name, field)} {below}"
        for name, field in named.fields.items()
        if name not in OWN and name != "edges"
        if (below := selection(field.type, depth - 1, (*path, named.name)))
    ]
    return f"{{ {' '.join(parts)} }}" if parts else ""


def asked(name: str, field: GraphQLField, **given: str) -> str:
    """The field with what it cannot do without, and as long a page as there is need of."""
    for argument, declared in field.args.items():
        named = get_named_type(declared.type)
        if isinstance(declared.type, GraphQLNonNull) and isinstance(named, GraphQLEnumType):
            given[argument] = next(iter(named.values))
        elif isinstance(declared.type, GraphQLNonNull) and named.name == "String":
            given[argument] = WORD
    if "first" in field.args:
        given["first"] = str(MANY)
    written = ", ".join(f"{argument}: {value}" for argument, value in given.items())
    return f"{name}({written})" if written else name


def documents(ids: Ids, *doors: str, at_once: int = AT_ONCE) -> Iterator[str]:
    """The fields behind these doors, or all, for each of the ids that a door is given.

    `ids` are by the name of the argument, or of the door whose `id` it is.
    """
    query = SDL.query_type
    assert query is not None
    anything = list({id for some in ids.values() for id in some})
    ids = ids | {"node": anything, "ids": anything}
    for name in doors or query.fields:
        door = query.fields[name]
        kind = get_named_type(door.type)
        is_page = kind.name.endswith("Connection")
        inner = get_named_type(kind.fields["nodes"].type) if is_page else kind
        for given in _arguments(name, door, ids):
            for part in _parts(inner, at_once):
                rest = f"{{ nodes {part} pageInfo {{ endCursor hasNextPage }} }}"
                yield f"{{ {asked(name, door, **given)} {rest if is_page else part} }}"


def _parts(kind: Any, at_once: int) -> Iterator[str]:
    """The fields of a type and all below them, so many at once as one may ask for."""
    below = {
        asked(name, field): selection(field.type, LEVELS, (kind.name, "PageInfo"))
        for name, field in kind.fields.items()
        if name not in OWN
    }
    fields = [f"{name} {inner}" for name, inner in below.items() if inner]
    for start in range(0, len(fields), at_once):
        yield f"{{ {' '.join(fields[start : start + at_once])} }}"


def _arguments(name: str, door: GraphQLField, ids: Ids) -> list[dict[str, str]]:
    """The ids that a door has to be given, each of them that there is."""
    given: list[dict[str, str]] = [{}]
    for argument, declared in door.args.items():
        needed = isinstance(declared.type, GraphQLNonNull)
        if needed and get_named_type(declared.type).name == "ID":
            values = ids[name if argument == "id" else argument]
            given = [{**one, argument: f'"{value}"'} for one in given for value in values]
    return given


async def everything(ask: Ask, persona: str, ids: Ids, *doors: str) -> dict[str, Any]:
    """Each document with what it answers a persona, errors too."""
    found = {}
    for document in documents(ids, *doors, at_once=FEWER.get(persona, AT_ONCE)):
        if persona in FEWER:
            document = document.replace(f"first: {MANY}", "first: 2")
        answer = await ask(persona, document)
        errors = [error.formatted for error in answer.errors or []]
        assert not [e for e in errors if e["extensions"]["code"] in ("INTERNAL", "TOO_COMPLEX")]
        found[document] = (answer.data, errors)
    return found


async def kept(model: Any, **which: Any) -> list[dict[str, Any]]:
    """The rows of a table, whole."""
    return list(await model.filter(**which).order_by("id").values())


@contextmanager
def statements(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    """What is asked of the database in the block, in its words and order, without the values."""
    caplog.clear()
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        yield lambda: [
            record.getMessage().partition(": [")[0]
            for record in caplog.records
            if record.name == "tortoise.db_client"
        ]
