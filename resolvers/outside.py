"""The way out of the process, which it lends to resolvers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import models


class Gallery(Protocol):
    """Where the files of pictures are: addresses to put them at, and to get them from."""

    async def upload_address(self, picture_id: UUID) -> str:
        """Where to put a file, for a while."""

    async def uploaded(self, picture_id: UUID) -> int | None:
        """How many bytes were put there; None for nothing."""

    def address(self, picture_id: UUID, resident_id: UUID, size: models.PictureSize) -> str:
        """Where one resident gets a picture, for a while."""


@dataclass(frozen=True)
class Outside:
    """The key that the secrets of webhooks are derived from, and a check of where they may go.

    `check` raises `ValueError`, with a sentence for a person, for what may not be called.
    `push_key` is the public key of web push, in base64url.
    """

    signing_key: bytes
    check: Callable[[str], Awaitable[None]]
    push_key: str | None = None
    gallery: Gallery | None = None
