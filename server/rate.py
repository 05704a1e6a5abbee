"""Counts in Valkey how often something is done; in this process, and stricter, while that is away.

What is counted is kept under keyed hashes: neither an address nor an id of a person is written.
Of whoever is busy a few acts are counted ahead, so that not each of them has to ask Valkey.
"""

import asyncio
import hashlib
import math
import secrets
import time
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter, RateLimiter

from realtime.outage import Outage
from resolvers.rate import Act
from schema.latest import Latest
from server.settings import Settings
from server.valkey import SECONDS

# of one holder, and of one address block: a street, an office or a mobile network share one
USUAL: dict[Act, tuple[str, str]] = {
    Act.QUERY: ("600/minute", "3000/minute"),
    Act.MUTATION: ("120/minute", "600/minute"),
    Act.SUBSCRIPTION: ("120/minute", "1200/minute"),
    Act.LOG_IN: ("10/5 minutes", "30/5 minutes"),
    Act.INVITATION: ("10/5 minutes", "30/5 minutes"),
    Act.TOKEN: ("30/5 minutes", "300/5 minutes"),
}
AWAY_SECONDS = 5.0
# at most one of so many parts of what is allowed is counted ahead, of at most so many names
PARTS = 20
NAMES = 10_000
STRICTER = 2
V4_BLOCK, V6_BLOCK = 24, 64


@dataclass
class Advance:
    """Acts that were counted ahead: how many at once, how many are left, and until when."""

    taken: int
    left: int
    until: float


class Rates:
    """The rates of one process. `factor` multiplies what is usual."""

    def __init__(self, client: Any, url: str, prefix: str, factor: float, key: bytes) -> None:
        self._key = key
        shared = RedisStorage(
            url,
            implementation="redispy",
            key_prefix=prefix,
            connection_pool=client.connection_pool,
        )
        self._shared = FixedWindowRateLimiter(shared)
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._advances: Latest[Advance] = Latest(NAMES)
        self._factor = factor
        self._outage = Outage("counting rates in Valkey")
        self._away_until = 0.0

    async def take(self, act: Act, holder: str | None, address: str) -> int | None:
        """Count one act; the seconds to wait when it is one too many."""
        names = [("block", block(address))] if address else []
        counted = [(USUAL[act][1], *name) for name in names]
        if holder is not None:
            counted.append((USUAL[act][0], "holder", holder))
        waits = [
            await self._count(rate, f"{act}:{kind}:{self._hashed(name)}")
            for rate, kind, name in counted
        ]
        return max((each for each in waits if each is not None), default=None)

    async def _count(self, rate: str, name: str) -> int | None:
        now = time.monotonic()
        if now >= self._away_until:
            try:
                return await self._count_ahead(_times(rate, self._factor), name, now)
            except Exception as error:  # whatever it was, it is never a reason to let anybody in
                self._outage.begin(error)
                self._away_until = time.monotonic() + AWAY_SECONDS
        return await _hit(self._own, _times(rate, self._factor / STRICTER), name)

    async def _count_ahead(self, item: RateLimitItem, name: str, now: float) -> int | None:
        """Count in Valkey, twice as many as the last time while a window lasts; or not at all."""
        before = self._advances.find(name)
        if before is not None and now >= before.until:
            before = None
        if before is not None and before.left:
            before.left -= 1
            return None
        size = min(2 * before.taken, max(1, item.amount // PARTS)) if before else 1
        async with asyncio.timeout(SECONDS):
            wait = await _hit(self._shared, item, name, size)
        self._outage.end()
        if wait is None:
            self._advances.keep(name, Advance(size, size - 1, now + item.get_expiry()))
        return wait

    def _hashed(self, name: str) -> str:
        return hashlib.blake2b(name.encode(), key=self._key, digest_size=16).hexdigest()


def counting(settings: Settings, client: Any) -> Rates:
    """The rates of a process with these settings; processes with one secret count together."""
    key = hashlib.blake2b(settings.signing_key or secrets.token_bytes(32)).digest()
    prefix = f"{settings.channel_prefix}:rate"
    return Rates(client, settings.redis_url, prefix, settings.rates, key)


@lru_cache(10_000)
def block(address: str) -> str:
    """The network that an address is counted with: what one subscriber line usually has."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is None:
            return str(ip_network((ip, V6_BLOCK), strict=False))
        ip = ip.ipv4_mapped
    return str(ip_network((ip, V4_BLOCK), strict=False))


async def _hit(limiter: RateLimiter, item: RateLimitItem, name: str, cost: int = 1) -> int | None:
    """Count so many; the seconds until the window ends when it was too many."""
    if await limiter.hit(item, name, cost=cost):
        return None
    stats = await limiter.get_window_stats(item, name)
    return max(1, math.ceil(stats.reset_time - time.time()))


@lru_cache(256)
def _times(rate: str, factor: float) -> RateLimitItem:
    usual = parse(rate)
    return type(usual)(max(1, int(usual.amount * factor)), usual.multiples)
