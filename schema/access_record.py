"""The line of the ledger: who read what of the things a resident shares."""

from datetime import datetime
from uuid import UUID

import strawberry

import models
import resolvers.access_record
import resolvers.organisation
from schema.field import batch, field
from schema.organisation import Organisation


@strawberry.type(description="That somebody of an organisation read something of a resident.")
class AccessRecord:
    """Read off `models.AccessRecord`."""

    id: UUID = field("Its id.")
    created_at: datetime = field("When it was read.")
    organisation: Organisation | None = batch(resolvers.organisation.of_rows)
    staff_name: str | None = batch(resolvers.access_record.staff_names)
    token_name: str | None = batch(resolvers.access_record.token_names)
    subject: models.AccessSubject = field("What kind of thing was read.")
    subject_id: UUID = field("The share, the shared comment, the case, the reply or the consent.")
    fields_read: list[str] = field("The fields that were read, as this schema names them.")
    is_first: bool = field("Whether nobody of the organisation had read of it before.")
