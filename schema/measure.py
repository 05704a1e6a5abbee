"""How large an operation is, measured before anything else is done with it, in linear time.

Each definition is walked once with a stack of our own, and each fragment is counted once however
often it is spread: neither nesting nor fan-out costs more than the text that was sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NamedTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

import resolvers.page

PAGED = {"first", "last"}
LISTED = "ids"
INTROSPECTION = {"__schema", "__type"}


@dataclass(slots=True)
class Size:
    """What is counted, fragments included wherever they are spread.

    `depth` is in fields below one another, `cost` in fields that are answered: one below a page
    counts for each item that was asked for, one of the introspection for nothing. `introspected`
    is how often the schema itself is asked for.
    """

    depth: int = 0
    root_fields: int = 0
    aliases: int = 0
    directives: int = 0
    cost: int = 0
    introspected: int = 0

    def add(self, inner: "Size", depth: int, times: int) -> None:
        """Count in what stands under `depth` fields and is answered `times` times."""
        self.depth = max(self.depth, depth + inner.depth)
        self.root_fields += 0 if depth else inner.root_fields
        self.aliases += inner.aliases
        self.directives += inner.directives
        self.cost += times * inner.cost
        self.introspected += inner.introspected


@dataclass(slots=True)
class Part:
    """A definition by itself, and where it spreads fragments: name, depth and times."""

    size: Size
    spreads: list[tuple[str, int, int]] = field(default_factory=list)


class Measure:
    """Measures one operation of a document; `steps` tells how much work that was."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]
    ) -> None:
        definitions = document.definitions
        self.schema = schema
        self.fragments = {
            each.name.value: each
            for each in definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        self.variables = dict(variables)
        self.sizes: dict[str, Size] = {}
        self.steps = 0

    def operation(self, operation: OperationDefinitionNode) -> Size:
        """The size of an operation, whether it is valid or not; what is unknown counts too.

        A fragment that spreads itself counts once: validation refuses it.
        """
        for variable in operation.variable_definitions or ():
            self.variables.setdefault(variable.variable.name.value, variable.default_value)
        part = self._part(operation, self.schema.get_root_type(operation.operation))
        self._settle(name for name, _, _ in part.spreads)
        return self._total(part)

    def _part(
        self, definition: OperationDefinitionNode | FragmentDefinitionNode, parent: Any
    ) -> Part:
        part = Part(Size(directives=len(definition.directives or ())))
        stack: list[tuple[SelectionSetNode, Any, int, int]] = []
        stack.append((definition.selection_set, parent, 0, 1))
        while stack:
            selection_set, parent, depth, times = stack.pop()
            for node in selection_set.selections:
                self.steps += 1
                part.size.directives += len(node.directives or ())
                if isinstance(node, FragmentSpreadNode):
                    part.spreads.append((node.name.value, depth, times))
                elif isinstance(node, FieldNode):
                    kind, below = self._count(part.size, node, parent, depth, times)
                    if node.selection_set:
                        stack.append((node.selection_set, kind, depth + 1, below))
                elif isinstance(node, InlineFragmentNode):
                    kind = self._named(node.type_condition) or parent
                    stack.append((node.selection_set, kind, depth, times))
        return part

    def _count(
        self, size: Size, node: FieldNode, parent: Any, depth: int, times: int
    ) -> tuple[Any, int]:
        """Count one field; its type, and how many times that which is under it is answered."""
        if node.name.value.startswith("__"):
            times = 0
            size.introspected += node.name.value in INTROSPECTION
        size.depth = max(size.depth, depth + 1)
        size.root_fields += not depth
        size.aliases += node.alias is not None
        size.cost += times
        has_fields = isinstance(parent, GraphQLObjectType | GraphQLInterfaceType)
        declared = parent.fields.get(node.name.value) if has_fields else None
        if declared is None:
            return None, times
        return get_named_type(declared.type), times * self._page(declared, node)

    def _page(self, declared: GraphQLField, node: FieldNode) -> int:
        """How many items a field may bring: as many as are asked for, where it is a page."""
        if LISTED in declared.args:
            return max([self._length(each.value) for each in node.arguments or ()], default=1)
        if PAGED.isdisjoint(declared.args):
            return 1
        asked = [each.value for each in node.arguments or () if each.name.value in PAGED]
        return max(map(self._number, asked), default=resolvers.page.USUAL)

    def _length(self, value: Any) -> int:
        """How many ids are given; each brings a thing of its own."""
        if isinstance(value, VariableNode):
            value = self.variables.get(value.name.value)
        if isinstance(value, ListValueNode):
            value = value.values
        return max(
            1, min(resolvers.page.MOST, len(value) if isinstance(value, list | tuple) else 1)
        )

    def _number(self, value: Any) -> int:
        """The size of a page. One that cannot be read is the usual one: it is refused later."""
        if isinstance(value, VariableNode):
            value = self.variables.get(value.name.value)
        if isinstance(value, IntValueNode):
            value = int(value.value[:4])  # enough to be too much; Python refuses 5,000 digits
        if not isinstance(value, int | float):
            return resolvers.page.USUAL
        return int(max(1, min(resolvers.page.MOST, value)))

    def _settle(self, names: Iterable[str]) -> None:
        """Measure each fragment once, after those that it spreads itself."""
        parts: dict[str, Part] = {}
        waiting = list(names)
        while waiting:
            name = waiting[-1]
            fragment = self.fragments.get(name)
            if fragment is not None and name not in parts:
                parts[name] = self._part(fragment, self._named(fragment.type_condition))
                waiting += [inner for inner, _, _ in parts[name].spreads if inner not in parts]
                continue
            waiting.pop()
            if name in parts and name not in self.sizes:
                self.sizes[name] = self._total(parts[name])

    def _total(self, part: Part) -> Size:
        for name, depth, times in part.spreads:
            self.steps += 1
            if name in self.sizes:
                part.size.add(self.sizes[name], depth, times)
        return part.size

    def _named(self, node: NamedTypeNode | None) -> Any:
        return None if node is None else self.schema.type_map.get(node.name.value)
