"""What the platform holds of a resident, put together because the resident asked for it."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Base


class DataExportState(StrEnum):
    """Where an export stands."""

    ASKED = "ASKED"
    READY = "READY"
    EXPIRED = "EXPIRED"


class DataExport(Base):
    """An export. It can be fetched, by the resident alone, until `expires_at`."""

    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    state = fields.CharEnumField(DataExportState, max_length=10, default=DataExportState.ASKED)
    bytes = fields.IntField(null=True)
    ready_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField(null=True)

    class Meta:
        table = "data_export"
        indexes = (("resident_id", "id"), ("expires_at",))


class DataArchive(Base):
    """The zip file of an export, apart from it so that no list reads it."""

    export_id: UUID
    export: Any = fields.OneToOneField("models.DataExport", related_name=False, on_delete=CASCADE)
    content = fields.BinaryField()

    class Meta:
        table = "data_archive"
