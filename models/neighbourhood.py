"""The neighbourhood, the unit of privacy, and which neighbourhoods lie beside it."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Base


class Neighbourhood(Base):
    """A village or quarter whose residents share one feed."""

    slug = fields.CharField(max_length=60, unique=True)
    name = fields.CharField(max_length=80)
    place = fields.CharField(max_length=80)
    opened_on = fields.DateField()
    household_count = fields.IntField()
    registered_household_count = fields.IntField(default=0)

    class Meta:
        table = "neighbourhood"


class Adjacency(Base):
    """One direction of "lies beside"; both directions are stored."""

    neighbourhood_id: UUID
    neighbourhood: Any = fields.ForeignKeyField(
        "models.Neighbourhood", related_name=False, on_delete=CASCADE
    )
    adjacent_id: UUID
    adjacent: Any = fields.ForeignKeyField(
        "models.Neighbourhood", related_name=False, on_delete=CASCADE
    )

    class Meta:
        table = "adjacency"
        unique_together = (("neighbourhood_id", "adjacent_id"),)
