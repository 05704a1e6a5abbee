"""A guardian's leave, as the minor and the guardian read it, and nobody else."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import resolvers.guardian_leave
from schema.field import batch, field

if TYPE_CHECKING:
    from schema.membership import Membership

Member = Annotated["Membership", strawberry.lazy("schema.membership")]


@strawberry.type(
    description="That somebody of age lets a minor of the household help neighbours and be helped. "
    "The two read it, and nobody else."
)
class GuardianLeave:
    """Read off `models.GuardianLeave`."""

    id: UUID = field("Its id.")
    created_at: datetime = field("When it was given.")
    minor: Member | None = batch(resolvers.guardian_leave.minors)
    guardian: Member | None = batch(resolvers.guardian_leave.guardians)
    expires_at: datetime = field("When it ends by itself.")
    revoked_at: datetime | None = field("When it ended, taken back or expired, if it did.")
