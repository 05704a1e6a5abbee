"""What one operation may ask of us, over HTTP, server-sent events and sockets alike."""

from collections.abc import Iterator
from typing import Any

from graphql import DocumentNode, GraphQLError, GraphQLSchema, OperationType, get_operation_ast
from graphql.language import FragmentDefinitionNode, OperationDefinitionNode
from graphql.language.parser import MAX_NESTING_DEPTH
from strawberry.extensions import SchemaExtension

from auth.viewer import Viewer
from schema.code import CATALOGUE, Code
from schema.measure import Measure, Size
from schema.overlap import repeats
from schema.text import fault

CHARACTERS = 60_000
TOKENS = 2_000
DEPTH = 15
ALIASES = 30
DIRECTIVES = 30
FRAGMENTS = 100
OPERATIONS = 20
REPEATS = 5_000
ROOT_FIELDS = {OperationType.QUERY: 20, OperationType.MUTATION: 20, OperationType.SUBSCRIPTION: 1}
COST, COST_SIGNED_OUT = 10_000, 2_000
# fan-out makes figures of any length; this is the largest Int of GraphQL
LARGEST = 2**31 - 1
# what the parser says when it gives up: which limit that was
GIVEN_UP = {
    "Syntax Error: Document contains more than 0 tokens": ("characters", CHARACTERS),
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


def refusal(code: Code, words: str = "") -> GraphQLError:
    """The error of a code, in the words of the catalogue if there are no better ones."""
    return GraphQLError(words or CATALOGUE[code][0], extensions={"code": code.value})


class Limits(SchemaExtension):
    """Measures an operation between parsing and validation, and tells its cost in the answer.

    Before validation, whose rules take longer the larger an operation is; here rather than as one
    of them, because they do not know the variables.
    """

    cost: int | None = None

    def on_operation(self) -> Iterator[None]:
        """Have the parser stop at the token that is one too many, and at braces without content.

        In a text that is too long the first one is: one string would take 0.1 s to read.
        """
        options: Any = self.execution_context.parse_options
        tokens = TOKENS if len(self.execution_context.query or "") <= CHARACTERS else 0
        options.update(max_tokens=tokens, allow_empty_selection_sets=False)
        yield

    def on_validate(self) -> Iterator[None]:
        """Refuse what is too large; errors set here take the place of the validation."""
        context = self.execution_context
        assert context.graphql_document is not None
        if context.pre_execution_errors is None:
            context.pre_execution_errors = self._refusals(context.graphql_document) or None
        yield

    def _refusals(self, document: DocumentNode) -> list[GraphQLError]:
        """Why the operation is not looked at any further."""
        context = self.execution_context
        found = of_document(document)
        operation = get_operation_ast(document, context._provided_operation_name)
        if operation is None:
            return found or [refusal(Code.UNKNOWN_OPERATION)]
        core: GraphQLSchema = context.schema._schema
        size = Measure(core, document, context.variables or {}).operation(operation)
        self.cost = min(size.cost, LARGEST)
        found += refusals(size, operation.operation, self._budget)
        if size.introspected and not context.context.policy.introspection:
            found.append(refusal(Code.INTROSPECTION_OFF))
        if words := fault(document, context.variables):
            found.append(refusal(Code.INVALID_VARIABLES, words))
        return found

    @property
    def _budget(self) -> int:
        return budget(self.execution_context.context.viewer)

    def get_results(self) -> dict[str, Any]:
        """What the operation costs and what that leaves of the budget, once it is known."""
        viewer = self.execution_context.context.viewer
        return {} if self.cost is None else costing(self.cost, viewer)


def budget(viewer: Viewer) -> int:
    """What one operation of a viewer may cost."""
    return COST_SIGNED_OUT if viewer.holder_id is None else COST


def costing(cost: int, viewer: Viewer) -> dict[str, Any]:
    """What the extensions of an answer tell of its cost."""
    most = budget(viewer)
    return {"cost": {"requested": cost, "budget": most, "remaining": max(0, most - cost)}}


def refusals(size: Size, kind: OperationType, cost: int) -> list[GraphQLError]:
    """One error for each limit that an operation of this kind and size goes beyond."""
    figures = {
        "depth": (size.depth, DEPTH),
        "root fields": (size.root_fields, ROOT_FIELDS[kind]),
        "aliases": (size.aliases, ALIASES),
        "directives": (size.directives, DIRECTIVES),
        "cost": (size.cost, cost),
    }
    return [TooComplex(name, *pair) for name, pair in figures.items() if pair[0] > pair[1]]


def of_document(document: DocumentNode) -> list[GraphQLError]:
    """One error for each limit that a document goes beyond, whichever of its operations runs."""
    kinds = [type(each) for each in document.definitions]
    figures = {
        "fragments": (kinds.count(FragmentDefinitionNode), FRAGMENTS),
        "operations": (kinds.count(OperationDefinitionNode), OPERATIONS),
        "repeats": (repeats(document, REPEATS), REPEATS),
    }
    return [TooComplex(name, *pair) for name, pair in figures.items() if pair[0] > pair[1]]
