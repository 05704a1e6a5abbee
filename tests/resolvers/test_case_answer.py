"""Answers stand under the post for its audience; the author closes the case; notes stay inside."""

import asyncio
from typing import Any

import pytest

import models
import resolvers.case_answer
import resolvers.case_assignment
import resolvers.case_note
import resolvers.post
from auth.scope import Scope
from resolvers.refusal import RefusalCode
from tests import partners as organisations
from tests.inside import Ask
from tests.resolvers import caseload, ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

RECEIVED, IN_PROGRESS, REFERRED, ANSWERED, CLOSED = models.CaseState
THREAD = """
query ($id: ID!) { post(id: $id) { commentCount comments(last: 1) { nodes {
  body author { displayName } organisation { name }
} } } }
"""
NOTES = """
query ($id: ID!) { case(id: $id) { version notes { nodes { body writer { name } } } } }
"""
READ = "query ($id: ID!) { case(id: $id) { satisfaction satisfactionWord } }"
CLOSE = """
mutation ($input: CloseCaseInput!) {
  closeCase(input: $input) { case { state satisfaction satisfactionWord } errors { code } }
}
"""


async def answer(act: Act, case: models.Case, persona: str = "manager") -> models.Case:
    given = {"case_id": case.id, "version": case.version, "answer": " Wij komen langs. "}
    answered: models.Case = await act(persona, resolvers.case_answer.answer_case, **given)
    return answered


async def close(
    act: Act, case: models.Case, persona: str = "resident", **given: Any
) -> models.Case:
    given = {"case_id": case.id, "satisfaction": 5, **given}
    closed: models.Case = await act(persona, resolvers.case_answer.close_case, **given)
    return closed


@pytest.mark.parametrize("audience", models.Audience)
async def test_an_answer_stands_under_the_post_for_its_audience(
    act: Act, ask: Ask, partners: World, audience: models.Audience
) -> None:
    case = await caseload.open_case(act, partners, audience=audience)
    answered = await answer(act, case)
    assert (answered.state, answered.answer, answered.version) == (ANSWERED, "Wij komen langs.", 2)
    comment = await models.Comment.get(organisation_id=case.organisation_id)
    assert (comment.author_id, comment.announcer_id) == (None, None)
    assert (comment.audience, comment.post_id) == (audience, case.post_id)
    assert await ledger.told(partners.home) == ["COMMENT_ADDED"]
    assert await ledger.told(case.resident_id) == ["CASE_CHANGED"] * 2
    assert await ledger.drift() == []
    thread = await ask("neighbour", THREAD, id=case.post_id)
    assert thread.errors is None
    assert thread.data is not None
    said = {"body": "Wij komen langs.", "author": None, "organisation": {"name": "Town"}}
    assert thread.data["post"] == {"commentCount": 2, "comments": {"nodes": [said]}}


async def test_what_is_taken_up_again_is_answered_anew_below(act: Act, partners: World) -> None:
    case = await answer(act, await caseload.open_case(act, partners))
    async with refused(RefusalCode.CONFLICT):
        await answer(act, case)
    verb = resolvers.case_assignment.start_case
    started = await act("manager", verb, case_id=case.id, version=case.version)
    await answer(act, started)
    assert await models.Comment.filter(organisation_id=case.organisation_id).count() == 2
    assert (await models.Post.get(id=case.post_id)).comment_count == 3
    assert (await caseload.again(case)).version == 4


@pytest.mark.parametrize("end", ["revoke", "delete"])
async def test_an_answer_and_the_end_of_the_share_at_once_never_stop_each_other(
    act: Act, partners: World, end: str
) -> None:
    for audience in models.Audience:
        case = await caseload.open_case(act, partners, audience=audience)
        ending = (
            act("resident", resolvers.post.delete_post, post_id=case.post_id)
            if end == "delete"
            else caseload.end(act, case)
        )
        outcomes = await asyncio.gather(answer(act, case), ending, return_exceptions=True)
        assert getattr(outcomes[0], "code", None) in (None, RefusalCode.NOT_FOUND), outcomes
        assert not isinstance(outcomes[1], Exception), outcomes
        async with refused(RefusalCode.NOT_FOUND):
            await answer(act, await caseload.again(case))
    assert await ledger.drift() == []


@pytest.mark.parametrize("words", ["", " ", "x" * 4_001])
async def test_an_answer_of_no_or_too_many_words_is_refused(
    act: Act, partners: World, words: str
) -> None:
    case = await caseload.open_case(act, partners)
    given = {"case_id": case.id, "version": 1, "answer": words}
    code = RefusalCode.TOO_LONG if words.strip() else RefusalCode.INVALID
    async with refused(code, "answer"):
        await act("manager", resolvers.case_answer.answer_case, **given)


