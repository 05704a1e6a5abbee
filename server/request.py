"""A request over HTTP, read strictly: what is no GraphQL request is refused with a code."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import orjson
from starlette.requests import Request

from schema.code import CATALOGUE, Code

BODY_BYTES = 256 * 1024
KIND_LONGEST = 200
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Refused(Exception):
    """A request that is refused before it is an operation; the code says with what status."""

    def __init__(
        self, code: Code, words: str = "", headers: Mapping[str, str] = NO_HEADERS
    ) -> None:
        sentence, self.status = CATALOGUE[code]
        super().__init__(words or sentence)
        self.code = code
        self.headers = headers

    @property
    def told(self) -> dict[str, Any]:
        """The refusal as an error of GraphQL."""
        return {"message": str(self), "extensions": {"code": self.code.value}}


@dataclass(frozen=True)
class Asked:
    """What is asked for, in the right shapes; whether the document is any good is seen later."""

    query: str | None
    variables: dict[str, Any] | None
    operation_name: str | None
    extensions: dict[str, Any] | None


SHAPES = {
    "query": (str, "a string"),
    "variables": (dict, "an object"),
    "operationName": (str, "a string"),
    "extensions": (dict, "an object"),
}


async def read(request: Request) -> Asked:
    """What a request asks for. Raises `Refused`."""
    if request.method == "GET":
        return asked(_parameters(request))
    if request.method != "POST":
        raise Refused(Code.METHOD_NOT_ALLOWED, headers={"Allow": "GET, POST"})
    _check_kind(request)
    return asked(decode(await _body(request)))


async def _body(request: Request) -> bytes:
    """The body, read no further than it may be long. Raises `Refused`."""
    body = bytearray()
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or int(told[:20]) > BODY_BYTES:
        raise Refused(Code.TOO_LARGE)
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_BYTES:
            raise Refused(Code.TOO_LARGE)
    return bytes(body)


def asked(given: Any) -> Asked:
    """The parts of a decoded request. Raises `Refused`."""
    if isinstance(given, list):
        raise Refused(Code.NO_BATCHES)
    if not isinstance(given, dict):
        raise Refused(Code.BAD_REQUEST, "A request is an object.")
    parts = [given.get(name) for name in SHAPES]
    for part, (name, (shape, words)) in zip(parts, SHAPES.items(), strict=True):
        if part is not None and not isinstance(part, shape):
            raise Refused(Code.BAD_REQUEST, f"`{name}` has to be {words} or null.")
    return Asked(*parts)


def decode(body: bytes | str) -> Any:
    """JSON. Raises `Refused`."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refused(Code.BAD_REQUEST, "This is no JSON in UTF-8.") from None


def _parameters(request: Request) -> dict[str, Any]:
    """The parameters of an address; the two that are objects come as JSON."""
    given: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = decode(given[name].encode("utf-8", "surrogatepass"))
    return given


def _check_kind(request: Request) -> None:
    """Refuse a body that is not plain JSON: no forms, no files, nothing compressed."""
    kind = request.headers.get("content-type", "")
    fits = _known(kind) if len(kind) <= KIND_LONGEST else _is_json(kind)
    if not fits or request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(Code.UNSUPPORTED_MEDIA_TYPE)


def _is_json(kind: str) -> bool:
    """Whether a Content-Type is that of JSON in UTF-8."""
    told = Message()
    told["content-type"] = kind
    charset = told.get_param("charset", "utf-8")
    return told.get_content_type() == "application/json" and str(charset).lower() == "utf-8"


# clients send the same again and again
_known = lru_cache(256)(_is_json)
