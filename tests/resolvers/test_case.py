"""Cases: read by those who hold them and by their author, and changed one version at a time."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

import models
import resolvers.case_assignment
from auth.scope import Scope
from resolvers.refusal import RefusalCode
from tests import partners as organisations
from tests.inside import Ask
from tests.resolvers import caseload, ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World, today

RECEIVED, IN_PROGRESS, REFERRED, ANSWERED, CLOSED = models.CaseState
SOON = today() + timedelta(days=7)
LIST = """
query ($id: ID!, $state: CaseState, $assignee: ID, $overdue: Boolean) {
  cases(organisationId: $id, state: $state, assigneeId: $assignee, overdue: $overdue) {
    nodes { id }
  }
}
"""
ONE = """
query ($id: ID!) {
  case(id: $id) {
    state nextStates version purpose answer answeredAt closedAt
    neighbourhood { name } organisation { name } unit { name } share { id }
    assignee { id name } dueOn notes { nodes { body writer { name } } } referrals { nodes { id } }
    satisfaction satisfactionWord
  }
}
"""
OWN = """
{ viewer { cases { nodes {
    id state nextStates version purpose neighbourhood { name } organisation { name } unit { name }
    assignee { id } dueOn notes { nodes { body } } answer satisfaction satisfactionWord
} } } }
"""
START = """
mutation ($input: StartCaseInput!) {
  startCase(input: $input) { case { state version } errors { code field message } }
}
"""


async def listed(ask: Ask, persona: str, world: World, **given: Any) -> list[str]:
    answer = await ask(persona, LIST, id=world.organisations["town"], **given)
    assert answer.errors is None
    assert answer.data is not None
    return [node["id"] for node in answer.data["cases"]["nodes"]]


async def start(act: Act, persona: str, case: models.Case) -> models.Case:
    verb = resolvers.case_assignment.start_case
    started: models.Case = await act(persona, verb, case_id=case.id, version=case.version)
    return started


async def test_a_share_opens_a_case_and_both_sides_hear_of_it(act: Act, partners: World) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    share = await models.PostShare.get(id=case.share_id)
    assert (case.state, case.version, case.purpose) == (RECEIVED, 1, share.purpose)
    assert (case.unit_id, case.expires_at) == (share.unit_id, share.expires_at)
    assert await ledger.told(partners.organisations["town"]) == ["CASE_CHANGED"]
    assert case.resident_id == partners.people["resident"].resident_id
    assert await ledger.told(case.resident_id) == ["CASE_CHANGED"]


async def test_those_who_hold_a_case_read_all_of_it(act: Act, ask: Ask, partners: World) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    await caseload.assign(act, case, staff_id=partners.staff["case_worker"], due_on=SOON)
    answer = await ask("case_worker", ONE, id=case.id)
    assert answer.errors is None
    assert answer.data is not None
    assert answer.data["case"] == {
        "state": "RECEIVED",
        "nextStates": ["IN_PROGRESS", "REFERRED", "ANSWERED"],
        "version": 2,
        "purpose": "CARE_QUESTION",
        "answer": None,
        "answeredAt": None,
        "closedAt": None,
        "neighbourhood": {"name": "Home"},
        "organisation": {"name": "Town"},
        "unit": {"name": "care"},
        "share": {"id": str(case.share_id)},
        "assignee": {"id": str(partners.staff["case_worker"]), "name": "Case_Worker"},
        "dueOn": SOON.isoformat(),
        "notes": {"nodes": []},
        "referrals": {"nodes": []},
        "satisfaction": None,
        "satisfactionWord": None,
    }


async def test_a_token_without_the_scope_for_shares_reads_the_case_and_not_the_share(
    act: Act, ask: Ask, partners: World
) -> None:
    case = await caseload.open_case(act, partners)
    answer = await ask("token cases:read", ONE, id=case.id)
    assert answer.data is not None
    assert (answer.data["case"]["state"], answer.data["case"]["share"]) == ("RECEIVED", None)


async def test_its_author_reads_it_without_what_is_among_the_staff(
    act: Act, ask: Ask, partners: World
) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    await caseload.assign(act, case, staff_id=partners.staff["case_worker"], due_on=SOON)
    await caseload.end(act, case)
    answer = await ask("resident", OWN)
    assert answer.errors is None
    assert answer.data is not None
    assert answer.data["viewer"]["cases"]["nodes"] == [
        {
            "id": str(case.id),
            "state": "RECEIVED",
            "nextStates": ["IN_PROGRESS", "REFERRED", "ANSWERED"],
            "version": 2,
            "purpose": "CARE_QUESTION",
            "neighbourhood": {"name": "Home"},
            "organisation": {"name": "Town"},
            **dict.fromkeys(("unit", "assignee", "dueOn", "notes", "answer")),
            **dict.fromkeys(("satisfaction", "satisfactionWord")),
        }
    ]
    for persona in ("neighbour", "moderator", "worker", "manager"):
        other = await ask(persona, OWN)
        assert other.data is not None
        assert other.data["viewer"]["cases"] == {"nodes": []}, persona


@pytest.mark.parametrize(
    ("persona", "sees"),
    [
        *(("manager", True), ("case_worker", True), ("token cases:read", True)),
        *(("other_unit", False), ("centre_manager", False), ("token elsewhere", False)),
    ],
)
async def test_a_case_is_seen_in_the_area_and_unit_that_hold_it(
    act: Act, ask: Ask, partners: World, persona: str, sees: bool
) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    answer = await ask(persona, ONE, id=case.id)
    assert answer.errors is None
    assert answer.data is not None
    assert (answer.data["case"] is not None) is sees


@pytest.mark.parametrize("persona", ["manager", "case_worker", "token cases:read"])
async def test_a_case_whose_share_has_ended_is_gone_for_the_organisation(
    act: Act, ask: Ask, partners: World, persona: str
) -> None:
    ended = await caseload.open_case(act, partners)
    past = timedelta(seconds=-1)
    expired = await caseload.open_case(act, partners, audience=caseload.NEARBY, lifetime=past)
    await caseload.end(act, ended)
    assert await listed(ask, persona, partners) == []
    for case in (ended, expired):
        answer = await ask(persona, ONE, id=case.id)
        assert answer.data == {"case": None}


async def test_a_list_is_narrowed_by_state_assignee_and_day(
    act: Act, ask: Ask, partners: World
) -> None:
    late, due, free = [
        await caseload.open_case(act, partners, audience=audience) for audience in models.Audience
    ]
    worker = partners.staff["case_worker"]
    await caseload.assign(act, due, staff_id=worker, due_on=SOON)
    await models.Case.filter(id=late.id).update(due_on=today() - timedelta(days=1))
    await start(act, "manager", free)
    all_three = [str(free.id), str(due.id), str(late.id)]
    assert await listed(ask, "case_worker", partners) == all_three
    assert await listed(ask, "case_worker", partners, assignee=worker) == [str(due.id)]
    assert await listed(ask, "case_worker", partners, state="IN_PROGRESS") == [str(free.id)]
    assert await listed(ask, "case_worker", partners, overdue=True) == [str(late.id)]
    assert await listed(ask, "case_worker", partners, overdue=False) == all_three[:2]
    await caseload.at(late, ANSWERED)
    assert await listed(ask, "case_worker", partners, overdue=True) == []
    assert await listed(ask, "case_worker", partners, overdue=False) == all_three


async def test_the_cases_of_another_organisation_are_not_found(
    act: Act, ask: Ask, partners: World
) -> None:
    await caseload.open_case(act, partners)
    for organisation in ("town", "nowhere"):
        known = partners.organisations.get(organisation, models.base.uuid7())
        answer = await ask("centre_manager", LIST, id=known)
        [error] = answer.errors or []
        assert (error.message, answer.data) == ("There is no such organisation.", None)
        assert error.extensions == {"code": "NOT_FOUND"}


@pytest.mark.parametrize(
    ("persona", "verb", "scope"),
    [
        ("resident", LIST, "cases:read"),
        ("editor", LIST, "cases:read"),
        ("analyst", LIST, "cases:read"),
        ("token cases:write", LIST, "cases:read"),
        ("token cases:read", START, "cases:write"),
        ("resident", START, "cases:write"),
    ],
)
async def test_a_door_names_the_scope_it_needs_and_nothing_else(
    act: Act, ask: Ask, partners: World, persona: str, verb: str, scope: str
) -> None:
    case = await caseload.open_case(act, partners)
    given = {"id": partners.organisations["town"], "input": {"caseId": case.id, "version": 1}}
    answer = await ask(persona, verb, **given)
    [error] = answer.errors or []
    assert error.message == f"This needs the scope {scope}."
    assert error.extensions == {"code": "FORBIDDEN", "scope": scope}
    assert (await caseload.again(case)).version == 1


@pytest.mark.parametrize("persona", ["other_unit", "centre_manager"])
async def test_who_may_not_see_a_case_finds_none_to_change(
    act: Act, partners: World, persona: str
) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    async with refused(RefusalCode.NOT_FOUND):
        await start(act, persona, case)


async def test_a_token_that_writes_but_does_not_read_finds_no_case(
    act: Act, ask: Ask, partners: World
) -> None:
    case = await caseload.open_case(act, partners)
    answer = await ask("token cases:write", START, input={"caseId": str(case.id), "version": 1})
    assert answer.data is not None
    missing = {"code": "NOT_FOUND", "field": None, "message": "There is no such case."}
    assert answer.data["startCase"] == {"case": None, "errors": [missing]}
    stored = await caseload.again(case)
    assert (stored.state, stored.version) == (RECEIVED, 1)


async def test_who_sees_it_as_its_author_may_not_follow_it_up(act: Act, partners: World) -> None:
    case = await caseload.open_case(act, partners)
    await models.Staff.filter(id=partners.staff["centre_manager"]).update(
        resident_id=case.resident_id
    )
    async with refused(RefusalCode.FORBIDDEN):
        await start(act, "resident", case)


async def test_a_change_raises_the_version_and_an_old_one_changes_nothing(
    act: Act, partners: World
) -> None:
    case = await caseload.open_case(act, partners)
    started = await start(act, "case_worker", case)
    assert (started.state, started.version) == (IN_PROGRESS, 2)
    async with refused(RefusalCode.CONFLICT, "version"):
        await caseload.assign(act, case, staff_id=partners.staff["manager"])
    assert await ledger.told(partners.organisations["town"]) == ["CASE_CHANGED"] * 2


async def test_of_two_case_workers_at_once_one_wins_and_the_other_is_told(
    act: Act, ask: Ask, partners: World
) -> None:
    await organisations.token(partners, "both", [Scope.CASES_READ, Scope.CASES_WRITE])
    case = await caseload.open_case(act, partners, unit="care")
    given = {"input": {"caseId": str(case.id), "version": 1}}
    staff = ("case_worker", "manager", "both")
    answers = await asyncio.gather(*(ask(persona, START, **given) for persona in staff))
    payloads = [answer.data["startCase"] for answer in answers if answer.data]
    won = [payload["case"] for payload in payloads if payload["case"]]
    lost = [error for payload in payloads for error in payload["errors"]]
    assert won == [{"state": "IN_PROGRESS", "version": 2}]
    words = "Changed by somebody else; it is now version 2."
    assert lost == [{"code": "CONFLICT", "field": "version", "message": words}] * 2
    assert (await caseload.again(case)).version == 2
    assert await ledger.told(partners.organisations["town"]) == ["CASE_CHANGED"] * 2
