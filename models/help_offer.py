"""What a resident offers the neighbours: skills, and when, how far and until when."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.db_defaults import SqlDefault
from tortoise.indexes import Index

from models.base import CASCADE, Private


class Availability(StrEnum):
    """A part of a day of the week."""

    MONDAY_MORNING = "MONDAY_MORNING"
    MONDAY_AFTERNOON = "MONDAY_AFTERNOON"
    MONDAY_EVENING = "MONDAY_EVENING"
    TUESDAY_MORNING = "TUESDAY_MORNING"
    TUESDAY_AFTERNOON = "TUESDAY_AFTERNOON"
    TUESDAY_EVENING = "TUESDAY_EVENING"
    WEDNESDAY_MORNING = "WEDNESDAY_MORNING"
    WEDNESDAY_AFTERNOON = "WEDNESDAY_AFTERNOON"
    WEDNESDAY_EVENING = "WEDNESDAY_EVENING"
    THURSDAY_MORNING = "THURSDAY_MORNING"
    THURSDAY_AFTERNOON = "THURSDAY_AFTERNOON"
    THURSDAY_EVENING = "THURSDAY_EVENING"
    FRIDAY_MORNING = "FRIDAY_MORNING"
    FRIDAY_AFTERNOON = "FRIDAY_AFTERNOON"
    FRIDAY_EVENING = "FRIDAY_EVENING"
    SATURDAY_MORNING = "SATURDAY_MORNING"
    SATURDAY_AFTERNOON = "SATURDAY_AFTERNOON"
    SATURDAY_EVENING = "SATURDAY_EVENING"
    SUNDAY_MORNING = "SUNDAY_MORNING"
    SUNDAY_AFTERNOON = "SUNDAY_AFTERNOON"
    SUNDAY_EVENING = "SUNDAY_EVENING"


class HelpReach(StrEnum):
    """How far a helper goes: never further than neighbours of an adjacent neighbourhood."""

    STREET = "STREET"
    NEIGHBOURHOOD = "NEIGHBOURHOOD"
    NEARBY = "NEARBY"


class HelpOffer(Private):
    """What a member offers the own neighbourhood, by the slugs of skills.

    `paused` or past `ends_on` it stands in no directory and is never suggested. With
    `hears_requests` the helper is told of new requests for these skills. How often and when the
    helper was last asked decides who is suggested first, and is shown to nobody.
    """

    membership_id: UUID
    membership: Any = fields.OneToOneField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    skills: Any = ArrayField(element_type="text")
    note = fields.CharField(max_length=500, default="", db_default="")
    availability: Any = ArrayField(element_type="text", default=list, db_default=SqlDefault("'{}'"))
    reach = fields.CharEnumField(
        HelpReach,
        max_length=15,
        default=HelpReach.NEIGHBOURHOOD,
        db_default=HelpReach.NEIGHBOURHOOD,
    )
    paused = fields.BooleanField(default=False, db_default=False)
    ends_on = fields.DateField(null=True)
    hears_requests = fields.BooleanField(default=False, db_default=False)
    asked_count = fields.IntField(default=0, db_default=0)
    last_asked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "help_offer"
        indexes = (Index(fields=("neighbourhood_id", "id"), name="help_offer_neighbourhood"),)
