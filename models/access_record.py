"""One line of the ledger: who saw what of a resident, and when."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Base


class AccessSubject(StrEnum):
    """What was read."""

    SHARE = "SHARE"
    COMMENT = "COMMENT"
    CASE = "CASE"
    REPLY = "REPLY"
    VOLUNTEER = "VOLUNTEER"


class AccessRecord(Base):
    """One reading, by staff or by a token, of something a resident shared.

    `subject_id` is the share, the shared comment, the case, the reply or the consent, `fields` the
    names read, as the schema spells them; `is_first`: the first time this organisation read it.
    """

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=CASCADE
    )
    staff_id: UUID | None
    staff: Any = fields.ForeignKeyField(
        "models.Staff", related_name=False, on_delete=RESTRICT, null=True
    )
    token_id: UUID | None
    token: Any = fields.ForeignKeyField(
        "models.ApiToken", related_name=False, on_delete=RESTRICT, null=True
    )
    subject = fields.CharEnumField(AccessSubject, max_length=10)
    subject_id = fields.UUIDField()
    fields_read: Any = ArrayField(element_type="text")
    is_first = fields.BooleanField()

    class Meta:
        table = "access_record"
        indexes = (
            Index(fields=("resident_id", "id"), name="access_record_resident"),
            Index(fields=("organisation_id", "id"), name="access_record_organisation"),
            Index(fields=("subject_id", "organisation_id"), name="access_record_subject"),
        )
