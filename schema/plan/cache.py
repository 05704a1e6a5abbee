"""The plans that were made: a bounded number of them, by document, operation and conditions."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, OperationDefinitionNode, get_operation_ast
from graphql.execution.values import VariableValues, get_variable_values

from schema.plan.compile import Compiler, conditions
from schema.plan.shape import Selection, Unplanned

MOST = 256
MOST_WAYS = 16
LONGEST = 4_096
NO_VARIABLES = VariableValues({}, {})
Made = Selection | Unplanned


@dataclass
class Operation:
    """One operation of a document, and its plan for each way that its conditions were given."""

    document: DocumentNode
    node: OperationDefinitionNode
    conditions: tuple[str, ...]
    ways: dict[tuple[Any, ...], Made] = field(default_factory=dict)

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
        way = tuple(given.coerced.get(name) for name in self.conditions)
        made = self.ways.get(way)
        if made is None:
            if len(self.ways) >= MOST_WAYS:
                self.ways.clear()
            made = self.ways[way] = self._make(api, given)
        if isinstance(made, Unplanned):
            raise made
        return made

    def _make(self, api: Any, given: VariableValues) -> Made:
        try:
            return Compiler(api, self.document, self.node, given).compile()
        except Unplanned as refused:
            return refused


class Plans:
    """The last `MOST` operations of documents of at most `LONGEST` characters."""

    def __init__(self) -> None:
        self._operations: OrderedDict[tuple[str, str | None], Operation] = OrderedDict()

    def operation(self, text: str, name: str | None, document: DocumentNode) -> Operation:
        """An operation of a valid document. Raises `Unplanned` if there is none of that name."""
        found = self._operations.get((text, name))
        if found is not None:
            self._operations.move_to_end((text, name))
            return found
        node = get_operation_ast(document, name)
        if node is None:
            raise Unplanned("operation")
        made = Operation(document, node, tuple(sorted(conditions(document))))
        if len(text) <= LONGEST:
            self._operations[text, name] = made
            if len(self._operations) > MOST:
                self._operations.popitem(last=False)
        return made
