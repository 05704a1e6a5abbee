"""Staff: changed and ended by a manager, with all that hangs on it."""

import asyncio

import pytest

import models
from auth.scope import Scope
from resolvers.refusal import RefusalCode
from resolvers.staff import change_staff, end_staff
from resolvers.staff_invitation import join_organisation
from resolvers.worker import assign_worker
from tests import partners as organisations
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.test_staff_invitation import OFFICES, code_for, invite
from tests.world import World

MANAGER, EDITOR, CASE_WORKER, ANALYST = models.StaffRole


async def row(world: World, persona: str) -> models.Staff:
    return await models.Staff.get(id=world.staff[persona])


async def appointed(ask: Ask, act: Act, world: World, persona: str, role: str) -> models.Staff:
    """The persona works for the town."""
    code = await code_for(ask, world, role=role)
    joined: models.Staff = await act(persona, join_organisation, code=code)
    return joined


async def test_to_end_somebodys_work_ends_all_that_hangs_on_it(
    ask: Ask, act: Act, partners: World
) -> None:
    joined = await appointed(ask, act, partners, "stranger", "MANAGER")
    await act("manager", assign_worker, staff_id=joined.id, neighbourhood_id=partners.home)
    mine = await organisations.token(partners, "mine", (Scope.SHARES_READ,))
    await models.ApiToken.filter(id=mine.id).update(issued_by_id=joined.id)
    standing = await models.ApiToken.filter(revoked_at=None).count()
    assert (await act("manager", end_staff, staff_id=joined.id)).ended_at is not None
    assert (await ask("stranger", OFFICES)).data["offices"] == []  # type: ignore[index]
    sent = await models.Membership.get(organisation_id=joined.organisation_id)
    assert (sent.state, sent.ended_at is None) == (models.MembershipState.ENDED, False)
    assert (await models.ApiToken.get(id=mine.id)).revoked_at is not None
    assert (await ask("mine", OFFICES)).data is None
    assert await models.ApiToken.filter(revoked_at=None).count() == standing - 1
    home = await models.Membership.get(id=partners.people["stranger"].membership_id)
    assert home.state is models.MembershipState.ACTIVE
    async with refused(RefusalCode.CONFLICT):
        await act("manager", end_staff, staff_id=joined.id)


async def test_the_last_manager_of_the_whole_stays(ask: Ask, act: Act, partners: World) -> None:
    care = partners.units["care"]
    await invite(ask, "manager", partners, role="MANAGER")
    of_unit = await appointed(ask, act, partners, "stranger", "MANAGER")
    await act("manager", change_staff, staff_id=of_unit.id, role=MANAGER, unit_id=care)
    me = partners.staff["manager"]
    async with refused(RefusalCode.CONFLICT, "staff_id"):
        await act("manager", end_staff, staff_id=me)
    for change in ({"role": EDITOR}, {"role": MANAGER, "unit_id": care}):
        async with refused(RefusalCode.CONFLICT, "staff_id"):
            await act("manager", change_staff, staff_id=me, **change)
    await act("manager", change_staff, staff_id=of_unit.id, role=MANAGER)
    await act("manager", end_staff, staff_id=me)
    assert (await row(partners, "manager")).ended_at is not None


async def test_two_managers_do_not_end_each_other(ask: Ask, act: Act, partners: World) -> None:
    other = await appointed(ask, act, partners, "stranger", "MANAGER")
    tried = await asyncio.gather(
        act("manager", end_staff, staff_id=other.id),
        act("stranger", end_staff, staff_id=partners.staff["manager"]),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in tried) == ["Refusal", "Staff"]
    standing = models.Staff.filter(organisation_id=other.organisation_id, role=MANAGER)
    assert await standing.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(
    ("persona", "code"),
    [
        ("editor", RefusalCode.FORBIDDEN),
        ("centre_manager", RefusalCode.NOT_FOUND),
        ("resident", RefusalCode.NOT_FOUND),
        ("token cases:read", RefusalCode.NOT_FOUND),
    ],
)
async def test_nobody_else_ends_or_changes_anybody(
    act: Act, partners: World, persona: str, code: RefusalCode
) -> None:
    for verb, more in ((end_staff, {}), (change_staff, {"role": MANAGER})):
        async with refused(code):
            await act(persona, verb, staff_id=partners.staff["analyst"], **more)


async def test_another_role_opens_other_doors_at_once(ask: Ask, act: Act, partners: World) -> None:
    care, analyst = partners.units["care"], partners.staff["analyst"]
    await act("manager", change_staff, staff_id=analyst, role=CASE_WORKER, unit_id=care)
    changed = await row(partners, "analyst")
    assert (changed.role, changed.unit_id) == (CASE_WORKER, care)
    answer = await ask("analyst", "{ offices { role unitId } }")
    assert answer.data == {"offices": [{"role": "CASE_WORKER", "unitId": str(care)}]}


async def test_a_manager_who_becomes_less_keeps_only_the_tokens_within(
    ask: Ask, act: Act, partners: World
) -> None:
    care = partners.units["care"]
    joined = await appointed(ask, act, partners, "stranger", "MANAGER")
    for name, unit_id in (("whole", None), ("care", care)):
        made = await organisations.token(partners, name, (Scope.CASES_READ,))
        await models.ApiToken.filter(id=made.id).update(issued_by_id=joined.id, unit_id=unit_id)
    standing = models.ApiToken.filter(issued_by_id=joined.id, revoked_at=None)
    given = {"staff_id": joined.id, "role": MANAGER}
    await act("manager", change_staff, **given)
    assert await standing.count() == 2
    await act("manager", change_staff, **given, unit_id=care)
    assert [token.name for token in await standing] == ["care"]
    await act("manager", change_staff, staff_id=joined.id, role=ANALYST, unit_id=care)
    assert await standing.count() == 0
