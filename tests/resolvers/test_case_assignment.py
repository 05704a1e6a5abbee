"""Assignment: to one who is there and whom the case reaches, by a day that has not passed."""

from datetime import timedelta
from typing import Any

import pytest

import models
from resolvers.refusal import RefusalCode
from tests.resolvers import caseload, ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import NOW, World, today

SOON = today() + timedelta(days=7)


async def test_a_case_is_assigned_and_the_resident_is_not_told(act: Act, partners: World) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    worker = partners.staff["case_worker"]
    assigned = await caseload.assign(act, case, staff_id=worker, due_on=SOON)
    stored = await caseload.again(case)
    assert (stored.assignee_id, stored.due_on, stored.version) == (worker, SOON, 2)
    assert await ledger.told(partners.organisations["town"]) == ["CASE_CHANGED"] * 2
    assert await ledger.told(case.resident_id) == ["CASE_CHANGED"]
    await caseload.assign(act, assigned)
    freed = await caseload.again(case)
    assert (freed.assignee_id, freed.due_on, freed.version) == (None, None, 3)


@pytest.mark.parametrize("colleague", ["manager", "case_worker", "other_unit"])
async def test_what_no_unit_holds_may_go_to_any_case_worker(
    act: Act, partners: World, colleague: str
) -> None:
    case = await caseload.open_case(act, partners)
    assigned = await caseload.assign(act, case, staff_id=partners.staff[colleague])
    assert assigned.assignee_id == partners.staff[colleague]


@pytest.mark.parametrize("colleague", ["editor", "analyst", "other_unit", "centre_manager"])
async def test_nobody_is_assigned_whom_the_case_does_not_reach(
    act: Act, partners: World, colleague: str
) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    async with refused(RefusalCode.NOT_FOUND):
        await caseload.assign(act, case, staff_id=partners.staff[colleague])


@pytest.mark.parametrize("gone", [{"ended_at": NOW}, {"resident_id": None}])
async def test_nobody_is_assigned_who_has_left_or_has_not_begun(
    act: Act, partners: World, gone: dict[str, Any]
) -> None:
    case = await caseload.open_case(act, partners)
    worker = partners.staff["case_worker"]
    await models.Staff.filter(id=worker).update(**gone)
    async with refused(RefusalCode.NOT_FOUND):
        await caseload.assign(act, case, staff_id=worker)


async def test_a_day_may_not_have_passed_but_one_that_passed_may_stay(
    act: Act, partners: World
) -> None:
    case = await caseload.open_case(act, partners)
    yesterday = today() - timedelta(days=1)
    async with refused(RefusalCode.INVALID, "due_on"):
        await caseload.assign(act, case, due_on=yesterday)
    await models.Case.filter(id=case.id).update(due_on=yesterday)
    assigned = await caseload.assign(
        act, case, staff_id=partners.staff["manager"], due_on=yesterday
    )
    assert (assigned.due_on, assigned.version) == (yesterday, 2)


async def test_a_closed_case_is_assigned_to_nobody(act: Act, partners: World) -> None:
    case = await caseload.open_case(act, partners)
    await caseload.at(case, models.CaseState.CLOSED)
    async with refused(RefusalCode.CONFLICT):
        await caseload.assign(act, case, staff_id=partners.staff["manager"])
