"""What one operation may ask of us, over HTTP, server-sent events and sockets alike."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLError, GraphQLSchema, OperationType, get_operation_ast
from graphql.language.parser import MAX_NESTING_DEPTH
from strawberry.extensions import SchemaExtension

from schema.measure import Measure, Size

TOKENS = 2_000
DEPTH = 15
ALIASES = 30
DIRECTIVES = 30
ROOT_FIELDS = {OperationType.QUERY: 20, OperationType.MUTATION: 20, OperationType.SUBSCRIPTION: 1}
COST = 10_000
# fan-out makes figures of any length; this is the largest Int of GraphQL
LARGEST = 2**31 - 1
# what the parser says when it gives up: which limit that was
GIVEN_UP = {
    f"Syntax Error: Document contains more than {TOKENS} tokens": ("tokens", TOKENS),
    "Syntax Error: Document is nested too deeply": ("nesting", MAX_NESTING_DEPTH),
}


class TooComplex(GraphQLError):
    """The client asks more at once than anybody may; `extensions` say which limit, and by what."""

    def __init__(self, limit: str, figure: int, bound: int) -> None:
        figure = min(figure, LARGEST)
        super().__init__(
            f"Too complex: {limit} {figure:,}, at most {bound:,}.",
            extensions={"code": "TOO_COMPLEX", "limit": limit, "figure": figure, "bound": bound},
        )


class Limits(SchemaExtension):
    """Measures an operation between parsing and validation, and tells its cost in the answer.

    Before validation, whose rules take longer the larger an operation is; here rather than as one
    of them, because they do not know the variables.
    """

    cost: int | None = None
    given_up: GraphQLError | None = None

    def on_operation(self) -> Iterator[None]:
        """Have the parser stop at the token that is one too many."""
        self.execution_context.parse_options["max_tokens"] = TOKENS
        yield
        self._tell(self.execution_context.result)

    def on_parse(self) -> Iterator[None]:
        """See whether the parser gave up at a limit, which is more than a fault in the text."""
        yield
        for error in self.execution_context.pre_execution_errors or ():
            for words, (limit, bound) in GIVEN_UP.items():
                if error.message.startswith(words):
                    self.given_up = TooComplex(limit, bound + 1, bound)

    def on_stream_result(self, result: Any) -> Iterator[None]:
        """Tell a socket before it sees the error of the parser, for which it would close."""
        self._tell(result)
        yield

    def _tell(self, result: Any) -> None:
        if self.given_up is not None and result is not None:
            result.errors = [self.given_up]

    def on_validate(self) -> Iterator[None]:
        """Refuse what is too large; errors set here take the place of the validation."""
        context = self.execution_context
        assert context.graphql_document is not None
        operation = get_operation_ast(context.graphql_document, context.operation_name)
        if operation is not None:
            core: GraphQLSchema = context.schema._schema
            measure = Measure(core, context.graphql_document, context.variables or {})
            size = measure.operation(operation)
            self.cost = min(size.cost, LARGEST)
            context.pre_execution_errors = refusals(size, operation.operation) or None
        yield

    def get_results(self) -> dict[str, Any]:
        """What the operation costs, once that is known."""
        return {} if self.cost is None else {"cost": {"requested": self.cost, "budget": COST}}


def refusals(size: Size, kind: OperationType) -> list[GraphQLError]:
    """One error for each limit that an operation of this kind and size goes beyond."""
    figures = {
        "depth": (size.depth, DEPTH),
        "root fields": (size.root_fields, ROOT_FIELDS[kind]),
        "aliases": (size.aliases, ALIASES),
        "directives": (size.directives, DIRECTIVES),
        "cost": (size.cost, COST),
    }
    return [TooComplex(name, *pair) for name, pair in figures.items() if pair[0] > pair[1]]
