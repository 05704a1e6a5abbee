"""The shapes of a mutation: what it is given and what it answers, made of the verb behind it."""

import inspect
from collections.abc import Callable
from typing import Any, get_args

import strawberry
from strawberry.utils.str_converters import to_camel_case

from schema.field import arguments
from schema.payload import UserError

KEY_WORDS = (
    "A key of your choice, at most 64 characters: repeated with the same input, "
    "it gives the first answer and changes nothing more."
)


def named(documented: Callable[..., Any]) -> str:
    """The name of a verb as names of types are written."""
    return "".join(part.title() for part in documented.__name__.split("_"))


def payload_type(name: str, answer: str, kind: Any) -> Any:
    """What a mutation answers: an object by this name and of this type, or errors."""
    outcome = strawberry.field(description="What came of it; null if it was refused.", default=None)
    refusals = strawberry.field(description="Why it was refused, if it was.", default_factory=list)
    body = {
        "__doc__": f"What the mutation {name} answers.",
        "__module__": __name__,
        "__annotations__": {answer: kind | None, "errors": list[UserError]},
        answer: outcome,
        "errors": refusals,
    }
    words = "What came of it: an object, or the reasons why not."
    return strawberry.type(type(f"{name}Payload", (), body), description=words)


def input_type(name: str, documented: Callable[..., Any], *, keyed: bool) -> Any:
    """What a mutation is given: the arguments of its verb, and a key where it has one."""
    kinds: dict[str, Any] = {}
    body = {"__module__": __name__, "__annotations__": kinds}
    for given in arguments(documented):
        kind, note = get_args(given.annotation)
        kinds[given.name] = kind
        body[given.name] = _given(note.description, given.default)
    if keyed:
        kinds["client_mutation_key"] = str | None
        body["client_mutation_key"] = _given(KEY_WORDS, strawberry.UNSET)
    words = f"What `{to_camel_case(documented.__name__)}` is given."
    return strawberry.input(type(name, (), body), description=words)


def _given(words: str, default: Any) -> Any:
    """One input field; a parameter without default is required."""
    if default is inspect.Parameter.empty:
        return strawberry.field(description=words)
    return strawberry.field(description=words, default=default)
