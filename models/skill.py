"""What people can do for each other: the catalogue of skills."""

from enum import StrEnum

from tortoise import fields

from models.base import Base


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
