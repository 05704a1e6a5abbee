"""Documents made of the SDL: all that may be asked, to a bounded depth, within the limits."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

import schema

SDL = schema.api._schema
DEPTH = 3
# how many of a page are asked for, by how many pages lie above it
PAGES = (20, 4, 2, 1)
# what one operation holds: well below the limits, and short enough to be remembered
LETTERS, COST = 3_800, 9_000
# and for whoever is signed out
LITTLE = 1_900
# the arguments of a field that are no id: what is asked for
ASKED = {"Int": "1", "String": '"words"', "Boolean": "true", "Date": '"2026-01-01"'}


@dataclass(frozen=True)
class Part:
    """One way down from a door to an object, with all its leaves."""

    text: str
    cost: int

    def under(self, *heads: str, times: int = 1) -> "Part":
        """The same, below more fields; the first of them is a page of so many."""
        text = f"{' { '.join(heads)} {{ {self.text} {'}' * len(heads)}"
        return Part(text, len(heads) + times * self.cost)


@dataclass(frozen=True)
class Way:
    """How far down a document has come: levels left, the types above, and the pages.

    `either`: the fields that go by the name of their type too, for another type may stand there.
    """

    levels: int
    above: tuple[str, ...] = ()
    pages: int = 0
    either: frozenset[str] = frozenset()

    def size(self, declared: GraphQLField) -> int:
        """How many items to ask of a field: of one that is no page, one."""
        return PAGES[self.pages] if "first" in declared.args else 1

    def below(self, kind: str, declared: GraphQLField) -> "Way":
        """One field further."""
        pages = self.pages + ("first" in declared.args)
        return Way(self.levels - 1, (*self.above, kind), pages)


# a door of the printed SDL, and its lock
LOCK = re.compile(
    r"^  (\w+)(?:\((?s:.*?)\))?: [\w!\[\]]+ @(?:public|needs\(scope: \"(.*)\"\))", re.M
)
IS_THERE = Part("__typename", 1)
OF_A_PAGE = Part(
    "edges { cursor node { __typename } } pageInfo { startCursor endCursor hasNextPage"
    " hasPreviousPage }",
    9,
)


@functools.cache
def documents(door: str, most: int = COST) -> list[str]:
    """The queries that ask a door for everything below it; `$id` is what it is asked about."""
    declared, way = _root("Query").fields[door], Way(DEPTH)
    found = _below(declared, way.below("Query", declared))
    return _packed("query", door, declared, found, way.size(declared), most)


@functools.cache
def subscription(door: str) -> list[str]:
    """The subscriptions that ask for everything near the row of each kind of event."""
    declared = _root("Subscription").fields[door]
    return _packed("subscription", door, declared, _parts(declared.type, Way(2)))


def mutation(door: str) -> str:
    """A mutation that asks for everything near its object."""
    kind = doors("Mutation")[door].args["input"].type
    return f"mutation ($input: {kind}) {{ {change(door, '$input', 2)} }}"


@functools.cache
def change(door: str, given: str, depth: int = 1) -> str:
    """One mutation within a document, by the name of the variable that it is given."""
    found = _parts(doors("Mutation")[door].type, Way(depth))
    return f"{door}(input: {given}) {{ {' '.join(part.text for part in found)} }}"


@functools.cache
def locks(root: str) -> dict[str, list[str]]:
    """The doors of a page of the SDL by the scope that they ask for; "" is open to everybody."""
    found: dict[str, list[str]] = {}
    for name, scope in re.findall(LOCK, _printed(root)):
        found.setdefault(scope, []).append(name)
    assert sum(map(len, found.values())) == len(doors(root))
    return found


def asked(texts: Iterable[str]) -> set[str]:
    """The names of all fields that documents ask for."""
    return {name for text in texts for name in re.findall(r"\w+", text)}


def reachable(door: str) -> set[str]:
    """The names of all fields that can be reached from a root."""
    waiting, seen, found = [_root(door)], {door}, set()
    while waiting:
        for name, declared in waiting.pop().fields.items():
            found.add(name)
            for kind in _kinds(declared.type):
                if isinstance(kind, GraphQLObjectType) and kind.name not in seen:
                    seen.add(kind.name)
                    waiting.append(kind)
    return found


def told(door: str) -> set[str]:
    """The names of all fields of the events that a subscription brings."""
    return {name for kind in _kinds(doors("Subscription")[door].type) for name in kind.fields}


def subject(declared: GraphQLField) -> str | None:
    """The argument by which a door is told what it is asked about, if it must be."""
    required = (name for name, given in declared.args.items() if is_required_argument(given))
    return next((name for name in required if name == "id" or name.endswith("Id")), None)


def doors(root: str) -> dict[str, GraphQLField]:
    """The doors of a page of the SDL."""
    return dict(_root(root).fields)


def _parts(kind: Any, way: Way) -> Iterator[Part]:
    """Every way down from an object, without going round in circles."""
    named = get_named_type(kind)
    if is_abstract_type(named):
        either = _differing(_kinds(named))
        for each in _kinds(named):
            found = _parts(each, replace(way, either=either))
            yield from (part.under(f"... on {each.name}") for part in found)
        return
    leaves = [name for name, declared in named.fields.items() if _is_leaf(declared)]
    leaves = [f"{named.name}_{n}: {n}" if n in way.either else n for n in leaves]
    yield Part(" ".join(["__typename", *leaves]), 1 + len(leaves))
    for name, declared in named.fields.items():
        if not _is_leaf(declared) and way.levels:
            yield from _field(name, declared, way, named.name)


def _field(name: str, declared: GraphQLField, way: Way, above: str) -> Iterator[Part]:
    """Every way down by one field."""
    size = way.size(declared)
    alias = f"{above}_{name}: " if name in way.either else ""
    head = f"{alias}{name}{_arguments(declared, size)}"
    for part in _below(declared, way.below(above, declared)):
        yield part.under(head, times=size)


def _below(declared: GraphQLField, way: Way) -> Iterator[Part]:
    """What lies below a field: of a page, its items, and once what tells of the page itself."""
    kind: Any = get_named_type(declared.type)
    heads = []
    if is_leaf_type(kind):
        return
    if kind.name.endswith("Connection"):
        yield OF_A_PAGE
        heads, kind = ["nodes"], get_named_type(kind.fields["nodes"].type)
    found = iter([IS_THERE]) if kind.name in way.above else _parts(kind, way)
    yield from (part.under(*heads) if heads else part for part in found)


def _packed(
    kind: str,
    door: str,
    declared: GraphQLField,
    found: Iterable[Part],
    times: int = 1,
    most: int = COST,
) -> list[str]:
    """As few operations as the limits allow, each by one door."""
    packs: list[list[Part]] = [[]]
    for part in found:
        letters = sum(len(each.text) + 1 for each in packs[-1])
        cost = times * sum(each.cost for each in packs[-1])
        if packs[-1] and (letters + len(part.text) > LETTERS or cost + times * part.cost > most):
            packs.append([])
        packs[-1].append(part)
    head = f"{door}{_arguments(declared, times)}"
    given = f"{kind} ($id: ID!)" if "$id" in head else kind
    return [f"{given} {{ {head} {{ {' '.join(p.text for p in pack)} }} }}" for pack in packs]


def _arguments(declared: GraphQLField, size: int) -> str:
    """The arguments of a field: what it requires, and the size of a page."""
    required = {n: a.type for n, a in declared.args.items() if is_required_argument(a)}
    given = {name: _value(kind) for name, kind in required.items()}
    if "first" in declared.args:
        given["first"] = str(size)
    return f"({', '.join(f'{n}: {word}' for n, word in given.items())})" if given else ""


def _value(kind: Any) -> str:
    named = get_named_type(kind)
    if isinstance(named, GraphQLEnumType):
        return str(next(iter(named.values)))
    return "$id" if named.name == "ID" else ASKED[named.name]


def _differing(kinds: list[Any]) -> frozenset[str]:
    """The fields that the types declare each in its own way."""
    declared: dict[str, set[str]] = {}
    for kind in kinds:
        for name, each in kind.fields.items():
            declared.setdefault(name, set()).add(str(each.type))
    return frozenset(name for name, types in declared.items() if len(types) > 1)


def _printed(root: str) -> str:
    """A type of the SDL as it is printed, without descriptions."""
    text = re.sub(r'"""(?s:.*?)"""', "", schema.api.as_str())
    [found] = re.findall(rf"^type {root} {{(?s:.*?)^}}", text, re.MULTILINE)
    return str(found)


def _kinds(kind: Any) -> list[Any]:
    named = get_named_type(kind)
    return list(SDL.get_possible_types(named)) if is_abstract_type(named) else [named]


def _root(name: str) -> GraphQLObjectType:
    kind = SDL.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    return kind


def _is_leaf(declared: GraphQLField) -> bool:
    return is_leaf_type(get_named_type(declared.type))
