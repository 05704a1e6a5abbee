"""What every row has: a time-ordered id, a moment of creation, and the columns that rules read."""

import os
import time
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

CASCADE = fields.OnDelete.CASCADE
RESTRICT = fields.OnDelete.RESTRICT
SET_NULL = fields.OnDelete.SET_NULL


def uuid7(milliseconds: int | None = None) -> UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, 12 of their parts, 62 random.

    Ids therefore sort by creation, also within a millisecond, so that one column is both key and
    page cursor. With `milliseconds` given, the parts are random too.
    """
    nanoseconds = time.time_ns() if milliseconds is None else milliseconds * 1_000_000
    moment, rest = divmod(nanoseconds, 1_000_000)
    random = int.from_bytes(os.urandom(10), "big")
    part = (rest << 12) // 1_000_000 if milliseconds is None else random >> 68
    high = (moment << 16) | 0x7000 | part
    low = (0b10 << 62) | (random & ((1 << 62) - 1))
    return UUID(int=(high << 64) | low)


def uuid7_after(id: UUID) -> UUID:
    """A UUID of version 7 of this moment, or of one just after `id` if the clock is behind it."""
    made = uuid7()
    return made if made > id else uuid7((id.int >> 80) + 1)


def floor(moment: datetime) -> UUID:
    """The lowest id of a moment: what was made before it lies below; before 1970, of all ids."""
    return UUID(int=max(0, milliseconds(moment)) << 80)


def milliseconds(moment: datetime) -> int:
    """The moment as ids hold it: Unix milliseconds."""
    return round(moment.timestamp() * 1000)


class Base(Model):
    """A row with a UUIDv7 `id` and `created_at` (UTC)."""

    id = fields.UUIDField(primary_key=True, default=uuid7)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Private(Base):
    """A row that belongs to one neighbourhood: the unit of privacy, and the column rules read."""

    neighbourhood_id: UUID
    neighbourhood: Any = fields.ForeignKeyField(
        "models.Neighbourhood", related_name=False, on_delete=CASCADE
    )

    class Meta:
        abstract = True


class Reactable(Private):
    """A private row that residents react to; its counters are kept in the writing transaction."""

    thanks_count = fields.IntField(default=0)
    like_count = fields.IntField(default=0)
    care_count = fields.IntField(default=0)
    clap_count = fields.IntField(default=0)
    sad_count = fields.IntField(default=0)

    class Meta:
        abstract = True
