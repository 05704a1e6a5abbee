"""The size of an operation, against a count done the naive way, and in linear work."""

from typing import Any

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    InlineFragmentNode,
    OperationDefinitionNode,
    get_named_type,
    get_operation_ast,
    is_leaf_type,
    parse,
)
from hypothesis import given, settings
from hypothesis import strategies as st

import schema
from schema.measure import Measure, Size

CORE = schema.api._schema
PAGES = [
    "",
    "(first: 3)",
    "(last: 7)",
    "(first: $few)",
    "(first: $said)",
    "(first: $none)",
    "(first: 900)",
]
HEAD = "query ($few: Int, $said: Int = 5, $none: Int)"
VARIABLES = {"few": 2}
SIZES = {"": 20, "(first: 3)": 3, "(last: 7)": 7, "(first: $few)": 2, "(first: $said)": 5}
SIZES |= {"(first: $none)": 20, "(first: 900)": 100}
CONDITIONS = ["Query", "Neighbourhood", "Post", "PostConnection", "Membership", "Reactable"]


def measured(text: str, variables: dict[str, Any] | None = None) -> tuple[Size, int]:
    """The size of a document's operation, and the steps it took."""
    document = parse(text)
    measure = Measure(CORE, document, variables or {})
    operation = get_operation_ast(document)
    assert operation is not None
    return measure.operation(operation), measure.steps


def cost(text: str, variables: dict[str, Any] | None = None) -> int:
    return measured(text, variables)[0].cost


@pytest.mark.parametrize(
    ("arguments", "items"),
    [
        ("", 20),
        ("(first: 50)", 50),
        ("(last: 7)", 7),
        ("(first: 100)", 100),
        ("(first: 101)", 100),
        ("(first: 0)", 1),
        ("(first: -5)", 1),
        ("(first: -99999)", 1),
        (f"(first: {'9' * 5000})", 100),
        ("(first: null)", 20),
        ('(first: "5")', 20),
        ("(first: [5])", 20),
        ("(first: 5, last: 7)", 7),
        ('(after: "x")', 20),
    ],
)
def test_a_page_counts_for_the_items_asked_for(arguments: str, items: int) -> None:
    assert cost(f"{{ neighbourhoods{arguments} {{ nodes {{ id }} }} }}") == 1 + items * 2


@pytest.mark.parametrize(
    ("variables", "items"),
    [
        ({}, 30),
        ({"n": 50}, 50),
        ({"n": 50.0}, 50),
        ({"n": float("inf")}, 100),
        ({"n": 10**30}, 100),
        ({"n": -1}, 1),
        ({"n": None}, 20),
        ({"n": "50"}, 20),
        ({"n": [50]}, 20),
    ],
)
def test_a_page_counts_for_the_value_of_a_variable(variables: dict[str, Any], items: int) -> None:
    document = "query ($n: Int = 30) { neighbourhoods(first: $n) { nodes { id } } }"
    assert cost(document, variables) == 1 + items * 2


def test_pages_in_pages_multiply() -> None:
    document = "{ neighbourhoods(first: 3) { nodes { feed(first: 4) { nodes { id } } name } } }"
    assert cost(document) == 1 + 3 * (1 + 1 + 4 * 2 + 1)


def test_a_list_without_pages_counts_once() -> None:
    assert cost('{ post(id: "x") { reactions { kind count } } }') == 4


def test_introspection_costs_nothing_and_has_a_depth() -> None:
    assert measured("{ __schema { types { fields { name } } } }")[0] == Size(4, 1, 0, 0, 0, 1)


def test_what_a_fragment_holds_counts_wherever_it_is_spread() -> None:
    document = """
      query @a { one: neighbourhood { ...Name @b } ... on Query @c { ...Root } ...Root }
      fragment Root on Query { two: neighbourhood { ...Name feed(first: 2) { nodes { id } } } }
      fragment Name on Neighbourhood @d { called: name }
    """
    root_cost = 1 + 1 + 1 + 2 * 2
    expected = Size(
        depth=4, root_fields=3, aliases=2 + 2 * 2, directives=3 + 3, cost=2 + 2 * root_cost
    )
    assert measured(document)[0] == expected


@pytest.mark.parametrize(
    "document",
    [
        "{ ...A } fragment A on Query { viewer { id } ...A }",
        "{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A viewer { id } }",
        "{ ...A ...Missing } fragment A on Query { viewer { id } }",
        "{ ...A } fragment A on LogInInput { email password }",
        "{ ...A } fragment A on Nothing { feed { id } }",
        "{ nothing { feed { id } } }",
        "{ viewer { id { id } } }",
    ],
)
def test_what_is_not_valid_is_measured_nevertheless(document: str) -> None:
    assert 2 <= cost(document) <= 5


