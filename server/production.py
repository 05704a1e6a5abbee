"""What production refuses to start with: secrets that others know, and doors left open."""

from collections.abc import Iterator
from typing import Protocol
from urllib.parse import urlsplit

from server.proxy import Networks

# a secret of the demo begins with this: "demo", in hexadecimal
DEMO_MARK = "64656d6f"
# of 32 random bytes, fewer than this many different ones come once in 10^16 times
LEAST_DIFFERENT = 16
BETWEEN = "; "
KNOWN_PASSWORDS = frozenset(
    {
        *("admin", "changeme", "demo", "example", "letmein", "noaber", "password", "postgres"),
        *("redis", "root", "secret", "test", "valkey", "123456", "12345678"),
    }
)


class Given(Protocol):
    """The settings that are looked at."""

    @property
    def database_url(self) -> str:
        """Where PostgreSQL is."""

    @property
    def redis_url(self) -> str:
        """Where Valkey is."""

    @property
    def secret(self) -> str:
        """What everything is signed with."""

    @property
    def webhook_private(self) -> bool:
        """Whether webhooks go to this machine."""

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The pages that may ask."""

    @property
    def trusted_proxies(self) -> Networks:
        """Whose word about a client is believed."""


def faults(given: Given) -> Iterator[str]:
    """Each reason not to start, as one clause; none of them repeats a secret."""
    needed = {
        "DATABASE_URL": given.database_url,
        "REDIS_URL": given.redis_url,
        "NOABER_SECRET": given.secret,
    }
    if missing := [name for name, value in needed.items() if not value]:
        yield f"production needs {', '.join(missing)}"
    yield from _weak(given.secret)
    for name in ("DATABASE_URL", "REDIS_URL"):
        if (urlsplit(needed[name]).password or "").lower() in KNOWN_PASSWORDS:
            yield f"production takes no password that everybody knows: {name}"
    if given.webhook_private:
        yield "production sends no webhooks to this machine: NOABER_WEBHOOK_PRIVATE"
    if any(network.prefixlen == 0 for network in given.trusted_proxies):
        yield "production believes no proxy that may be anybody: NOABER_TRUSTED_PROXIES"
    if plain := [origin for origin in given.allowed_origins if not origin.startswith("https://")]:
        yield f"production trusts no page without https: NOABER_ALLOWED_ORIGINS, {plain[0]}"


def _weak(secret: str) -> Iterator[str]:
    if secret.lower().startswith(DEMO_MARK):
        yield "production takes no secret that the demo made: NOABER_SECRET"
    elif secret and len(set(bytes.fromhex(secret))) < LEAST_DIFFERENT:
        yield "production takes no secret with a pattern, only random bytes: NOABER_SECRET"
