"""The plans that were made: a bounded number of them, by document, operation and conditions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    Visitor,
    get_operation_ast,
    visit,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues, get_variable_values

from schema.latest import Latest
from schema.measure import LISTED, PAGED, Measure
from schema.plan.compile import Compiler
from schema.plan.shape import Selection, Unplanned

MOST = 256
MOST_WAYS = 16
LONGEST = 4_096
NO_VARIABLES = VariableValues({}, {})
Made = Selection | Unplanned


@dataclass
class Operation:
    """One operation of a document, and its plan for each way that its conditions were given."""

    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDetails]
    _ways: Latest[Made] = field(default_factory=partial(Latest, MOST_WAYS))
    _costs: Latest[int] = field(default_factory=partial(Latest, MOST_WAYS))

    @property
    def kind(self) -> str:
        """Query, mutation or subscription."""
        return self.node.operation.value

    def given(self, api: Any, variables: dict[str, Any] | None) -> VariableValues:
        """The values of its variables. Raises `Unplanned` for what does not fit."""
        defined = self.node.variable_definitions
        if not defined:
            return NO_VARIABLES
        given = get_variable_values(api._schema, defined, variables or {})
        if isinstance(given, list):
            raise Unplanned("variables")
        return given

    def plan(self, api: Any, given: VariableValues) -> Selection:
        """The plan for these values. Raises `Unplanned` if there is none."""
        way = tuple(given.coerced.get(name) for name in self._named.conditions)
        made = self._ways.found(way, partial(self._make, api, given))
        if isinstance(made, Unplanned):
            raise Unplanned(made.reason)  # a new one: what is raised again keeps all it came by
        return made

    def cost(self, api: Any, variables: dict[str, Any]) -> int:
        """What it costs with these variables, as `schema.measure` says."""
        asked = tuple(_size(variables, name) for name in self._named.sizes)
        return self._costs.found(asked, partial(self._measure, api, variables))

    def _make(self, api: Any, given: VariableValues) -> Made:
        try:
            return Compiler(api, self.fragments, self.node, given).compile()
        except Unplanned as refused:
            return refused

    def _measure(self, api: Any, variables: dict[str, Any]) -> int:
        document = DocumentNode(definitions=self._parts)
        return Measure(api._schema, document, variables).operation(self.node).cost

    @property
    def _parts(self) -> tuple[Any, ...]:
        return (self.node, *(each.definition for each in self.fragments.values()))

    @cached_property
    def _named(self) -> "_Named":
        found = _Named()
        for part in self._parts:
            visit(part, found)
        return found


class _Named(Visitor):
    """The variables that decide which fields are selected, and those that say how many items."""

    def __init__(self) -> None:
        super().__init__()
        self.conditions: list[str] = []
        self.sizes: list[str] = []

    def enter_directive(self, node: Any, *_: Any) -> None:
        """Take the variables of @skip and @include."""
        for argument in node.arguments:
            if argument.value.kind == "variable":
                self.conditions.append(argument.value.name.value)

    def enter_argument(self, node: Any, *_: Any) -> None:
        """Take the variables of pages and of lists of ids."""
        if node.name.value in {*PAGED, LISTED} and node.value.kind == "variable":
            self.sizes.append(node.value.name.value)


def _size(variables: Mapping[str, Any], name: str) -> tuple[str, float]:
    """What `schema.measure` may read of a variable: that it is left out, its length or itself."""
    if name not in variables:
        return "default", 0
    value = variables[name]
    if isinstance(value, list):
        return "length", len(value)
    return ("number", value) if isinstance(value, int | float) else ("other", 0)


class Plans:
    """The last operations of documents of at most `LONGEST` characters, and of streams."""

    def __init__(self) -> None:
        self._operations: Latest[Operation] = Latest(MOST)
        self._streams: Latest[Operation] = Latest(MOST)

    def find(self, text: str, name: str | None) -> Operation | None:
        """An operation that was planned before: its document is valid and not too large."""
        return self._operations.find((text, name))

    def operation(self, text: str, name: str | None, document: DocumentNode) -> Operation:
        """An operation of a valid document. Raises `Unplanned` if there is none of that name."""
        found = self.find(text, name)
        if found is not None:
            return found
        node = get_operation_ast(document, name)
        if node is None:
            raise Unplanned("operation")
        made = Operation(node, fragments(document))
        return self._operations.keep((text, name), made) if len(text) <= LONGEST else made

    def stream(
        self, node: OperationDefinitionNode, fragments: Mapping[str, FragmentDetails]
    ) -> Operation:
        """The subscription of a document that is kept as long as it is followed."""
        return self._streams.found(id(node), partial(Operation, node, fragments))


def fragments(document: DocumentNode) -> dict[str, FragmentDetails]:
    """The fragments of a document, by their names."""
    return {
        each.name.value: FragmentDetails(each, None)
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }
