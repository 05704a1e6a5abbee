"""What a client reads of an error: a code always, its own language, and nothing from inside."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.schema.exceptions import CannotGetOperationTypeError

from resolvers.caller import Caller
from resolvers.context import Context
from schema.code import Code
from schema.limits import GIVEN_UP, TooComplex

WORDS = Path(__file__).parent / "words"
ENGLISH = "en"


@lru_cache(1)
def languages() -> dict[str, dict[str, str]]:
    """The sentence of each code, by language; English is what the code itself says."""
    found = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in WORDS.glob("*.toml")}
    return {ENGLISH: {}, **found}


def language(context: Context | None) -> str:
    """The language a client asks for, else that of the resident, else English."""
    if context is None:
        return ENGLISH
    asked = _preferred(context.caller.languages)
    own = (context.viewer.language or ENGLISH).lower()
    return asked or (own if own in languages() else ENGLISH)


@lru_cache(256)
def _preferred(header: str) -> str | None:
    """The first of the best languages of an Accept-Language header that we have."""
    best, found = 0.0, None
    for part in header.split(","):
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            continue
        name = tag.split("-")[0].strip()
        if name in languages() and quality > best:
            best, found = quality, name
    return found


def sentence(
    code: str, said: str, context: Context | None, given: Mapping[str, Any] = MappingProxyType({})
) -> str:
    """The words of a code in the client's language; in English what was said."""
    translated = languages()[language(context)].get(code)
    return said if translated is None else translated.format_map(dict(given))


def is_ours(error: GraphQLError) -> bool:
    """Whether an error was made for the client: a refusal with a code, or bad input."""
    cause = error.original_error
    ours = GraphQLError | CannotGetOperationTypeError
    return "code" in (error.extensions or {}) or cause is None or isinstance(cause, ours)


def tell(
    errors: Sequence[GraphQLError], context: Context | None, caller: Caller
) -> list[GraphQLError]:
    """The errors as a client may read them."""
    return [_told(error, context, caller) for error in errors]


def _told(error: GraphQLError, context: Context | None, caller: Caller) -> GraphQLError:
    error = _given_up(error) or error
    if not is_ours(error):
        error = _masked(error)
    extensions: dict[str, Any] = {"code": _code(error).value, **(error.extensions or {})}
    if extensions["code"] == Code.INTERNAL:
        extensions["requestId"] = caller.request_id
    error.extensions = extensions
    if context is None or not context.policy.suggestions:
        error.message = error.message.split(" Did you mean")[0]
    error.message = sentence(extensions["code"], error.message, context, extensions)
    return error


def _given_up(error: GraphQLError) -> GraphQLError | None:
    """Where the parser gave up at a limit: that is more than a fault in the text."""
    for words, (limit, bound) in GIVEN_UP.items():
        if error.message.startswith(words) and isinstance(error, GraphQLSyntaxError):
            return TooComplex(limit, bound + 1, bound)
    return None


def _masked(error: GraphQLError) -> GraphQLError:
    """The place of the error, and nothing of its words."""
    return GraphQLError(
        "Unexpected error.",
        error.nodes,
        path=error.path,
        extensions={"code": Code.INTERNAL.value},
    )


def _code(error: GraphQLError) -> Code:
    """The code of an error that has none of its own: by what it is about."""
    if isinstance(error, GraphQLSyntaxError):
        return Code.UNREADABLE_DOCUMENT
    if isinstance(error.original_error, CannotGetOperationTypeError):
        return Code.UNKNOWN_OPERATION
    if error.path or error.message.startswith("Variable "):
        return Code.INVALID_VARIABLES
    return Code.INVALID_DOCUMENT
