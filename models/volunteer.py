"""A resident's leave for one organisation to ask them for volunteering, and what is asked."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT
from models.post_share import Granted


class VolunteerConsent(Granted):
    """The consent: `skills` by their slugs; `revoked_at` is when it was withdrawn.

    `unit_id` is always null: consent is given to an organisation as a whole. `told_end`: the
    organisation was told that the consent has ended.
    """

    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    skills: Any = ArrayField(element_type="text")
    told_end = fields.BooleanField(default=False, db_default=False)

    class Meta:
        table = "volunteer_consent"
        indexes = (
            Index(fields=("organisation_id", "id"), name="volunteer_consent_organisation"),
            Index(fields=("resident_id", "id"), name="volunteer_consent_resident"),
        )


class VolunteerContact(Granted):
    """An organisation's message to a volunteer through the platform, and the answer."""

    consent_id: UUID
    consent: Any = fields.ForeignKeyField(
        "models.VolunteerConsent", related_name=False, on_delete=CASCADE
    )
    staff_id: UUID | None
    staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, on_delete=RESTRICT, null=True
    )
    body = fields.TextField()
    answer = fields.TextField(null=True)
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "volunteer_contact"
        indexes = (
            Index(fields=("consent_id", "id"), name="volunteer_contact_consent"),
            Index(fields=("resident_id", "id"), name="volunteer_contact_resident"),
        )
