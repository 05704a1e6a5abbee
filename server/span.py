"""Spans of OpenTelemetry: one for each operation, and one for each statement, without arguments."""

import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, StatusCode
from strawberry.extensions import SchemaExtension

import schema
from schema import timing

NAME = "noaber"
LONGEST = 2_000
# a text, a text between dollars, and a number that is neither part of a name nor a parameter
LITERAL = re.compile(r"'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|(?<![\w$])\d+(?:\.\d+)?", re.DOTALL)


class Spans:
    """The spans that one process makes with a provider."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer(NAME)

    @contextmanager
    def operations(self) -> Iterator[None]:
        """Operations have spans for as long as the block lasts; at its end all are sent."""
        tracer = self._tracer

        class Traced(SchemaExtension):
            """The span of one operation."""

            async def on_operation(self) -> AsyncIterator[None]:
                """Around all that is done for it."""
                with tracer.start_as_current_span(
                    NAME,
                    kind=SpanKind.SERVER,
                    record_exception=False,
                    set_status_on_exception=False,
                ) as span:
                    yield
                    _describe(span, self)

        before = schema.api.extensions
        schema.api.extensions = (Traced, *before)
        try:
            yield
        finally:
            schema.api.extensions = before
            self._provider.shutdown()

    async def listen(self, connection: Any) -> None:
        """Statements on this connection have spans."""
        connection.add_query_logger(self._tell)

    def _tell(self, done: Any) -> None:
        """A statement is over; what it was given stays out."""
        end = time.time_ns()
        text = statement(done.query)
        span = self._tracer.start_span(
            text.partition(" ")[0].upper(),
            kind=SpanKind.CLIENT,
            start_time=end - int(done.elapsed * 1e9),
            attributes={"db.system.name": "postgresql", "db.query.text": text},
        )
        if done.exception is not None:
            span.set_status(StatusCode.ERROR, type(done.exception).__name__)
        span.end(end)


def exported() -> Spans:
    """Spans that are sent by OTLP over HTTP, in batches, where the OTEL_ variables say."""
    provider = TracerProvider(resource=Resource.create({"service.name": NAME}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Spans(provider)


@lru_cache(1_000)
def statement(text: str) -> str:
    """The text of a statement, with a question mark for whatever stands in it as a value."""
    return LITERAL.sub("?", " ".join(text.split()))[:LONGEST]


def _describe(span: Span, extension: SchemaExtension) -> None:
    name, kind = timing.describe(extension.execution_context)
    span.update_name(f"{kind} {name}")
    span.set_attributes({"graphql.operation.name": name, "graphql.operation.type": kind})
    if timing.ending(extension.execution_context) == "failed":
        span.set_status(StatusCode.ERROR)
