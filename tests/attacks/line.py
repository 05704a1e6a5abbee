"""Bytes on the wire that are no proper HTTP, each with the status of its answer."""

LENGTH = len(b'{"query":"{__typename}"}')
BODY = b'{"query":"{__typename}"}'
HEAD = b"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
GET = b"GET /graphql?query={__typename} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
UPGRADE = (
    b"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n"
)
KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

# what is sent, and the status that comes back; 0: the connection ends without an answer
LINES: dict[str, tuple[bytes, int]] = {
    "a good request": (HEAD + b"Content-Length: %d\r\n\r\n" % LENGTH + BODY, 200),
    "a length that is too short": (HEAD + b"Content-Length: 5\r\n\r\n" + BODY, 400),
    "a length that is too long, and the end": (HEAD + b"Content-Length: 99\r\n\r\n" + BODY, 0),
    "a length below nothing": (HEAD + b"Content-Length: -5\r\n\r\n" + BODY, 400),
    "a length of words": (HEAD + b"Content-Length: many\r\n\r\n" + BODY, 400),
    "a length of 400 digits": (HEAD + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n", 400),
    "two lengths": (HEAD + b"Content-Length: 24\r\nContent-Length: 5\r\n\r\n" + BODY, 400),
    "a length and chunks": (
        HEAD + b"Content-Length: 24\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    "a chunk of words": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    "a chunk beyond all": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n", 400),
    "another transfer": (HEAD + b"Transfer-Encoding: gzip\r\n\r\n" + BODY, 400),
    "a header of 200,000 characters": (GET + b"X: " + b"a" * 200_000 + b"\r\n\r\n", 200),
    "a header with NUL": (GET + b"X: a\x00b\r\n\r\n", 400),
    "a header without a name": (GET + b": a\r\n\r\n", 400),
    "a header that goes on": (GET + b"X: a\r\n b\r\n\r\n", 400),
    "no end of a line": (b"GET /graphql HTTP/1.1\nHost: a\n\n", 400),
    "no version": (b"GET /graphql\r\n\r\n", 400),
    "a version to come": (b"GET /graphql HTTP/9.9\r\n\r\n", 400),
    "the preface of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "the greeting of TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64, 400),
    "noise": (bytes(range(256)), 400),
    "a method in small letters": (b"get /graphql HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "a method of its own": (b"HUG /graphql HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "a tunnel": (b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "a way up": (b"GET /graphql/static/../../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 404),
    "a way up in disguise": (b"GET /graphql/static/%2e%2e/%2e%2e HTTP/1.1\r\nHost: a\r\n\r\n", 404),
    "another place": (b"GET /admin HTTP/1.1\r\nHost: a\r\n\r\n", 404),
    "no host": (b"GET /graphql?query={__typename} HTTP/1.1\r\n\r\n", 200),
    "a socket of version 8": (UPGRADE + KEY + b"Sec-WebSocket-Version: 8\r\n\r\n", 400),
    "a socket without a key": (UPGRADE + b"Sec-WebSocket-Version: 13\r\n\r\n", 400),
    "a socket of another place": (
        UPGRADE + KEY + b"Sec-WebSocket-Version: 13\r\nOrigin: https://elsewhere.example\r\n\r\n",
        403,
    ),
    "a socket of no place": (
        UPGRADE + KEY + b"Sec-WebSocket-Version: 13\r\nOrigin: null\r\n\r\n",
        403,
    ),
    "a socket at another place": (
        UPGRADE.replace(b"/graphql", b"/admin") + KEY + b"Sec-WebSocket-Version: 13\r\n\r\n",
        403,
    ),
}
