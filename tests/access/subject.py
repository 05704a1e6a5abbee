"""What the matrix looks at: a thing, how to get there, and the cells of each of its fields."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

import schema
from tests.access.persona import cells
from tests.world import World

SDL = schema.api._schema
Variables = Callable[[World], dict[str, Any]]
# fields, the half of the residents, the half of the partners
Rows = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Subject:
    """One thing to look at; in `document` FIELDS stands for its fields, `path` leads to it."""

    name: str
    type_name: str
    document: str
    path: str
    variables: Variables
    rows: Rows

    @property
    def cells(self) -> dict[str, dict[str, str]]:
        """The letter of each persona, by field."""
        return {
            name: cells(residents, partners)
            for names, residents, partners in self.rows
            for name in names.split()
        }

    @property
    def door(self) -> str:
        """The query by which one comes there."""
        return self.document.split("{")[1].split("(")[0].strip()


def nothing(world: World) -> dict[str, Any]:
    """The variables of a document without any."""
    return {}


def thing(name: str) -> Variables:
    """The id of one of `World.things`, as the variable `id`."""
    return lambda world: {"id": world.things[name]}


def organisation(name: str) -> Variables:
    """The id of an organisation, as the variable `id`."""
    return lambda world: {"id": world.organisations[name]}


def one(door: str, name: str, variables: Variables, type_name: str, rows: Rows) -> Subject:
    """What a door gives for an id."""
    document = f"query ($id: ID!) {{ {door}(id: $id) {{ FIELDS }} }}"
    return Subject(name, type_name, document, door, variables, rows)


def under(
    door: str, name: str, variables: Variables, path: str, type_name: str, rows: Rows
) -> Subject:
    """What stands at a path below what a door gives for an id; the first of each list."""
    document = f"query ($id: ID!) {{ {door}(id: $id) {{ {nested(path)} }} }}"
    return Subject(name, type_name, document, f"{door}.{path}", variables, rows)


def listed(door: str, name: str, path: str, type_name: str, rows: Rows) -> Subject:
    """The first of the town's that a door lists, or what stands at a path below it."""
    document = f"query ($id: ID!) {{ {door}(organisationId: $id) {{ {nested(path)} }} }}"
    return Subject(name, type_name, document, f"{door}.{path}", organisation("town"), rows)


def own(name: str, path: str, type_name: str, rows: Rows) -> Subject:
    """What stands at a path below the viewer's own account."""
    document = f"query {{ viewer {{ {nested(path)} }} }}"
    return Subject(name, type_name, document, f"viewer.{path}", nothing, rows)


def nested(path: str) -> str:
    """The selection along a path of names, down to FIELDS; of a list no more than the first."""
    name, _, rest = path.partition(".")
    asked = f"{name}(first: 1)" if rest.startswith("nodes") else name
    return f"{asked} {{ {nested(rest) if rest else 'FIELDS'} }}"


def fields_of(type_name: str) -> dict[str, str]:
    """Each field of a type, with the least selection that shows whether there is something."""
    kind = SDL.type_map[type_name]
    assert isinstance(kind, GraphQLObjectType)
    return {name: selection(name, field) for name, field in kind.fields.items()}


def selection(name: str, field: GraphQLField) -> str:
    """The field, with the first value of each enum that it cannot do without."""
    kind = get_named_type(field.type)
    needed = {name: arg.type for name, arg in field.args.items() if is_required_argument(arg)}
    given = [f"{each}: {_first_value(get_named_type(type_))}" for each, type_ in needed.items()]
    asked = f"{name}({', '.join(given)})" if given else name
    if is_leaf_type(kind):
        return asked
    inner = "nodes { __typename }" if kind.name.endswith("Connection") else "__typename"
    return f"{asked} {{ {inner} }}"


def _first_value(kind: Any) -> str:
    return str(next(iter(kind.values)))


def letter(parent: dict[str, Any] | None, name: str) -> str:
    """`+` there is something, `0` an empty list, `-` null, `.` there is no parent to ask."""
    if parent is None:
        return "."
    value = parent[name]
    if isinstance(value, dict) and "nodes" in value:
        value = value["nodes"]
    return "0" if value == [] else "-" if value is None else "+"


def dig(data: Any, path: str) -> dict[str, Any] | None:
    """Follow a path of names; the first of a list; None where it breaks off."""
    for name in path.split("."):
        data = data and data[name]
        if isinstance(data, list):
            data = data[0] if data else None
    found: dict[str, Any] | None = data
    return found
