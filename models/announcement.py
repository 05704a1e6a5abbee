"""What an organisation tells the neighbourhoods it covers."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from models.base import CASCADE, RESTRICT, Base


class AnnouncementPurpose(StrEnum):
    """What an announcement is for."""

    COHESION = "COHESION"
    CALL_TO_ACTION = "CALL_TO_ACTION"
    PRACTICAL_INFO = "PRACTICAL_INFO"
    AWARENESS = "AWARENESS"
    INITIATIVE = "INITIATIVE"
    ALERT = "ALERT"


class Announcement(Base):
    """One announcement; once published it stands as a post in each of `neighbourhood_ids`.

    `urgent_until`: it also stands apart among the alerts, until then. `staff_id` is who wrote it,
    null when a token did. With a `poll` it asks what that says: each post has it.
    """

    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=CASCADE
    )
    staff_id: UUID | None
    staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, on_delete=RESTRICT, null=True
    )
    purpose = fields.CharEnumField(AnnouncementPurpose, max_length=20)
    title = fields.CharField(max_length=120)
    body = fields.TextField()
    neighbourhood_ids: Any = ArrayField(element_type="uuid")
    urgent_until = fields.DatetimeField(null=True)
    publish_at = fields.DatetimeField()
    published_at = fields.DatetimeField(null=True)
    poll: Any = fields.JSONField(null=True)
    edited_at = fields.DatetimeField(null=True)
    withdrawn_at = fields.DatetimeField(null=True)

    class Meta:
        table = "announcement"
        indexes = (("organisation_id", "id"),)
