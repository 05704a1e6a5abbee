"""Cursors: opaque to clients, and nothing but the id of the row at which they stand."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from auth import base64url
from resolvers.refusal import Refusal, RefusalCode


class Cursors(Sequence[str]):
    """The opaque cursors that stand at rows with these ids, each written when it is asked for."""

    def __init__(self, ids: Sequence[UUID]) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Cursors(self._ids[place])
        return encode(self._ids[place])


def encode(id: UUID) -> str:
    """The opaque cursor that stands at a row."""
    return base64url.write(id.bytes)


def decode(cursor: str, argument: str) -> UUID:
    """The id a cursor stands at. Raises `Refusal` INVALID."""
    try:
        return UUID(bytes=base64url.read(cursor))
    except ValueError:
        raise Refusal(RefusalCode.INVALID, "This is no cursor of ours.", argument) from None
