"""Whatever fails inside, and in whichever hook, a client reads that it did, and no word of it."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import pytest
from strawberry.extensions import SchemaExtension

import schema
from models.database import connection
from models.transaction import Retry
from realtime.hub import Hub
from resolvers.context import Context
from tests.running import As
from tests.world import World

SECRET = "Lies woont op nummer 12"
QUERY = "{ viewer { email } }"
FEED = "subscription ($id: ID!) { feedEvents(neighbourhoodId: $id) { __typename } }"
# each hook of an extension, and whether it fails after what it stands around
HOOKS = [
    *((hook, late) for hook in ("on_parse", "on_validate", "on_execute") for late in (False, True)),
    ("on_operation", False),
    ("on_operation", True),
    ("on_stream_result", False),
]


def failing(hook: str, error: Exception, *, late: bool) -> type[SchemaExtension]:
    """An extension of which one hook fails, before or after what it stands around."""

    def fail(_self: SchemaExtension, *_: Any) -> Iterator[None]:
        if late:
            yield
        raise error
        yield

    return type("Failing", (SchemaExtension,), {hook: fail})


async def told(document: str, world: World, hub: Hub) -> list[Any]:
    """What a stream brings, until it ends or has told something."""
    context = Context(hub, world.people["resident"].token)
    source: Any = await schema.api.stream(document, {"id": str(world.home)}, context)
    heard = []
    async with aclosing(source):
        async for result in source:
            heard.append(result)
            if not result.errors:
                break
    return heard


def names_only_the_request(extensions: dict[str, Any] | None) -> bool:
    """Whether an error says that something failed, in which request, and nothing else."""
    told = dict(extensions or {})
    id = told.pop("requestId", "")
    return told == {"code": "INTERNAL"} and re.fullmatch("[0-9a-f]{32}", id) is not None


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(("hook", "late"), HOOKS)
async def test_a_hook_that_fails_gives_nothing_away(
    hub: Hub, world: World, monkeypatch: pytest.MonkeyPatch, hook: str, late: bool, first: bool
) -> None:
    own = schema.api.extensions
    broken = failing(hook, ValueError(SECRET), late=late)
    monkeypatch.setattr(schema.api, "extensions", (broken, *own) if first else (*own, broken))
    context = Context(hub, world.people["resident"].token)
    answers = [await schema.api.execute(QUERY, None, context)]
    answers += await told(QUERY, world, hub) + await told(FEED, world, hub)
    errors = [error for answer in answers for error in answer.errors or ()]
    assert errors
    assert {error.message for error in errors} == {"Unexpected error."}
    assert all(names_only_the_request(error.extensions) for error in errors)
    assert SECRET not in str(answers)


async def test_what_is_made_for_a_client_is_told_in_its_own_words(
    hub: Hub, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = failing("on_operation", Retry(), late=False)
    monkeypatch.setattr(schema.api, "extensions", (broken, *schema.api.extensions))
    answer = await schema.api.execute(QUERY, None, Context(hub))
    assert answer.errors is not None
    [error] = answer.errors
    assert (error.message, error.extensions) == (
        "This could not be finished now; try again.",
        {"code": "RETRY"},
    )


@asynccontextmanager
async def without(table: str) -> AsyncIterator[None]:
    """While the block runs, a table is away."""
    await connection().execute_script(f'alter table "{table}" rename to table_away')
    try:
        yield
    finally:
        await connection().execute_script(f'alter table table_away rename to "{table}"')


async def test_an_answer_tells_nothing_of_a_viewer_who_cannot_be_looked_up(
    as_: As, world: World
) -> None:
    client = as_("resident")
    async with without("session_token"):
        answer = await client.send(QUERY)
    assert answer["data"] is None
    [error] = answer["errors"]
    assert names_only_the_request(error["extensions"])
    assert "session_token" not in str(answer)
