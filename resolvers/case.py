"""Cases: what an organisation does with a share, from the day it comes in."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from tortoise.expressions import Q
from typing_extensions import Doc

import models
from auth import rules
from auth.scope import Scope
from auth.visibility import visible
from resolvers import grant
from resolvers.context import Context
from resolvers.organisation import today
from resolvers.page import Page, Window, page_of, referred
from resolvers.paging import After, Before, First, Last
from resolvers.relation import One, Onward, row_of
from resolvers.work import Work

HELD = rules.GRANTED & rules.held(Scope.CASES_READ)
WAITING = (models.CaseState.RECEIVED, models.CaseState.IN_PROGRESS, models.CaseState.REFERRED)

Which = Annotated[UUID, Doc("Which case.")]


@row_of(models.Case)
async def case(context: Context, *, id: Which) -> models.Case | None:
    """One case by its id; null when there is none that the viewer may see."""
    return await visible(models.Case, context.viewer).get_or_none(id=id)


async def cases(
    context: Context,
    *,
    organisation_id: Annotated[UUID, Doc("Those that this organisation holds.")],
    state: Annotated[models.CaseState | None, Doc("Only cases in this state.")] = None,
    assignee_id: Annotated[UUID | None, Doc("Only those that this colleague follows up.")] = None,
    overdue: Annotated[bool | None, Doc("Only those past their date, or only the others.")] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[models.Case]:
    """The cases that the viewer holds for an organisation, newest first."""
    context.office(organisation_id, Scope.CASES_READ)
    rows = visible(models.Case, context.viewer).filter(HELD.where(context.viewer))
    rows = rows.filter(organisation_id=organisation_id)
    if state is not None:
        rows = rows.filter(state=state)
    if assignee_id is not None:
        rows = rows.filter(assignee_id=assignee_id)
    if overdue is not None:
        rows = rows.filter(_overdue(overdue))
    return await page_of(rows, Window(first, after, last, before))


def _overdue(overdue: bool) -> Q:
    day = today()
    if overdue:
        return Q(due_on__lt=day, state__in=WAITING)
    return Q(due_on__isnull=True) | Q(due_on__gte=day) | ~Q(state__in=WAITING)


of_residents = Onward(
    "What organisations do with what the person shared, newest first.", models.Case, "resident_id"
)


of_shares = One("What the organisation does with it.", models.Case, "id", key="share_id")


shares = One("What was shared; null without the scope to read it.", models.PostShare, "share_id")


units = One(
    "The unit that holds it; null when the whole organisation does, and for the resident.",
    models.Unit,
    "unit_id",
)


async def assignees(cases: Sequence[models.Case], _context: Context) -> list[models.Staff | None]:
    """Who of the organisation follows it up."""
    return await referred(models.Staff.filter(), [c.assignee_id for c in cases])


async def open_case(work: Work, share: models.PostShare) -> models.Case:
    """The case of a new share: received, and told to both sides."""
    case = await models.Case.create(
        **share.hanging(),
        share_id=share.id,
        post_id=share.post_id,
        purpose=share.purpose,
    )
    announce(work, case)
    return case


def announce(work: Work, case: models.Case, *, to_resident: bool = True) -> None:
    """Tell those who hold the case that it has changed, and the resident."""
    kind = models.EventKind.CASE_CHANGED
    work.announce(grant.to_organisation(kind, case))
    if to_resident:
        work.announce(grant.to_resident(kind, case))
