"""The scalars: an id is a UUID inside and `ID` outside."""

from collections.abc import Callable
from inspect import isfunction
from typing import Any, get_args, get_type_hints
from uuid import UUID

from graphql import GraphQLID
from strawberry.types.scalar import ScalarDefinition

from resolvers.refusal import Refusal, RefusalCode

SCALARS: dict[object, ScalarDefinition] = {
    UUID: ScalarDefinition(
        name="ID",
        description=None,
        specified_by_url=None,
        serialize=None,
        parse_value=None,
        parse_literal=None,
        implementation=GraphQLID,
    )
}


def id_reader(resolve: Callable[..., Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Reads the ids among the arguments of a resolver: GraphQL hands them over as text.

    What it returns raises `Refusal` INVALID for text that is no id.
    """
    hints = get_type_hints(resolve if isfunction(resolve) else type(resolve).__call__)
    names = {name for name, hint in hints.items() if _holds_an_id(hint)}

    def read(given: dict[str, Any]) -> dict[str, Any]:
        return {
            name: _read(value, name) if name in names and value is not None else value
            for name, value in given.items()
        }

    return read


def _holds_an_id(hint: Any) -> bool:
    return hint is UUID or any(map(_holds_an_id, get_args(hint)))


def _read(value: str | list[str], name: str) -> UUID | list[UUID]:
    if isinstance(value, list):
        return [parsed(text, name) for text in value]
    return parsed(value, name)


def parsed(text: str, name: str) -> UUID:
    """A UUID from its text. Raises `Refusal` INVALID."""
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(RefusalCode.INVALID, "This is no id of ours.", name) from None
