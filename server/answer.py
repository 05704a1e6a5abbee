"""An answer over HTTP: the media type that the client prefers, and the status that goes with it."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.responses import Response

from schema.code import CATALOGUE, Code
from server.request import Refused

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
EVENTS = "text/event-stream"
KINDS = {
    RESPONSE: RESPONSE,
    JSON: JSON,
    EVENTS: EVENTS,
    "application/*": JSON,
    "*/*": JSON,
}


def negotiated(accept: str | None) -> str | None:
    """The media type to answer in: the first of the best that fits; None when none does."""
    if not accept or not accept.strip():
        return JSON
    best, kind = 0.0, None
    for part in accept.split(","):
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        quality = _quality(parameters)
        if name in KINDS and quality > best:
            best, kind = quality, KINDS[name]
    return kind


def _quality(parameters: Sequence[str]) -> float:
    given = [each.removeprefix("q=") for each in parameters if each.startswith("q=")]
    try:
        return min(1.0, float(given[0])) if given else 1.0
    except ValueError:
        return 0.0


def answered(body: Mapping[str, Any], errors: Sequence[GraphQLError] | None, kind: str) -> Response:
    """The answer to an operation. One that never ran is told by its status, to those who see it.

    In plain JSON that is so only of what is refused for its rate: there 200 is the rule.
    """
    code = refused_for(errors) if body.get("data") is None else None
    status, headers = 200, {}
    if code is not None and (kind == RESPONSE or code is Code.RATE_LIMITED):
        body = {name: part for name, part in body.items() if name != "data"}
        status = CATALOGUE[code][1]
        status = 400 if status == 200 else status
    if code is Code.RATE_LIMITED and errors:
        headers["Retry-After"] = str((errors[0].extensions or {}).get("retryAfter", 1))
    return Response(orjson.dumps(body), status, headers, f"{kind}; charset=utf-8")


def refused_for(errors: Sequence[GraphQLError] | None) -> Code | None:
    """Why an operation did not run at all; None when it did, and a field of it went wrong."""
    if not errors or any(error.path for error in errors):
        return None
    code = (errors[0].extensions or {}).get("code")
    return Code(code) if code in CATALOGUE else Code.BAD_REQUEST


def refused(refusal: Refused, kind: str | None) -> Response:
    """The answer to what is no operation, in the words of GraphQL all the same."""
    media = RESPONSE if kind == RESPONSE else JSON
    body = orjson.dumps({"errors": [refusal.told]})
    return Response(body, refusal.status, refusal.headers, f"{media}; charset=utf-8")
