"""Skills: the catalogue of what people can do for each other."""

from uuid import UUID

import strawberry

import models
from schema.field import field


@strawberry.type(description="Something that people can do for each other.")
class Skill:
    """Read off `models.Skill`."""

    id: UUID = field("Its id.")
    slug: str = field("By what it is named when it is given.")
    group: models.SkillGroup = field("Where it stands in the catalogue.")
    name_nl: str = field("Its name in Dutch.")
    name_fr: str = field("Its name in French.")
    name_en: str = field("Its name in English.")
