"""Referrals: to a unit at once, to another organisation when the author agrees and not before."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.case_assignment
import resolvers.case_note
import resolvers.referral
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import caseload, ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

RECEIVED, IN_PROGRESS, REFERRED, ANSWERED, CLOSED = models.CaseState
ONE = "query ($id: ID!) { case(id: $id) { state version notes { nodes { body } } } }"
REFER = """
mutation ($input: ReferCaseInput!) {
  referCase(input: $input) { caseId errors { code } }
}
"""
ANSWER = """
mutation ($input: AnswerReferralInput!) {
  answerReferral(input: $input) {
    referral { state reason toOrganisation { name } case { state } } errors { code }
  }
}
"""


async def refer(act: Act, case: models.Case, unit_id: UUID, persona: str = "manager") -> Any:
    given = {"case_id": case.id, "version": case.version, "unit_id": unit_id}
    return await act(persona, resolvers.referral.refer_case, **given)


async def ask_author(
    act: Act, world: World, case: models.Case, organisation: str = "centre"
) -> models.Referral:
    given = {"case_id": case.id, "version": case.version, "reason": "Zij zijn dichter bij u."}
    given["organisation_id"] = world.organisations[organisation]
    referral: models.Referral = await act("manager", resolvers.referral.ask_referral, **given)
    return referral


async def reply(
    act: Act, referral: models.Referral, agree: bool, persona: str = "resident"
) -> models.Referral:
    verb = resolvers.referral.answer_referral
    answered: models.Referral = await act(persona, verb, referral_id=referral.id, agree=agree)
    return answered


async def terms(share_id: UUID) -> dict[str, Any]:
    """What the author agreed to with a share."""
    columns = ("post_id", "resident_id", "author_id", "purpose", "with_name", "expires_at")
    [row] = await models.PostShare.filter(id=share_id).values(*columns)
    return dict(row)


async def sees(ask: Ask, persona: str, case: models.Case) -> bool:
    answer = await ask(persona, ONE, id=case.id)
    assert answer.errors is None
    assert answer.data is not None
    return answer.data["case"] is not None


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("care", "roads", "case_worker", "other_unit"),
        ("roads", "care", "other_unit", "case_worker"),
    ],
)
async def test_the_unit_that_gets_a_case_sees_it_and_the_old_one_no_more(
    act: Act, ask: Ask, partners: World, old: str, new: str, before: str, after: str
) -> None:
    case = await caseload.open_case(act, partners, unit=old)
    assert (await sees(ask, before, case), await sees(ask, after, case)) == (True, False)
    given = {"caseId": str(case.id), "version": 1, "unitId": str(partners.units[new])}
    answer = await ask(before, REFER, input=given)
    assert answer.data == {"referCase": {"caseId": str(case.id), "errors": []}}
    assert (await sees(ask, before, case), await sees(ask, after, case)) == (False, True)
    async with refused(RefusalCode.NOT_FOUND):
        await act(before, resolvers.case_note.add_case_note, case_id=case.id, body="Nog iets.")
    assert await sees(ask, "manager", case)


async def test_all_that_hangs_on_the_share_goes_along(act: Act, partners: World) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    await act("case_worker", resolvers.case_note.add_case_note, case_id=case.id, body="Gebeld.")
    await models.CommentShare.create(
        **{name: getattr(case, name) for name in ("neighbourhood_id", "organisation_id")},
        **{name: getattr(case, name) for name in ("unit_id", "expires_at", "share_id")},
        resident_id=case.resident_id,
        comment_id=partners.comments[caseload.NEIGHBOURHOOD],
        author_id=partners.people["resident"].membership_id,
        asker_id=partners.people["resident"].membership_id,
    )
    await ask_author(act, partners, case)
    worker = partners.staff["case_worker"]
    assign = resolvers.case_assignment.assign_case
    case = await act("manager", assign, case_id=case.id, version=2, staff_id=worker)
    await refer(act, case, partners.units["roads"])
    for model in (models.Case, models.PostShare, models.CommentShare, models.CaseNote):
        assert [row.unit_id for row in await model.all()] == [partners.units["roads"]], model
    assert (await models.Referral.get()).unit_id == partners.units["roads"]
    referred = await caseload.again(case)
    assert (referred.state, referred.version, referred.assignee_id) == (REFERRED, 4, None)


async def test_the_old_unit_is_told_that_it_is_gone_and_the_new_one_that_it_came(
    act: Act, partners: World
) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    await refer(act, case, partners.units["roads"])
    told = await models.Event.filter(stream_id=partners.organisations["town"]).order_by("sequence")
    care, roads = partners.units["care"], partners.units["roads"]
    assert [(event.kind.value, event.scope, event.unit_id) for event in told] == [
        ("CASE_CHANGED", "cases:read", care),
        ("CASE_CHANGED", "cases:read", care),
        ("SHARE_ENDED", "shares:read", care),
        ("SHARE_GRANTED", "shares:read", roads),
        ("CASE_CHANGED", "cases:read", roads),
    ]
    assert await ledger.told(case.resident_id) == ["CASE_CHANGED"] * 2


async def test_a_unit_elsewhere_or_the_same_one_is_no_referral(act: Act, partners: World) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    other = await models.Unit.create(
        organisation_id=partners.organisations["centre"], name="elsewhere"
    )
    for unknown in (other.id, models.base.uuid7()):
        async with refused(RefusalCode.NOT_FOUND):
            await refer(act, case, unknown)
    async with refused(RefusalCode.INVALID, "unit_id"):
        await refer(act, case, partners.units["care"])


async def test_what_is_answered_is_referred_no_more(act: Act, partners: World) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    await caseload.at(case, ANSWERED)
    async with refused(RefusalCode.CONFLICT):
        await refer(act, case, partners.units["roads"])
    async with refused(RefusalCode.CONFLICT):
        await ask_author(act, partners, case)


async def test_to_ask_shares_nothing_yet(act: Act, ask: Ask, partners: World) -> None:
    case = await caseload.open_case(act, partners)
    referral = await ask_author(act, partners, case)
    assert referral.state is models.ReferralState.ASKED
    stored = await caseload.again(case)
    assert (stored.state, stored.version) == (RECEIVED, 2)
    assert await models.PostShare.all().count() == 1
    assert await ledger.told(partners.organisations["centre"]) == []
    assert await ledger.told(case.resident_id) == ["CASE_CHANGED", "REFERRAL_CHANGED"]
    assert not await sees(ask, "centre_manager", case)


async def test_who_agrees_shares_in_the_same_terms_with_the_other_organisation(
    act: Act, ask: Ask, partners: World
) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    await act("case_worker", resolvers.case_note.add_case_note, case_id=case.id, body="Binnen.")
    referral = await ask_author(act, partners, case)
    answer = await ask("resident", ANSWER, input={"referralId": str(referral.id), "agree": True})
    assert answer.data is not None
    assert answer.data["answerReferral"] == {
        "referral": {
            "state": "AGREED",
            "reason": "Zij zijn dichter bij u.",
            "toOrganisation": {"name": "Centre"},
            "case": {"state": "REFERRED"},
        },
        "errors": [],
    }
    second = await models.PostShare.get(organisation_id=partners.organisations["centre"])
    assert await terms(second.id) == await terms(case.share_id)
    opened = await models.Case.get(share_id=second.id)
    assert (opened.state, opened.version, opened.unit_id) == (RECEIVED, 1, None)
    assert (await caseload.again(case)).state is REFERRED
    assert not await sees(ask, "centre_manager", case)
    read = await ask("centre_manager", ONE, id=opened.id)
    nothing_yet: dict[str, Any] = {"state": "RECEIVED", "version": 1, "notes": {"nodes": []}}
    assert read.data == {"case": nothing_yet}
    assert "SHARE_GRANTED" in await ledger.told(partners.organisations["centre"])


async def test_who_refuses_shares_nothing_and_may_be_asked_again(act: Act, partners: World) -> None:
    case = await caseload.open_case(act, partners)
    referral = await ask_author(act, partners, case)
    async with refused(RefusalCode.CONFLICT):
        await ask_author(act, partners, await caseload.again(case))
    assert (await reply(act, referral, False)).state is models.ReferralState.REFUSED
    assert await models.PostShare.all().count() == 1
    stored = await caseload.again(case)
    assert (stored.state, stored.version) == (RECEIVED, 2)
    async with refused(RefusalCode.CONFLICT):
        await reply(act, referral, True)
    assert (await ask_author(act, partners, stored)).state is models.ReferralState.ASKED


async def test_only_the_author_answers(act: Act, partners: World) -> None:
    case = await caseload.open_case(act, partners)
    referral = await ask_author(act, partners, case)
    async with refused(RefusalCode.FORBIDDEN):
        await reply(act, referral, True, "manager")
    for persona in ("neighbour", "centre_manager"):
        async with refused(RefusalCode.NOT_FOUND):
            await reply(act, referral, True, persona)


async def test_an_answer_twice_at_once_counts_once(act: Act, partners: World) -> None:
    referral = await ask_author(act, partners, await caseload.open_case(act, partners))
    both = [reply(act, referral, True), reply(act, referral, True)]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    codes = [getattr(outcome, "code", None) for outcome in outcomes]
    assert sorted(codes, key=str) == [RefusalCode.CONFLICT, None]
    assert await models.PostShare.all().count() == 2


async def test_an_organisation_that_may_not_have_it_is_not_asked_for(
    act: Act, partners: World
) -> None:
    case = await caseload.open_case(act, partners)
    async with refused(RefusalCode.INVALID, "organisation_id"):
        await ask_author(act, partners, case, "town")
    await models.Coverage.filter(organisation_id=partners.organisations["centre"]).delete()
    async with refused(RefusalCode.INVALID, "organisation_id"):
        await ask_author(act, partners, case)


async def test_nobody_agrees_to_what_was_answered_or_shared_no_more(
    act: Act, partners: World
) -> None:
    case = await caseload.open_case(act, partners)
    referral = await ask_author(act, partners, case)
    await caseload.at(case, ANSWERED)
    async with refused(RefusalCode.CONFLICT):
        await reply(act, referral, True)
    await caseload.at(case, RECEIVED)
    await caseload.end(act, case)
    async with refused(RefusalCode.CONFLICT):
        await reply(act, referral, True)
    assert (await reply(act, referral, False)).state is models.ReferralState.REFUSED
