"""What was counted of one period, once, when it was over: by neighbourhood and for the place."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Base


class Period(StrEnum):
    """The periods for which figures exist; there are no others, so that none can be subtracted."""

    WEEK = "WEEK"
    MONTH = "MONTH"


class Measure(StrEnum):
    """What is counted."""

    REGISTERED_HOUSEHOLDS = "REGISTERED_HOUSEHOLDS"
    ENGAGED_HOUSEHOLDS = "ENGAGED_HOUSEHOLDS"
    ACTIVE_HOUSEHOLDS = "ACTIVE_HOUSEHOLDS"
    POSTS = "POSTS"
    COMMENTS = "COMMENTS"
    REACTIONS = "REACTIONS"
    HELP_OFFERS = "HELP_OFFERS"
    VOLUNTEERS = "VOLUNTEERS"
    SHARES = "SHARES"
    SHARES_CARE_QUESTION = "SHARES_CARE_QUESTION"
    SHARES_IDEA = "SHARES_IDEA"
    SHARES_REPORT = "SHARES_REPORT"
    SHARES_OTHER = "SHARES_OTHER"
    CASES_RECEIVED = "CASES_RECEIVED"
    CASES_ANSWERED = "CASES_ANSWERED"
    CASES_CLOSED = "CASES_CLOSED"
    HOURS_TO_ANSWER = "HOURS_TO_ANSWER"


class Figure(Base):
    """How many, by how many people, and whether that is told: decided once, with the whole table.

    `neighbourhood_id` null is the whole place. `organisation_id` is whose, for what belongs to one
    (shares, volunteers, cases), else null. While a total of the place is not `settled`, it waits
    for the next month before it goes into an exact one. The ids are in the order of the periods.
    """

    place = fields.CharField(max_length=80)
    neighbourhood_id: UUID | None
    neighbourhood: Any = fields.ForeignKeyField(
        "models.Neighbourhood", related_name=False, on_delete=CASCADE, null=True
    )
    organisation_id: Any = fields.UUIDField(null=True)
    period = fields.CharEnumField(Period, max_length=10)
    starts_on = fields.DateField()
    measure = fields.CharEnumField(Measure, max_length=30)
    count = fields.IntField()
    people = fields.IntField()
    hidden = fields.BooleanField()
    settled = fields.BooleanField(default=True)

    class Meta:
        table = "figure"
