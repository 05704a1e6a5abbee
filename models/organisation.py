"""The organisation, its units, and the neighbourhoods it covers."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Base, Private


class OrganisationKind(StrEnum):
    """What kind of partner an organisation is."""

    TOWN = "TOWN"
    SERVICE_CENTRE = "SERVICE_CENTRE"
    POLICE = "POLICE"
    ASSOCIATION = "ASSOCIATION"
    OTHER = "OTHER"


class Organisation(Base):
    """A partner that residents may share with, and that informs the neighbourhoods it covers."""

    slug = fields.CharField(max_length=60, unique=True)
    name = fields.CharField(max_length=80)
    kind = fields.CharEnumField(OrganisationKind, max_length=20)
    description = fields.CharField(max_length=1000, default="")

    class Meta:
        table = "organisation"


class Unit(Base):
    """A part of an organisation to which a case may be referred."""

    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=CASCADE
    )
    name = fields.CharField(max_length=80)

    class Meta:
        table = "unit"
        unique_together = (("organisation_id", "name"),)


class Coverage(Private):
    """That an organisation covers a neighbourhood, and since which day."""

    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=CASCADE
    )
    since = fields.DateField()

    class Meta:
        table = "coverage"
        unique_together = (("organisation_id", "neighbourhood_id"),)
        indexes = (("neighbourhood_id",),)
