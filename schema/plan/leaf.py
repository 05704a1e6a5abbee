"""Leaves: how a value of a scalar or an enumeration is written, as its type writes it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
)

# what stands for itself: the type of a leaf, and the Python type that needs no writing
PLAIN: dict[Any, type] = {GraphQLString: str, GraphQLBoolean: bool, GraphQLInt: int}
INT_MOST = 2**31 - 1


def writer(leaf: GraphQLLeafType) -> Callable[[Any], Any]:
    """What writes values of a type; it raises what the type raises."""
    if isinstance(leaf, GraphQLEnumType):
        return _enum(leaf)
    write = leaf.coerce_output_value
    if leaf is GraphQLID:
        return lambda value: str(value) if isinstance(value, UUID) else write(value)
    plain = PLAIN.get(leaf)
    if plain is None:
        return write
    if plain is int:
        return lambda v: v if type(v) is int and -INT_MOST <= v <= INT_MOST else write(v)
    return lambda value: value if type(value) is plain else write(value)


def _enum(leaf: GraphQLEnumType) -> Callable[[Any], Any]:
    """Members are looked for once; as they are stored they are the same key."""
    members = (each.value for each in leaf.values.values())
    names: dict[Any, str] = {each: leaf.coerce_output_value(each) for each in members}

    def write(value: Any) -> str:
        name = names.get(value)
        if name is None:
            name = names[value] = leaf.coerce_output_value(value)
        return name

    return write
