"""The case: what an organisation does with what was shared with it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.case
import resolvers.case_note
import resolvers.case_step
import resolvers.neighbourhood
import resolvers.organisation
import resolvers.referral
from resolvers.case import HELD
from schema.field import batch, field, made
from schema.neighbourhood import Neighbourhood
from schema.node import Node, read_off
from schema.organisation import Organisation
from schema.page import Connection
from schema.unit import Unit

if TYPE_CHECKING:
    from schema.post_share import PostShare

CASE = models.AccessSubject.CASE


@strawberry.type(description="One of the staff, as colleagues read the name on a case.")
class Colleague:
    """Read off `models.Staff`."""

    id: UUID = field("The id by which a case is assigned.")
    name: str = field("The name.")


@strawberry.type(description="A note among the staff who hold a case. The resident never reads it.")
class CaseNote:
    """Read off `models.CaseNote`."""

    id: UUID = field("Its id.")
    created_at: datetime = field("When it was written.")
    body: str = field("Its words.")
    writer: Colleague | None = batch(resolvers.case_note.writers)


@strawberry.type(description="The question to the author whether another organisation takes over.")
class Referral:
    """Read off `models.Referral`."""

    id: UUID = field("Its id.")
    created_at: datetime = field("When it was asked.")
    state: models.ReferralState = field("What the author answered, if so.")
    reason: str = field("Why the organisation asks.")
    to_organisation: Organisation | None = batch(resolvers.referral.organisations)
    case: Annotated["Case", strawberry.lazy("schema.case")] | None = batch(resolvers.referral.cases)


@strawberry.type(
    description="The follow-up of one share, for its author and for those who hold it."
)
class Case(Node):
    """Read off `models.Case`."""

    is_type_of = read_off(models.Case)
    id: UUID = field("Its id.")
    created_at: datetime = field("When it came in.")
    state: models.CaseState = field("Where it stands.")
    next_states: list[models.CaseState] = made(resolvers.case_step.next_states)
    version: int = field("Rises with each change; a change names the version it was made on.")
    purpose: models.SharePurpose = field("What the author wants of the organisation.")
    neighbourhood: Neighbourhood | None = batch(resolvers.neighbourhood.of_rows)
    organisation: Organisation | None = batch(resolvers.organisation.of_rows)
    unit: Unit | None = batch(resolvers.case.units)
    share: Annotated["PostShare", strawberry.lazy("schema.post_share")] | None = batch(
        resolvers.case.shares
    )
    assignee: Colleague | None = batch(resolvers.case.assignees, only=HELD)
    due_on: date | None = field("The day by which it is to be answered.", only=HELD)
    notes: Connection[CaseNote] | None = batch(resolvers.case_note.of_cases, only=HELD)
    referrals: Connection[Referral] = batch(resolvers.referral.of_cases)
    answer: str | None = field("The answer, as it stands under the post.")
    answered_at: datetime | None = field("When it was last answered, if it was.")
    satisfaction: int | None = field("How satisfied the author is, 1 to 5.", recorded=CASE)
    satisfaction_word: str | None = field("The author's word about it.", recorded=CASE)
    closed_at: datetime | None = field("When the author closed it, if so.")
