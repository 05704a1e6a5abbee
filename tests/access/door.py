"""What the matrix changes: a door, what it is given, and what comes of it for each persona."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLObjectType, ObjectTypeDefinitionNode, parse

import schema
from tests.access.persona import HOLDERS, NOBODY, PERSONAS
from tests.access.subject import SDL
from tests.world import World

ROOTS = ("Query", "Mutation", "Subscription")
Given = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Change:
    """A mutation: what to ask of its payload, its input, and for whom it is done or refused.

    The words are the codes of refusals; `done`: it is, `unchanged`: it is done and changes nothing,
    `LOCKED`: the scope that the door prints is missing.
    """

    fields: str
    given: Given
    outcomes: dict[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        named = [persona for personas in self.outcomes.values() for persona in personas]
        assert sorted(named) == sorted(PERSONAS), {*named} ^ {*PERSONAS}

    def outcome(self, persona: str) -> str:
        """The word for a persona."""
        return next(word for word, personas in self.outcomes.items() if persona in personas)


def behind(scope: str, rest: str, fields: str, given: Given, **told: tuple[str, ...]) -> Change:
    """A door that asks for a scope: what is told of its holders, one word for the rest of them."""
    holders = {*HOLDERS[scope]}
    named = {persona for personas in told.values() for persona in personas}
    assert named <= holders, named - holders
    outcomes = {
        **told,
        "UNAUTHENTICATED": NOBODY,
        "LOCKED": tuple(each for each in PERSONAS if each not in {*holders, *NOBODY}),
    }
    outcomes[rest] = (*outcomes.get(rest, ()), *sorted(holders - named))
    return Change(fields, given, outcomes)


def anybody(fields: str, given: Given) -> Change:
    """By what one knows, whoever one is."""
    return Change(fields, given, {"done": PERSONAS})


def written(mutation: str, fields: str) -> str:
    """The document of a mutation, asking for some fields of its payload, and for the errors."""
    name = mutation[0].upper() + mutation[1:]
    return (
        f"mutation ($input: {name}Input!) {{ {mutation}(input: $input)"
        f" {{ {fields} errors {{ code }} }} }}"
    )


def doors() -> dict[str, dict[str, str]]:
    """The doors of each root of the SDL, each with the lock that is printed on it.

    That is the scopes that it needs, `public`, or nothing for a door without a lock.
    """
    roots = [
        node
        for node in parse(schema.api.as_str()).definitions
        if isinstance(node, ObjectTypeDefinitionNode) and node.name.value in ROOTS
    ]
    return {
        root.name.value: {door.name.value: _lock(door) for door in root.fields or ()}
        for root in roots
    }


def _lock(door: Any) -> str:
    """What is printed on a door."""
    printed = {each.name.value: each.arguments for each in door.directives}
    if "needs" in printed:
        return str(printed["needs"][0].value.value)
    return "public" if "public" in printed else ""


def kinds_of(interface: str) -> set[str]:
    """The types that implement an interface."""
    found = SDL.type_map[interface]
    return {
        name
        for name, kind in SDL.type_map.items()
        if isinstance(kind, GraphQLObjectType) and found in kind.interfaces
    }