async def test_the_author_closes_an_answered_case_and_the_organisation_reads_how(
    act: Act, ask: Ask, partners: World
) -> None:
    case = await answer(act, await caseload.open_case(act, partners))
    given = {"caseId": str(case.id), "satisfaction": 5, "word": "Dank u!"}
    closed = await ask("resident", CLOSE, input=given)
    assert closed.data is not None
    said = {"satisfaction": 5, "satisfactionWord": "Dank u!"}
    assert closed.data["closeCase"] == {"case": {"state": "CLOSED", **said}, "errors": []}
    assert await models.AccessRecord.all().count() == 0
    read = await ask("case_worker", READ, id=case.id)
    assert read.data == {"case": said}
    record = await models.AccessRecord.get()
    assert (record.subject, record.subject_id) == (models.AccessSubject.CASE, case.id)
    assert record.fields_read == ["satisfaction", "satisfactionWord"]
    assert (record.staff_id, record.is_first) == (partners.staff["case_worker"], True)


async def test_only_the_author_closes_a_case(act: Act, partners: World) -> None:
    case = await answer(act, await caseload.open_case(act, partners))
    async with refused(RefusalCode.FORBIDDEN):
        await close(act, case, "case_worker")
    async with refused(RefusalCode.NOT_FOUND):
        await close(act, case, "neighbour")


@pytest.mark.parametrize("satisfaction", [-1, 0, 6])
async def test_satisfaction_goes_from_one_to_five(
    act: Act, partners: World, satisfaction: int
) -> None:
    case = await answer(act, await caseload.open_case(act, partners))
    async with refused(RefusalCode.INVALID, "satisfaction"):
        await close(act, case, satisfaction=satisfaction)


async def test_an_empty_word_is_none_and_a_closed_case_stays_closed(
    act: Act, partners: World
) -> None:
    case = await answer(act, await caseload.open_case(act, partners))
    closed = await close(act, case, word=" ")
    assert (closed.state, closed.satisfaction_word, closed.version) == (CLOSED, None, 3)
    assert closed.closed_at is not None
    async with refused(RefusalCode.CONFLICT):
        await close(act, case)
    async with refused(RefusalCode.CONFLICT):
        await answer(act, closed)


async def test_what_is_shared_no_more_is_not_closed_either(act: Act, partners: World) -> None:
    case = await answer(act, await caseload.open_case(act, partners))
    await caseload.end(act, case)
    async with refused(RefusalCode.CONFLICT):
        await close(act, case)
    async with refused(RefusalCode.NOT_FOUND):
        await answer(act, case)


async def test_a_note_is_read_by_those_who_hold_the_case_and_never_by_its_author(
    act: Act, ask: Ask, partners: World
) -> None:
    await organisations.token(partners, "both", [Scope.CASES_READ, Scope.CASES_WRITE])
    case = await caseload.open_case(act, partners, unit="care")
    add = resolvers.case_note.add_case_note
    await act("case_worker", add, case_id=case.id, body="Gebeld, geen gehoor.")
    await act("both", add, case_id=case.id, body="Brief verstuurd.")
    held = await ask("manager", NOTES, id=case.id)
    assert held.data is not None
    assert held.data["case"] == {
        "version": 1,
        "notes": {
            "nodes": [
                {"body": "Gebeld, geen gehoor.", "writer": {"name": "Case_Worker"}},
                {"body": "Brief verstuurd.", "writer": None},
            ]
        },
    }
    own = await ask("resident", "{ viewer { cases { nodes { notes { nodes { body } } } } } }")
    assert own.data == {"viewer": {"cases": {"nodes": [{"notes": None}]}}}
    assert await ledger.told(case.resident_id) == ["CASE_CHANGED"]
    assert await ledger.told(case.organisation_id) == ["CASE_CHANGED"] * 3


@pytest.mark.parametrize("persona", ["other_unit", "centre_manager"])
async def test_who_does_not_hold_a_case_neither_answers_nor_notes(
    act: Act, partners: World, persona: str
) -> None:
    case = await caseload.open_case(act, partners, unit="care")
    async with refused(RefusalCode.NOT_FOUND):
        await answer(act, case, persona)
    async with refused(RefusalCode.NOT_FOUND):
        await act(persona, resolvers.case_note.add_case_note, case_id=case.id, body="Hm.")
