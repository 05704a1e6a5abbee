"""The schema as it is printed: committed, described to the last word, and silent about faults."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_introspection_type,
    is_specified_directive,
    is_specified_scalar_type,
)
from structlog.testing import capture_logs

import models
import resolvers.post
import resolvers.relation
import schema
from auth.statement import Statement
from models.transaction import Retry
from schema.plan.source import OneSource
from tests.inside import Ask
from tests.world import World

SDL = Path(schema.__file__).with_name("schema.graphql")
SECRET = "Jan uit de Dorpsstraat"
POST = "query ($id: ID!) { post(id: $id) { body author { displayName } } }"
EDIT = "mutation ($input: EditPostInput!) { editPost(input: $input) { post { id } } }"


def test_the_committed_schema_is_the_one_the_code_prints() -> None:
    assert SDL.read_text(encoding="utf-8").strip() == schema.api.as_str().strip()


def test_everything_a_client_can_name_is_described() -> None:
    named = dict(words())
    assert len(named) > 250
    assert [name for name, text in named.items() if not (text or "").strip()] == []


def test_every_description_is_a_sentence() -> None:
    scalars = {"Date", "DateTime"}
    ours = [(name, text or "") for name, text in words() if name not in scalars]
    assert [name for name, text in ours if not text.strip().endswith((".", "?"))] == []


def words() -> Iterator[tuple[str, str | None]]:
    """Whatever the schema names, with its description."""
    known = schema.api._schema
    for name, kind in known.type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value}", v.description) for value, v in kind.values.items())
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            yield from members(name, kind)
    for directive in known.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", directive.description


def members(name: str, kind: Any) -> Iterator[tuple[str, str | None]]:
    """The fields of a type, and the arguments of each."""
    for field, declared in kind.fields.items():
        yield f"{name}.{field}", declared.description
        for argument, given in getattr(declared, "args", {}).items():
            yield f"{name}.{field}({argument})", given.description


def fault(*_: object, **__: object) -> Any:
    """Something goes wrong in the midst of an operation, and its words name somebody."""
    raise RuntimeError(SECRET)


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """What is logged meanwhile."""
    with capture_logs() as lines:
        yield lines


OUTCOMES = {"ok", "refused", "failed", "gone"}


def faults(lines: list[Any]) -> list[Any]:
    """What was logged, without the line that each operation has."""
    assert {line["outcome"] for line in lines if line["event"] == "operation"} <= OUTCOMES
    return [line for line in lines if line["event"] != "operation"]


def masked(answer: Any, lines: list[Any], everything: str) -> None:
    """One error that says nothing, and one line that tells where it was, not what."""
    [error] = answer.errors
    [line] = faults(lines)
    told = {"code": "INTERNAL", "requestId": line["request_id"]}
    assert error.formatted["extensions"] == told
    assert len(line["request_id"]) == 32
    assert error.formatted["message"] == "Unexpected error."
    assert (line["event"], line["error"]) == ("operation failed", "RuntimeError")
    assert any("test_schema.py" in frame and "fault" in frame for frame in line["frames"])
    assert SECRET not in f"{answer} {error.formatted} {lines} {everything}"


async def test_a_fault_behind_a_door_gives_nothing_away(
    ask: Ask,
    world: World,
    logged: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(Statement, "fetch", fault)
    monkeypatch.setattr(resolvers.post, "visible", fault)
    answer = await ask("neighbour", POST, id=world.posts[models.Audience.NEIGHBOURHOOD])
    masked(answer, logged, caplog.text)
    assert answer.data == {"post": None}


async def test_a_fault_in_a_batch_gives_nothing_away_and_spares_the_rest(
    ask: Ask,
    world: World,
    logged: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(OneSource, "fetch", fault)
    monkeypatch.setattr(resolvers.relation, "visible", fault)
    answer = await ask("neighbour", POST, id=world.posts[models.Audience.NEIGHBOURHOOD])
    masked(answer, logged, caplog.text)
    assert answer.data == {"post": {"body": "Body for NEIGHBOURHOOD", "author": None}}


async def test_a_fault_in_a_change_gives_nothing_away_and_changes_nothing(
    ask: Ask,
    world: World,
    logged: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(resolvers.post, "about_post", fault)
    id = world.posts[models.Audience.NEIGHBOURHOOD]
    answer = await ask("resident", EDIT, input={"postId": id, "body": "Nieuw"})
    masked(answer, logged, caplog.text)
    assert (await models.Post.get(id=id)).body == "Body for NEIGHBOURHOOD"
    assert await models.PostRevision.filter(post_id=id).count() == 1


async def test_what_may_be_tried_again_says_so_and_is_no_fault(
    ask: Ask, world: World, logged: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> Any:
        raise Retry

    monkeypatch.setattr(resolvers.post, "about_post", busy)
    id = world.posts[models.Audience.NEIGHBOURHOOD]
    answer = await ask("resident", EDIT, input={"postId": id, "body": "Nieuw"})
    assert [error.extensions for error in answer.errors or []] == [{"code": "RETRY"}]
    assert faults(logged) == []


@pytest.mark.parametrize(
    "document",
    ["{", "{ nothing }", "{ viewer { email(loud: true) } }", "query ($id: ID!) { post(id: $id) }"],
)
async def test_a_document_that_cannot_be_is_explained_and_not_logged(
    ask: Ask, logged: list[Any], document: str
) -> None:
    answer = await ask("neighbour", document)
    assert answer.errors
    assert all(error.message != "Unexpected error." for error in answer.errors)
    assert faults(logged) == []


async def test_a_wrong_name_gets_no_hint_of_the_right_one(ask: Ask) -> None:
    answer = await ask("neighbour", "{ viewer { emial } }")
    assert [error.message for error in answer.errors or []] == [
        "Cannot query field 'emial' on type 'Resident'."
    ]
