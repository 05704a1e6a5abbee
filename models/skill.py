"""What people can do for each other: the catalogue, and what a resident offers the neighbours."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index

from models.base import CASCADE, Base, Private


class SkillGroup(StrEnum):
    """Where a skill stands in the catalogue."""

    HOUSEHOLD = "HOUSEHOLD"
    TRANSPORT = "TRANSPORT"
    DIGITAL = "DIGITAL"
    GARDEN = "GARDEN"
    CARE_AND_COMPANY = "CARE_AND_COMPANY"
    CHILDREN = "CHILDREN"
    ANIMALS = "ANIMALS"
    REPAIRS = "REPAIRS"
    ADMINISTRATION = "ADMINISTRATION"
    CULTURE_AND_SPORT = "CULTURE_AND_SPORT"
    NEIGHBOURHOOD = "NEIGHBOURHOOD"


class Skill(Base):
    """One skill, by its name in three languages; `slug` is how rows and clients name it."""

    slug = fields.CharField(max_length=40, unique=True)
    group = fields.CharEnumField(SkillGroup, max_length=20)
    name_nl = fields.CharField(max_length=80)
    name_fr = fields.CharField(max_length=80)
    name_en = fields.CharField(max_length=80)

    class Meta:
        table = "skill"


class HelpOffer(Private):
    """What a member offers the own neighbourhood, by the slugs of skills."""

    membership_id: UUID
    membership: Any = fields.OneToOneField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    skills: Any = ArrayField(element_type="text")

    class Meta:
        table = "help_offer"
        indexes = (Index(fields=("neighbourhood_id", "id"), name="help_offer_neighbourhood"),)
