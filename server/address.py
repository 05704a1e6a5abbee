"""Where a webhook may go: an https address whose name stands for public networks only."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from resolvers.outside import Outside
from server.picture.album import Album
from server.push_key import public_key
from server.settings import Settings

PORTS = frozenset({443, 8443})
LOOK_UP_SECONDS = 5.0
# what `ipaddress` of some Python 3.11 calls global, or what leads on to another network
CLOSED = tuple(
    map(
        ip_network,
        (
            *("192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10"),
            *("64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16"),
            *("3fff::/20", "5f00::/16", "fec0::/10"),
        ),
    )
)
NAT64 = ip_network("64:ff9b::/96")

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]


class Refused(ValueError):
    """An address that may not be called; the message says why, for a person."""


@dataclass(frozen=True)
class Place:
    """An address in its parts; `target` is the path with the query."""

    scheme: str
    host: str
    port: int
    target: str


async def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a name, each once. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


@dataclass(frozen=True)
class Gate:
    """Decides where requests may go. `private`: to this very machine too, by http as well."""

    private: bool = False
    resolver: Resolver = resolve

    async def check(self, url: str) -> None:
        """Whether an address may be called as of now. Raises `Refused`."""
        place = self.place(url)
        await self.addresses(place.host, place.port)

    def place(self, url: str) -> Place:
        """The parts of an address that has the right form. Raises `Refused`."""
        parts, port = _split(url)
        schemes = ("https", "http") if self.private else ("https",)
        if parts.scheme not in schemes:
            raise Refused("Write an address that begins with https://.")
        if port is None:
            port = 443 if parts.scheme == "https" else 80
        if port not in PORTS and not self.private:
            raise Refused("The port has to be 443 or 8443.")
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        return Place(parts.scheme, parts.hostname or "", port, target)

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """The IP addresses of a name, when every one is public. Raises `Refused`."""
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                found = await self.resolver(host, port)
        except (OSError, UnicodeError, TimeoutError):
            raise Refused("The name of this host is not known.") from None
        if not found or not all(map(self._is_open, found)):
            raise Refused("This address is not on a public network.")
        return found

    def _is_open(self, address: str) -> bool:
        ip = ip_address(address)
        return is_public(ip) or (self.private and ip.is_loopback)


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether an address is anybody's on the internet, also by another name for it."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(ip.ipv4_mapped)
        if ip in NAT64:
            return is_public(IPv4Address(int(ip) & 0xFFFF_FFFF))
    special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local
    return ip.is_global and not special and not any(ip in network for network in CLOSED)


def outside(settings: Settings) -> Outside | None:
    """What resolvers are lent of the way out; None without a secret to sign with."""
    if not settings.secret:
        return None
    secret = settings.signing_key
    check = Gate(settings.webhook_private).check
    return Outside(secret, check, public_key(secret), Album.of(settings))


def _split(url: str) -> tuple[SplitResult, int | None]:
    """The parts of what cannot be read in two ways. Raises `Refused`."""
    unclear = Refused("This is no address that can be called.")
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise unclear
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise unclear from None
    if "@" in parts.netloc:
        raise Refused("An address with a name and password in it is not called.")
    if not parts.hostname or ":" in parts.hostname or "#" in url:
        raise unclear
    return parts, port
