"""Messages on a greeted socket, each with the code it closes by, or that of the error it gets."""

from typing import Any

import orjson

from tests.attacks import document

SUBSCRIBE = {"type": "subscribe", "id": "1"}


def subscribe(**payload: Any) -> str:
    """A message that asks for something."""
    return orjson.dumps({**SUBSCRIBE, "payload": payload}).decode()


def text(**message: Any) -> str:
    """A message of any kind."""
    return orjson.dumps(message).decode()


# messages after which the socket is closed, with the code
CLOSING: dict[str, tuple[str | bytes, int]] = {
    "no JSON": ("hello", 4400),
    "nothing": ("", 4400),
    "null": ("null", 4400),
    "a number": ("1", 4400),
    "a list": ("[]", 4400),
    "no type": ("{}", 4400),
    "a type that is null": (text(type=None), 4400),
    "a type that is a list": (text(type=["subscribe"]), 4400),
    "a type of 60,000 characters": (text(type="x" * 60_000), 4400),
    "the old protocol": (text(type="start", id="1"), 4400),
    "a message of the server": (text(type="next", id="1", payload={}), 4400),
    "no id": (text(type="subscribe", payload={"query": "{ __typename }"}), 4400),
    "an id that is a number": (text(type="subscribe", id=1, payload={"query": "{a}"}), 4400),
    "an id that is an object": (text(type="complete", id={}), 4400),
    "no payload": (text(**SUBSCRIBE), 4400),
    "a payload that is null": (text(**SUBSCRIBE, payload=None), 4400),
    "a payload that is a list": (text(**SUBSCRIBE, payload=[]), 4400),
    "a payload that is a string": (text(**SUBSCRIBE, payload="{ __typename }"), 4400),
    "a query that is null": (subscribe(query=None), 4400),
    "a query that is a list": (subscribe(query=["{a}"]), 4400),
    "variables that are a list": (subscribe(query="{ __typename }", variables=[]), 4400),
    "a name that is a number": (subscribe(query="{ __typename }", operationName=1), 4400),
    "extensions that are a list": (subscribe(query="{ __typename }", extensions=[1]), 4400),
    "60,000 brackets": ("[" * 60_000, 4400),
    "bytes": (b'{"type": "ping"}', 4400),
    "half a pair": ('{"type": "ping", "payload": {"a": "\\ud800"}}', 4400),
    "a greeting too many": (text(type="connection_init"), 4429),
    "more than 64 KiB": (text(type="ping", payload={"a": "x" * 66_000}), 1009),
    "a document that is no GraphQL": (subscribe(query="{"), 4400),
    "an operation that is not there": (
        subscribe(query="query A { __typename }", operationName="B"),
        4400,
    ),
}
# documents of the other list that a socket answers by `error`, and stays open
ERRORS = {
    name: attack
    for name, attack in document.DOCUMENTS.items()
    if attack.code in ("TOO_COMPLEX", "INVALID_DOCUMENT") and len(attack.document) < 60_000
}
