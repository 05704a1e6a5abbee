"""Makes a plan of a query: fields are collected as the specification says, once."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLNonNull,
    GraphQLObjectType,
    OperationDefinitionNode,
    Visitor,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    visit,
)
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues, get_argument_values
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

from schema.node import BY_MODEL
from schema.plan.leaf import writer
from schema.plan.need import source
from schema.plan.shape import Arguments, Kind, Selection, Shape, Step, Unplanned
from schema.reading import READING, Changing, Opening, Reading

DECLARED = "strawberry-definition"
TYPENAME = "__typename"
ATTRIBUTE = Reading()


class Compiler:
    """Compiles one operation for certain values of its conditions. Raises `Unplanned`."""

    def __init__(
        self,
        api: Any,
        fragments: Mapping[str, FragmentDetails],
        operation: OperationDefinitionNode,
        given: VariableValues,
    ) -> None:
        self.api = api
        self.schema = api._schema
        self.fragments = dict(fragments)
        self.operation = operation
        self.given = given
        self.writers: dict[str, Callable[[Any], Any]] = {}

    def compile(self) -> Selection:
        """The fields of the whole operation."""
        root = self.schema.get_root_type(self.operation.operation)
        found = collect_fields(self.schema, self.fragments, self.given, root, self.operation)
        return self._selection(root, found.grouped_field_set)

    def _selection(self, parent: GraphQLObjectType, grouped: Any) -> Selection:
        return Selection([self._step(parent, key, each) for key, each in grouped.items()])

    def _step(self, parent: GraphQLObjectType, key: str, details: list[FieldDetails]) -> Step:
        node = details[0].node
        name = node.name.value
        if name == TYPENAME:
            typename = Reading(lambda _row, _context: parent.name, reads=())
            return Step(key, name, name, typename, _nothing, Shape(True, str))
        field = parent.fields.get(name)
        declared = field and field.extensions.get(DECLARED)
        if not isinstance(declared, StrawberryField):
            raise Unplanned("introspection")
        shape = self._shape(field.type, details)
        # a root field of a subscription is the event, which is there already
        is_event = parent is self.schema.subscription_type
        reading = ATTRIBUTE if is_event else _reading(declared)
        return Step(
            key=key,
            name=name,
            attribute=declared.python_name,
            reading=reading,
            arguments=self._arguments(field, declared, node),
            shape=shape,
            source=source(reading, shape),
            nodes=[each.node for each in details],
        )

    def _shape(self, kind: Any, details: list[FieldDetails]) -> Shape:
        if isinstance(kind, GraphQLNonNull):
            inner = self._shape(kind.of_type, details)
            return Shape(True, inner.write, inner.items, inner.kind)
        if is_list_type(kind):
            return Shape(items=self._shape(kind.of_type, details))
        if is_leaf_type(kind):
            return Shape(write=self.writers.setdefault(kind.name, writer(kind)))
        types = self.schema.get_possible_types(kind) if is_abstract_type(kind) else [kind]
        tests = {each.name: _test(each) for each in types} if is_abstract_type(kind) else {}
        selections = {each.name: self._below(each, details) for each in types}
        is_by_model = all(hasattr(each.is_type_of, BY_MODEL) for each in types)
        return Shape(kind=Kind(selections, tests, is_by_model))

    def _below(self, kind: GraphQLObjectType, details: list[FieldDetails]) -> Selection:
        found = collect_subfields(
            self.schema, self.fragments, self.given, self.operation, kind, details
        )
        return self._selection(kind, found.grouped_field_set)

    def _arguments(self, field: Any, declared: StrawberryField, node: FieldNode) -> Arguments:
        """What the arguments are, once for all where no variable stands in them."""
        if not field.args:
            return _nothing

        def read(given: Any) -> dict[str, Any]:
            values = get_argument_values(field, node, given)
            registry = self.api.schema_converter.scalar_registry
            return convert_arguments(values, declared.arguments, registry, self.api.config)

        if _has_variables(node):
            return read
        always = read(self.given)
        return lambda _given: always


def _reading(declared: StrawberryField) -> Reading | Opening | Changing:
    reading = declared.metadata.get(READING)
    if reading is None and not declared.is_basic_field:
        raise Unplanned("undeclared")
    return reading or ATTRIBUTE


def _test(kind: GraphQLObjectType) -> Callable[[Any], bool]:
    """Whether a row is of a type."""
    is_type_of: Any = kind.is_type_of
    if is_type_of is None:
        raise Unplanned("abstract")
    return lambda row: bool(is_type_of(row, None))


def _nothing(_given: Any) -> dict[str, Any]:
    return {}


def _has_variables(node: FieldNode) -> bool:
    found = _Variables()
    for argument in node.arguments or ():
        visit(argument, found)
    return found.any


class _Variables(Visitor):
    any = False

    def enter_variable(self, *_: Any) -> None:
        """There is one."""
        self.any = True
