"""Bodies and headers that are no GraphQL request, each with the status and the code it gets."""

import gzip
import zlib
from dataclasses import dataclass, field

import orjson

GOOD = b'{"query": "{ __typename }"}'
JSON = "application/json"
BIG = 256 * 1024


@dataclass(frozen=True)
class Attack:
    """One request over HTTP and its exact answer; `code` is empty where there is no error."""

    status: int
    code: str
    body: bytes = GOOD
    method: str = "POST"
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def bad(body: bytes) -> Attack:
    """A body that is no request."""
    return Attack(400, "BAD_REQUEST", body)


def shaped(**parts: object) -> Attack:
    """A request one of whose parts has the wrong shape."""
    return bad(orjson.dumps({"query": "{ __typename }", **parts}))


def fine(body: bytes) -> Attack:
    """A body that looks odd and is a request all the same."""
    return Attack(200, "", body)


def kind(name: str, body: bytes = GOOD, **headers: str) -> Attack:
    """A body of another media type, or packed."""
    return Attack(415, "UNSUPPORTED_MEDIA_TYPE", body, headers={"content-type": name, **headers})


def method(name: str) -> Attack:
    """Another method."""
    return Attack(405, "METHOD_NOT_ALLOWED", method=name)


def get(status: int, code: str, query: str, **headers: str) -> Attack:
    """A request by GET."""
    return Attack(status, code, b"", "GET", query, headers)


