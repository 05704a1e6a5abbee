"""The secret address by which a calendar program reads a resident's gatherings."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Base


class CalendarFeed(Base):
    """One address, of which only the hash is kept. `only_mine`: what its owner said to come to."""

    resident_id: UUID
    resident: Any = fields.OneToOneField("models.Resident", related_name=False, on_delete=CASCADE)
    hash = fields.CharField(max_length=64, unique=True)
    only_mine = fields.BooleanField(default=False)

    class Meta:
        table = "calendar_feed"
