"""The end of an account: asked for, thought over, and then carried out everywhere."""

from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, Base


class AccountDeletion(Base):
    """That a resident wants to be erased at `due_at`; taking it back removes the row."""

    resident_id: UUID
    resident: Any = fields.OneToOneField("models.Resident", related_name=False, on_delete=CASCADE)
    due_at = fields.DatetimeField()

    class Meta:
        table = "account_deletion"
        indexes = (("due_at",),)


class Erasure(Base):
    """That an account was erased. The id is drawn, names nobody any more, and is kept on purpose:

    by it, whoever restores an older backup erases the account again.
    """

    resident_id = fields.UUIDField(unique=True)

    class Meta:
        table = "erasure"