BODIES: dict[str, Attack] = {
    "null": bad(b"null"),
    "true": bad(b"true"),
    "a number": bad(b"1"),
    "a string": bad(b'"x"'),
    "nothing": bad(b""),
    "blanks": bad(b" \n\t "),
    "an empty object": bad(b"{}"),
    "an empty list": Attack(400, "NO_BATCHES", b"[]"),
    "a list of requests": Attack(400, "NO_BATCHES", b"[" + GOOD + b"]"),
    "a list of a thousand requests": Attack(
        400, "NO_BATCHES", b"[" + b",".join([GOOD] * 1_000) + b"]"
    ),
    "query is null": shaped(query=None),
    "query is a number": shaped(query=1),
    "query is a list": shaped(query=["{ __typename }"]),
    "query is an object": shaped(query={"a": 1}),
    "query is false": shaped(query=False),
    "query is empty": shaped(query=""),
    "variables are a list": shaped(variables=[]),
    "variables are a number": shaped(variables=1),
    "variables are a string": shaped(variables="{}"),
    "variables are false": shaped(variables=False),
    "extensions are a list": shaped(extensions=[]),
    "extensions are a number": shaped(extensions=0),
    "extensions are a string": shaped(extensions="x"),
    "operationName is a number": shaped(operationName=1),
    "operationName is a list": shaped(operationName=["a"]),
    "operationName is an object": shaped(operationName={}),
    "half an object": bad(b'{"query": "{ __typename }"'),
    "something behind the object": bad(GOOD + b" x"),
    "two objects": bad(GOOD + GOOD),
    "single quotes": bad(b"{'query': '{ __typename }'}"),
    "a comment": bad(b"/* hi */" + GOOD),
    "NaN": bad(b'{"query": "{ __typename }", "variables": {"a": NaN}}'),
    "Infinity": bad(b'{"query": "{ __typename }", "variables": {"a": Infinity}}'),
    "bad UTF-8": bad(b'{"query": "\xff\xfe"}'),
    "overlong UTF-8": bad(b'{"query": "\xc0\x80"}'),
    "UTF-16": bad('{"query": "{ __typename }"}'.encode("utf-16")),
    "a byte order mark": bad(b"\xef\xbb\xbf" + GOOD),
    "half a pair in the document": bad(b'{"query": "\\ud800"}'),
    "half a pair in a variable": bad(b'{"query": "{ __typename }", "variables": {"a": "\\udfff"}}'),
    "a bare NUL": bad(b'{"query": "{ __typename }\x00"}'),
    "200,000 brackets": bad(b"[" * 200_000),
    "40,000 braces": bad(b'{"a":' * 40_000),
    "200,000 closed brackets": bad(b'{"query": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "the same key twice": fine(b'{"query": "{", "query": "{ __typename }"}'),
    "10,000 unknown keys": fine(
        orjson.dumps({f"k{n}": n for n in range(10_000)})[:-1] + b',"query":"{__typename}"}'
    ),
    "a number of 200,000 digits": bad(
        b'{"query": "{ __typename }", "variables": {"a": ' + b"9" * 200_000 + b"}}"
    ),
    "a number beyond all": bad(b'{"query": "{ __typename }", "variables": {"a": 1e99999}}'),
    "variables in 900 levels": fine(
        b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}"
    ),
    "variables that are a list of 100,000": bad(
        b'{"query": "{ __typename }", "variables": [' + b"1," * 100_000 + b"1]}"
    ),
    "one byte too many": Attack(413, "TOO_LARGE", GOOD + b" " * (BIG + 1 - len(GOOD))),
    "as large as may be": fine(GOOD + b" " * (BIG - len(GOOD))),
    "3 MB": Attack(413, "TOO_LARGE", b" " * 3_000_000),
    "gzip": kind(JSON, gzip.compress(GOOD), **{"content-encoding": "gzip"}),
    "a gzip bomb": kind(JSON, gzip.compress(b" " * 100_000_000), **{"content-encoding": "gzip"}),
    "deflate": kind(JSON, zlib.compress(GOOD), **{"content-encoding": "deflate"}),
    "packed twice": kind(JSON, GOOD, **{"content-encoding": "gzip, gzip"}),
    "text": kind("text/plain"),
    "no media type": kind(""),
    "a form": kind("application/x-www-form-urlencoded", b"query={__typename}"),
    "a form of parts": kind("multipart/form-data; boundary=x", b"--x--"),
    "a bare document": kind("application/graphql", b"{ __typename }"),
    "another charset": kind(f"{JSON}; charset=utf-16"),
    "a charset of nonsense": kind(f"{JSON}; charset=klingon"),
    "a media type of 60,000 characters": Attack(
        200, "", headers={"content-type": JSON + "; a=" + "b" * 60_000}
    ),
    "PUT": method("PUT"),
    "DELETE": method("DELETE"),
    "PATCH": method("PATCH"),
    "OPTIONS": method("OPTIONS"),
    "TRACE": method("TRACE"),
    "GET without a query": get(400, "BAD_REQUEST", ""),
    "a mutation by GET": get(405, "METHOD_NOT_ALLOWED", "query=mutation{__typename}"),
    "a subscription by GET": get(406, "NOT_ACCEPTABLE", "query=subscription{__typename}"),
    "variables by GET that are no JSON": get(400, "BAD_REQUEST", "query={__typename}&variables=x"),
    "variables by GET that are a list": get(400, "BAD_REQUEST", "query={__typename}&variables=[]"),
    "bad UTF-8 by GET": get(400, "UNREADABLE_DOCUMENT", "query=%ff%fe"),
    "NUL by GET": get(400, "UNREADABLE_DOCUMENT", "query=%00"),
    "an answer as a picture": Attack(406, "NOT_ACCEPTABLE", headers={"accept": "image/png"}),
    "an answer as nothing": Attack(406, "NOT_ACCEPTABLE", headers={"accept": f"{JSON};q=0"}),
    "10,000 media types": Attack(406, "NOT_ACCEPTABLE", headers={"accept": "a/b," * 10_000}),
    "weights of nonsense": Attack(406, "NOT_ACCEPTABLE", headers={"accept": f"{JSON};q=x"}),
    "languages of nonsense": Attack(200, "", headers={"accept-language": ";q=,;;q=nan,-,*" * 100}),
    "a credential of another kind": Attack(200, "", headers={"authorization": "Basic eDp5"}),
    "a credential of 60,000 characters": Attack(
        200, "", headers={"authorization": "Bearer " + "a" * 60_000}
    ),
    "a hash that is a number": shaped(
        extensions={"persistedQuery": {"version": 1, "sha256Hash": 1}}
    ),
    "a hash of another version": shaped(
        extensions={"persistedQuery": {"version": 2, "sha256Hash": ""}}
    ),
    "a hash that is a list": shaped(extensions={"persistedQuery": []}),
    "a hash of another document": Attack(
        400,
        "PERSISTED_QUERY_MISMATCH",
        orjson.dumps(
            {
                "query": "{ __typename }",
                "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}},
            }
        ),
    ),
    "a hash that nobody knows": Attack(
        400,
        "PERSISTED_QUERY_NOT_FOUND",
        orjson.dumps({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}}),
    ),
}
