"""The way out of the process, which it lends to resolvers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Outside:
    """The key that the secrets of webhooks are derived from, and a check of where they may go.

    `check` raises `ValueError`, with a sentence for a person, for what may not be called.
    `push_key` is the public key of web push, in base64url.
    """

    signing_key: bytes
    check: Callable[[str], Awaitable[None]]
    push_key: str | None = None
