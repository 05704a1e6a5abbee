"""The id of a request: what a trusted proxy calls it, else one of our own."""

import re
from ipaddress import ip_address

from starlette.types import Scope

from resolvers.caller import new_id
from server.proxy import Networks

HEADER = b"x-request-id"
# what an id of a proxy may look like: it goes into logs and headers as it is
FORM = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{7,63}")


def request_id(scope: Scope, trusted: Networks) -> str:
    """The id of a request or socket. From anybody but a trusted proxy the header says nothing."""
    said: list[bytes] = [value for name, value in scope["headers"] if name == HEADER]
    if len(said) == 1 and _is_trusted(scope, trusted):
        word = said[0].decode("latin-1")
        if FORM.fullmatch(word):
            return word
    return new_id()


def _is_trusted(scope: Scope, trusted: Networks) -> bool:
    peer = scope["client"][0] if scope.get("client") else ""
    try:
        return any(ip_address(peer) in network for network in trusted)
    except ValueError:
        return False