def test_fragments_are_measured_once_each() -> None:
    nested = [
        f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} neighbourhoods {{ nodes {{ id }} }} }}"
        for n in range(150)
    ]
    document = " ".join(["{ ...F0 }", *nested, "fragment F150 on Query { viewer { id } }"])
    size, steps = measured(document)
    assert size.cost == 41 * (2**150 - 1) + 2 * 2**150
    selections, spreads = 1 + 150 * 5 + 2, 1 + 150 * 2
    assert steps == selections + spreads


def test_cycles_are_measured_in_linear_work() -> None:
    everybody = " ".join(f"...F{n}" for n in range(40))
    fragments = [f"fragment F{n} on Query {{ {everybody} viewer {{ id }} }}" for n in range(40)]
    _, steps = measured(" ".join([f"{{ {everybody} }}", *fragments]))
    assert steps == 40 + 40 * 42 + 40 + 40 * 40


def test_nesting_takes_no_stack() -> None:
    inline = "... { " * 190 + "viewer { id }" + " }" * 190
    chain = [f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(5_000)]
    document = " ".join(
        [f"{{ {inline} ...F0 }}", *chain, "fragment F5000 on Query { viewer { id } }"]
    )
    assert measured(document)[0] == Size(2, 2, 0, 0, 4)


@st.composite
def selections(draw: st.DrawFn, parent: Any, fragments: dict[str, str], deep: int) -> str:
    """What may stand in the braces of a type: fields, inline fragments, spreads of its own."""
    leaves = [
        name for name, field in parent.fields.items() if is_leaf_type(get_named_type(field.type))
    ]
    branches = [name for name in parent.fields if name not in leaves] if deep else []
    spreads = [f"...{name}" for name, condition in fragments.items() if condition == parent.name]
    chosen = draw(st.lists(st.sampled_from(["__typename", *leaves, *spreads]), max_size=3))
    for name in draw(st.lists(st.sampled_from(branches), max_size=2)) if branches else []:
        field = parent.fields[name]
        page = draw(st.sampled_from(PAGES)) if "first" in field.args else ""
        below = draw(selections(get_named_type(field.type), fragments, deep - 1))
        chosen.append(f"{draw(st.sampled_from(['', 'x: ']))}{name}{page} {{ {below} }}")
    if deep and draw(st.booleans()):
        chosen.append(f"... on {parent} {{ {draw(selections(parent, fragments, deep - 1))} }}")
    return " ".join(chosen) or "__typename"


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document after the schema, whose fragments spread those before them."""
    fragments: dict[str, str] = {}
    texts = []
    for number, condition in enumerate(draw(st.lists(st.sampled_from(CONDITIONS), max_size=5))):
        below = draw(selections(CORE.type_map[condition], fragments, 2))
        texts.append(f"fragment F{number} on {condition} {{ {below} }}")
        fragments[f"F{number}"] = condition
    return " ".join([f"{HEAD} {{ {draw(selections(CORE.query_type, fragments, 4))} }}", *texts])


def naive(document: DocumentNode, node: Any, parent: Any) -> tuple[int, int]:
    """The cost and the depth of what is in the braces of a node, as the words define them."""
    total, deepest = 0, 0
    for each in node.selection_set.selections if node.selection_set else ():
        if isinstance(each, FieldNode):
            found = parent.fields.get(each.name.value)
            below, depth = naive(document, each, get_named_type(found.type) if found else None)
            added, depth = 0 if found is None else 1 + page(each, found) * below, depth + 1
        elif isinstance(each, InlineFragmentNode):
            added, depth = naive(document, each, parent)
        else:
            added, depth = naive(document, *fragment(document, each))
        total, deepest = total + added, max(deepest, depth)
    return total, deepest


def page(node: FieldNode, found: Any) -> int:
    written = ", ".join(f"{each.name.value}: {text(each.value)}" for each in node.arguments or ())
    return SIZES[f"({written})" if written else ""] if "first" in found.args else 1


def text(value: Any) -> str:
    return f"${value.name.value}" if hasattr(value, "name") else str(value.value)


def fragment(document: DocumentNode, spread: Any) -> tuple[FragmentDefinitionNode, Any]:
    assert isinstance(spread, FragmentSpreadNode)
    for each in document.definitions:
        if isinstance(each, FragmentDefinitionNode) and each.name.value == spread.name.value:
            return each, CORE.type_map[each.type_condition.name.value]
    raise LookupError(spread.name.value)


@settings(max_examples=150, deadline=None)
@given(documents())
def test_the_cost_is_what_a_naive_count_finds(document: str) -> None:
    parsed = parse(document)
    operation = parsed.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    size, _ = measured(document, VARIABLES)
    assert (size.cost, size.depth) == naive(parsed, operation, CORE.query_type)


def test_the_conditions_of_the_property_are_types_of_the_schema() -> None:
    kinds = (GraphQLObjectType, GraphQLInterfaceType)
    assert all(isinstance(CORE.type_map[each], kinds) for each in CONDITIONS)
