"""Coming to work for an organisation: by a code that is shown once and used once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

import models
from auth import secrets
from resolvers.refusal import RefusalCode
from resolvers.staff import end_staff
from resolvers.staff_invitation import join_organisation
from tests.access.snapshot import digest
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import Person, World

INVITE = """
mutation ($input: InviteStaffInput!) {
  inviteStaff(input: $input) {
    invitation { code staff { id name role unit { name } invitationExpiresAt } }
    errors { code field }
  }
}
"""
REGISTER = """
mutation ($input: RegisterStaffInput!) {
  registerStaff(input: $input) { tokens { access } errors { code } }
}
"""
OFFICES = "{ offices { organisation { slug } role } viewer { email } }"


async def invite(ask: Ask, persona: str, world: World, **more: Any) -> dict[str, Any]:
    """The answer to an invitation to the town."""
    given = {"organisationId": str(world.organisations["town"]), "name": "An", "role": "EDITOR"}
    answer = await ask(persona, INVITE, input=given | more)
    assert answer.errors is None
    assert answer.data is not None
    found: dict[str, Any] = answer.data["inviteStaff"]
    return found


async def code_for(ask: Ask, world: World, **more: Any) -> str:
    invited = await invite(ask, "manager", world, **more)
    code: str = invited["invitation"]["code"]
    return code


async def test_a_code_is_shown_once_and_only_its_hash_is_kept(ask: Ask, partners: World) -> None:
    invited = await invite(ask, "manager", partners, unitId=str(partners.units["care"]))
    code, staff = invited["invitation"]["code"], invited["invitation"]["staff"]
    assert (staff["name"], staff["role"], staff["unit"]) == ("An", "EDITOR", {"name": "care"})
    kept = await models.Staff.get(id=staff["id"])
    assert (kept.invitation_hash, kept.resident_id) == (secrets.digest_code(code), None)
    assert kept.invitation_expires_at is not None
    left = kept.invitation_expires_at - datetime.now(UTC)
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)
    assert await ledger.holding(code) == []


@pytest.mark.parametrize(
    ("persona", "given", "code"),
    [
        ("centre_manager", {}, "NOT_FOUND"),
        ("manager", {"unitId": str(UUID(int=1))}, "NOT_FOUND"),
        ("manager", {"name": " "}, "INVALID"),
        ("manager", {"name": "x" * 61}, "TOO_LONG"),
    ],
)
async def test_an_invitation_that_may_not_be_is_none(
    ask: Ask, partners: World, persona: str, given: dict[str, Any], code: str
) -> None:
    before = await digest()
    invited = await invite(ask, persona, partners, **given)
    assert (invited["invitation"], invited["errors"][0]["code"]) == (None, code)
    assert await digest() == before


@pytest.mark.parametrize("persona", ["editor", "resident", "token shares:read"])
async def test_who_is_no_manager_is_told_the_scope_and_nothing_else(
    ask: Ask, partners: World, persona: str
) -> None:
    before = await models.Staff.all().count()
    town = str(partners.organisations["town"])
    given = {"organisationId": town, "name": "An", "role": "EDITOR"}
    answer = await ask(persona, INVITE, input=given)
    [error] = answer.errors or []
    assert error.message == "This needs the scope manager."
    assert error.extensions == {"code": "FORBIDDEN", "scope": "manager"}
    assert await models.Staff.all().count() == before


async def test_a_manager_of_a_unit_invites_for_that_unit_only(ask: Ask, partners: World) -> None:
    care = partners.units["care"]
    await models.Staff.filter(id=partners.staff["manager"]).update(unit_id=care)
    for unit_id in (None, str(partners.units["roads"])):
        invited = await invite(ask, "manager", partners, unitId=unit_id)
        assert invited["errors"] == [{"code": "FORBIDDEN", "field": None}]
    invited = await invite(ask, "manager", partners, unitId=str(care))
    assert invited["errors"] == []


async def test_a_code_is_taken_up_once(ask: Ask, act: Act, partners: World) -> None:
    code = await code_for(ask, partners)
    joined = await act("stranger", join_organisation, code=code.lower())
    assert (joined.resident_id, joined.role) == (
        partners.people["stranger"].resident_id,
        models.StaffRole.EDITOR,
    )
    assert (joined.invitation_hash, joined.invitation_expires_at) == (None, None)
    answer = await ask("stranger", OFFICES)
    assert answer.data is not None
    assert answer.data["offices"] == [{"organisation": {"slug": "town"}, "role": "EDITOR"}]
    async with refused(RefusalCode.INVITATION_REFUSED, "code"):
        await act("neighbour", join_organisation, code=code)


async def test_two_who_take_up_a_code_at_once_do_not_both_join(
    ask: Ask, act: Act, partners: World
) -> None:
    code = await code_for(ask, partners)
    tried = await asyncio.gather(
        *(act(name, join_organisation, code=code) for name in ("stranger", "neighbour")),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in tried) == ["Refusal", "Staff"]


@pytest.mark.parametrize("column", ["invitation_expires_at", "ended_at"])
async def test_a_code_that_is_over_opens_nothing(
    ask: Ask, act: Act, partners: World, column: str
) -> None:
    code = await code_for(ask, partners)
    past = datetime.now(UTC) - timedelta(seconds=1)
    await models.Staff.filter(invitation_hash=secrets.digest_code(code)).update(**{column: past})
    async with refused(RefusalCode.INVITATION_REFUSED, "code"):
        await act("stranger", join_organisation, code=code)


async def test_who_moderates_anywhere_does_not_work_for_an_organisation(
    ask: Ask, act: Act, partners: World
) -> None:
    code = await code_for(ask, partners)
    async with refused(RefusalCode.CONFLICT):
        await act("moderator", join_organisation, code=code)


async def test_one_works_once_for_an_organisation_and_for_twenty_at_most(
    ask: Ask, act: Act, partners: World
) -> None:
    code = await code_for(ask, partners)
    async with refused(RefusalCode.CONFLICT, "code"):
        await act("editor", join_organisation, code=code)
    for number in range(20):
        other = await models.Organisation.create(
            slug=f"o{number}", name="Other", kind=models.OrganisationKind.OTHER
        )
        await models.Staff.create(
            organisation_id=other.id,
            resident_id=partners.people["stranger"].resident_id,
            role=models.StaffRole.ANALYST,
            name="Stranger",
        )
    async with refused(RefusalCode.CONFLICT):
        await act("stranger", join_organisation, code=code)


async def test_who_lives_nowhere_here_makes_an_account_with_the_code(
    ask: Ask, partners: World
) -> None:
    code = await code_for(ask, partners, role="ANALYST")
    given = {"code": code, "email": "an@town.example", "password": "a password of An"}
    answer = await ask("signed_out", REGISTER, input=given)
    assert answer.data is not None
    assert answer.data["registerStaff"]["errors"] == []
    partners.people["an"] = Person(token=answer.data["registerStaff"]["tokens"]["access"])
    assert (await ask("an", OFFICES)).data == {
        "offices": [{"organisation": {"slug": "town"}, "role": "ANALYST"}],
        "viewer": {"email": "an@town.example"},
    }


@pytest.mark.parametrize("what", ["code", "email"])
async def test_a_wrong_code_and_a_known_address_get_one_answer(
    ask: Ask, partners: World, what: str
) -> None:
    given = {"code": await code_for(ask, partners), "email": "an@town.example"}
    given[what] = {"code": "0000-0000-0000-0000", "email": "resident@noaber.example"}[what]
    before = await digest()
    answer = await ask("signed_out", REGISTER, input=given | {"password": "a password of An"})
    assert answer.data == {
        "registerStaff": {"tokens": None, "errors": [{"code": "REGISTRATION_REFUSED"}]}
    }
    assert await digest() == before


async def test_an_invitation_is_taken_back_by_ending_it(
    ask: Ask, act: Act, partners: World
) -> None:
    invited = await invite(ask, "manager", partners)
    code, staff_id = invited["invitation"]["code"], invited["invitation"]["staff"]["id"]
    await act("manager", end_staff, staff_id=UUID(staff_id))
    async with refused(RefusalCode.INVITATION_REFUSED, "code"):
        await act("stranger", join_organisation, code=code)
