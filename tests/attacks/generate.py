"""Documents made from the schema by chance: valid ones, and ones in which something was spoilt."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    Source,
    TokenKind,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from graphql.language import Lexer

import schema

SDL: Any = schema.api._schema
NOWHERE = '"00000000-0000-7000-8000-000000000000"'
DEEP = 3
SCALARS = {
    "ID": [NOWHERE, NOWHERE, '"x"', '""'],
    "String": ['"Hallo"', '""', '"\\u00e9\\n"', '"%_\'--"', '"""blok "tekst" """'],
    "Int": ["0", "1", "7", "-1", "2147483647"],
    "Float": ["0", "1.5", "-2e3"],
    "Boolean": ["true", "false"],
    "Date": ['"2026-11-25"', '"0001-01-01"', '"9999-12-31"', '"2000-02-29"'],
    "DateTime": [
        '"2026-11-25T10:00:00Z"',
        '"0001-01-01T00:00:00+14:00"',
        '"9999-12-31T23:59:59-12:00"',
    ],
}
SPOILS = (
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "!",
    "$",
    "@",
    "...",
    "null",
    "on",
    '"',
    "#",
    "\0",
    "💥",
)


class Maker:
    """Makes documents, the same ones for the same seed, that name these ids among others.

    `fitting`: what an argument is mostly given, by its name, or by the door whose `id` it is; an
    argument with nothing that fits is mostly left out.
    """

    def __init__(
        self,
        seed: int,
        ids: Iterable[object] = (),
        fitting: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self.random = random.Random(seed)
        self.fitting = fitting
        self.scalars = SCALARS | {"ID": [*SCALARS["ID"], *(f'"{id}"' for id in ids)]}

    def document(self) -> str:
        """A document that fits the schema: one operation and its doors."""
        kind = self.random.choice(["query", "query", "query", "mutation"])
        return self._operation(kind, SDL.query_type if kind == "query" else SDL.mutation_type)

    def query(self) -> str:
        """A document that fits the schema, changes nothing and has few doors."""
        return self._operation("query", SDL.query_type, self.random.choice([1, 1, 1, 2]))

    def _operation(self, kind: str, root: Any, most: int = 3) -> str:
        doors = [self._field(root, name, DEEP) for name in self._some(list(root.fields), most)]
        named = self.random.choice(["", " Made", " X1"])
        return f"{kind}{named} {{ {self._distinct(doors)} }}"

    def spoilt(self) -> str:
        """A document in which one to three tokens are lost, doubled, moved or replaced."""
        tokens = list(_tokens(self.document()))
        for _ in range(self.random.randint(1, 3)):
            at = self.random.randrange(len(tokens))
            deed = self.random.randrange(5)
            if deed == 0 and len(tokens) > 1:
                del tokens[at]
            elif deed == 1:
                tokens.insert(at, tokens[at])
            elif deed == 2:
                other = self.random.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            elif deed == 3:
                tokens[at] = self.random.choice(SPOILS)
            else:
                tokens[at] = tokens[at] * self.random.choice([2, 50])
        return " ".join(tokens)

    def _selection(self, parent: Any, deep: int) -> str:
        if is_abstract_type(parent):
            kinds = self._some(list(SDL.get_possible_types(parent)), 2)
            inner = [f"... on {kind.name} {{ {self._apart(kind, deep)} }}" for kind in kinds]
            return " ".join(["__typename", *inner])
        return " ".join(self._fields(parent, deep))

    def _apart(self, kind: Any, deep: int) -> str:
        """Fields of one kind of several, by names that no other kind's have."""
        named = enumerate(self._fields(kind, deep))
        return " ".join(f"{kind.name}{number}: {each}" for number, each in named)

    def _fields(self, parent: Any, deep: int) -> list[str]:
        leaves = [name for name, each in parent.fields.items() if self._is_leaf(each)]
        branches = [name for name in parent.fields if name not in leaves] if deep else []
        chosen = self._some([*leaves, "__typename"], 3) + self._some(branches, 1)
        return [self._field(parent, name, deep - 1) for name in dict.fromkeys(chosen)]

    def _field(self, parent: Any, name: str, deep: int) -> str:
        if name == "__typename":
            return name
        declared = parent.fields[name]
        given = [
            f"{argument}: {value}"
            for argument, each in declared.args.items()
            if (value := self._argument(name, argument, each.type)) is not None
        ]
        arguments = f"({', '.join(given)})" if given else ""
        named = get_named_type(declared.type)
        below = "" if is_leaf_type(named) else f" {{ {self._selection(named, deep)} }}"
        return f"{name}{arguments}{below}"

    def _argument(self, door: str, name: str, kind: Any) -> str | None:
        """What an argument is given; None: nothing."""
        is_needed = isinstance(kind, GraphQLNonNull)
        fits = self.fitting.get(door if name == "id" else name)
        if fits is None or self.random.random() < 0.1:
            return self._value(kind, 3) if is_needed or self.random.random() < 0.3 else None
        is_given = bool(fits) and (is_needed or self.random.random() < 0.5)
        return self.random.choice(fits) if is_given else None

    def _value(self, kind: Any, deep: int) -> str:
        if isinstance(kind, GraphQLNonNull):
            return self._value(kind.of_type, deep)
        if isinstance(kind, GraphQLList):
            inner = [self._value(kind.of_type, deep) for _ in range(self.random.randrange(3))]
            return f"[{', '.join(inner)}]"
        if isinstance(kind, GraphQLEnumType):
            return str(self.random.choice(list(kind.values)))
        if isinstance(kind, GraphQLInputObjectType):
            given = [
                f"{name}: {self._value(each.type, deep - 1)}"
                for name, each in kind.fields.items()
                if isinstance(each.type, GraphQLNonNull) or (deep and self.random.random() < 0.3)
            ]
            return f"{{{', '.join(given)}}}"
        assert isinstance(kind, GraphQLScalarType)
        return self.random.choice(self.scalars[kind.name])

    def _is_leaf(self, declared: Any) -> bool:
        return is_leaf_type(get_named_type(declared.type))

    def _distinct(self, fields: list[str]) -> str:
        """Fields that do not conflict, whatever their arguments are."""
        return " ".join(f"f{number}: {each}" for number, each in enumerate(fields))

    def _some(self, names: list[Any], most: int) -> list[Any]:
        return self.random.sample(names, min(len(names), self.random.randint(1, most)))


def _tokens(document: str) -> Iterator[str]:
    lexer = Lexer(Source(document))
    while (token := lexer.advance()).kind is not TokenKind.EOF:
        yield document[token.start : token.end]
