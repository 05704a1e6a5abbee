"""Where a request came from: the peer, or what proxies that are trusted say of it."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

Networks = Sequence[IPv4Network | IPv6Network]


def origin(peer: str, headers: Mapping[str, str], trusted: Networks) -> str:
    """The address of the client.

    X-Forwarded-For is read from its end, as far as each that wrote into it is trusted: what stands
    before that, anybody may have written.
    """
    heard = [each.strip() for each in headers.get("x-forwarded-for", "").split(",")]
    address = peer
    while _is_trusted(address, trusted) and heard:
        said = heard.pop()
        if not _is_address(said):
            break
        address = said
    return address


def _is_trusted(address: str, trusted: Networks) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
