"""Who of the organisation follows a case up, and by when."""

from datetime import date
from typing import Annotated
from uuid import UUID

from tortoise.expressions import Q
from typing_extensions import Doc

import models
from auth.scope import ROLES, Scope
from resolvers import case_step
from resolvers.case import Which
from resolvers.case_version import Version, handled, keep
from resolvers.organisation import today
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.work import Work

HANDLERS = [role for role, scopes in ROLES.items() if Scope.CASES_WRITE in scopes]


async def start_case(work: Work, *, case_id: Which, version: Version) -> models.Case:
    """Say that a case is being followed up; from ANSWERED: that it will be answered anew."""
    case = await handled(work, case_id, version)
    case_step.take(case, models.CaseState.IN_PROGRESS)
    await keep(work, case, "state")
    return case


async def assign_case(
    work: Work,
    *,
    case_id: Which,
    version: Version,
    staff_id: Annotated[UUID | None, Doc("The colleague who follows it up; null: nobody.")] = None,
    due_on: Annotated[date | None, Doc("The day by which; null: no day.")] = None,
) -> models.Case:
    """Say who follows a case up and by when; the resident sees neither."""
    case = await handled(work, case_id, version)
    case_step.check_open(case)
    if staff_id is not None and not await _may_follow_up(case, staff_id):
        raise not_found("colleague who may follow this up")
    if due_on is not None and due_on != case.due_on and due_on < today():
        raise Refusal(RefusalCode.INVALID, "This day has passed.", "due_on")
    case.assignee_id, case.due_on = staff_id, due_on
    await keep(work, case, "assignee_id", "due_on", to_resident=False)
    return case


async def _may_follow_up(case: models.Case, staff_id: UUID) -> bool:
    """Whether it is one who has taken up work there, in a role and a unit that reach the case."""
    of_unit = Q(unit_id__isnull=True) | Q(unit_id=case.unit_id) if case.unit_id else Q()
    colleagues = models.Staff.filter(
        of_unit, organisation_id=case.organisation_id, ended_at=None, role__in=HANDLERS
    )
    return await colleagues.filter(id=staff_id, resident_id__isnull=False).exists()
