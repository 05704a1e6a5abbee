"""Spans: one for an operation, one for each statement in it, and no value of anybody in either."""

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from tortoise import Tortoise

import models.database
from schema import timing
from server import span, trace
from server.settings import Settings
from server.span import Spans
from tests.inside import Ask
from tests.running import ROOT
from tests.world import World

WORDS = "markedwords van een buur"
POST = "mutation Write($input: CreatePostInput!) { createPost(input: $input) { errors { code } } }"


def written(world: World) -> dict[str, str]:
    """What a neighbour posts."""
    return {
        "neighbourhoodId": str(world.home),
        "kind": "MESSAGE",
        "title": "Ladder",
        "body": WORDS,
    }


@dataclass
class Collected:
    """The spans that were sent."""

    exporter: InMemorySpanExporter

    def operations(self) -> list[ReadableSpan]:
        """Those of operations."""
        return [each for each in self.exporter.get_finished_spans() if each.parent is None]

    def statements(self) -> list[ReadableSpan]:
        """Those of statements."""
        return [each for each in self.exporter.get_finished_spans() if each.parent is not None]


@pytest.fixture
async def collected(world: World, settings: Settings) -> AsyncIterator[Collected]:
    """Spans are on, for operations and for new connections to the database."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    spans = Spans(provider)
    await Tortoise.close_connections()
    config = models.database.config(settings.database_url, init=spans.listen)
    await Tortoise.init(config=config, _enable_global_fallback=True)
    timing.tell_apart({"Write"})
    with ExitStack() as stack:
        stack.enter_context(spans.operations())
        yield Collected(exporter)
    timing.tell_apart(())


async def test_an_operation_has_a_span_and_its_statements_have_theirs_below(
    collected: Collected, ask: Ask, world: World
) -> None:
    answer = await ask("neighbour", POST, input=written(world))
    assert answer.errors is None
    [operation] = collected.operations()
    assert (operation.name, operation.status.status_code) == ("mutation Write", StatusCode.UNSET)
    assert dict(operation.attributes or {}) == {
        "graphql.operation.name": "Write",
        "graphql.operation.type": "mutation",
    }
    statements = collected.statements()
    assert {"BEGIN;", "INSERT", "SELECT", "COMMIT;"} <= {each.name for each in statements}
    assert operation.context is not None
    parents = {each.parent.span_id for each in statements if each.parent}
    assert parents == {operation.context.span_id}
    told = "".join(each.to_json() for each in collected.exporter.get_finished_spans())
    assert "insert into event" in told
    token = world.people["neighbour"].token or ""
    for private in (WORDS, "Ladder", "@noaber.example", str(world.home), token):
        assert private not in told, private


async def test_a_name_that_is_not_on_the_list_is_not_told(collected: Collected, ask: Ask) -> None:
    await ask("neighbour", "query Anna { viewer { email } }")
    assert [each.name for each in collected.operations()] == ["query other"]


async def test_what_fails_inside_is_told_as_failed(
    collected: Collected, ask: Ask, world: World
) -> None:
    await models.database.connection().execute_script("alter table post rename to away")
    try:
        await ask("neighbour", POST, input=written(world))
    finally:
        await models.database.connection().execute_script("alter table away rename to post")
    [operation] = [each for each in collected.operations() if each.name == "mutation Write"]
    assert operation.status.status_code is StatusCode.ERROR
    [refused] = [each for each in collected.statements() if not each.status.is_ok]
    assert (refused.name, refused.status.description) == ("INSERT", "UndefinedTableError")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("select * from post where title = 'Anna''s fiets'", "select * from post where title = ?"),
        ("select $1,  $2\n from post limit 20", "select $1, $2 from post limit ?"),
        ("select $a$Anna$a$, x1 from t2 where y > 3.5", "select ?, x1 from t2 where y > ?"),
    ],
)
def test_a_value_in_a_statement_is_a_question_mark(text: str, told: str) -> None:
    assert span.statement(text) == told


def test_nothing_of_it_is_loaded_unless_it_is_on() -> None:
    # redis loads the library by itself, where it is; spans are sent by ours alone
    code = "import sys, server.serving; print([n for n in sys.modules if n in {*sys.argv}])"
    ours = ("server.span", "opentelemetry.exporter.otlp.proto.http.trace_exporter")
    command = [sys.executable, "-c", code, *ours]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_the_extra_is_there() -> None:
    trace.check()
