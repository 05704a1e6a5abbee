"""The steps of a case: the table as it is read aloud, and any story at all through the verbs."""

from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import models
import resolvers.case_answer
import resolvers.case_assignment
import resolvers.referral
from resolvers import case_step
from resolvers.refusal import Refusal, RefusalCode
from tests.resolvers import caseload, ledger
from tests.resolvers.conftest import Act
from tests.world import World

RECEIVED, IN_PROGRESS, REFERRED, ANSWERED, CLOSED = models.CaseState
LEGAL = {
    *((RECEIVED, IN_PROGRESS), (RECEIVED, REFERRED), (RECEIVED, ANSWERED)),
    *((IN_PROGRESS, REFERRED), (IN_PROGRESS, ANSWERED)),
    *((REFERRED, IN_PROGRESS), (REFERRED, REFERRED), (REFERRED, ANSWERED)),
    *((ANSWERED, IN_PROGRESS), (ANSWERED, CLOSED)),
}
WORDS = {
    RECEIVED: "From RECEIVED it can go to: IN_PROGRESS, REFERRED, ANSWERED.",
    IN_PROGRESS: "From IN_PROGRESS it can go to: REFERRED, ANSWERED.",
    REFERRED: "From REFERRED it can go to: IN_PROGRESS, REFERRED, ANSWERED.",
    ANSWERED: "From ANSWERED it can go to: IN_PROGRESS, CLOSED.",
    CLOSED: "It is CLOSED for good.",
}
states = st.sampled_from(models.CaseState)


@pytest.mark.parametrize("to", models.CaseState)
@pytest.mark.parametrize("state", models.CaseState)
def test_a_step_is_taken_or_refused_with_the_legal_ones(
    state: models.CaseState, to: models.CaseState
) -> None:
    case = models.Case(state=state)
    if (state, to) in LEGAL:
        case_step.take(case, to)
        assert case.state is to
        return
    with pytest.raises(Refusal) as refusal:
        case_step.take(case, to)
    assert (refusal.value.code, refusal.value.message) == (RefusalCode.CONFLICT, WORDS[state])
    assert case.state is state


@given(wishes=st.lists(states, max_size=30))
def test_a_case_goes_only_along_the_table_and_never_on_from_closed(
    wishes: list[models.CaseState],
) -> None:
    case = models.Case(state=RECEIVED)
    been = [case.state]
    for wish in wishes:
        if wish in case_step.next_states(case):
            case_step.take(case, wish)
            been.append(case.state)
    assert set(pairwise(been)) <= LEGAL
    assert CLOSED not in been[:-1]


async def start(act: Act, world: World, case: models.Case) -> Any:
    verb = resolvers.case_assignment.start_case
    return await act("manager", verb, case_id=case.id, version=case.version)


async def refer(act: Act, world: World, case: models.Case) -> Any:
    unit = world.units["roads" if case.unit_id == world.units["care"] else "care"]
    given = {"case_id": case.id, "version": case.version, "unit_id": unit}
    return await act("manager", resolvers.referral.refer_case, **given)


async def answer(act: Act, world: World, case: models.Case) -> Any:
    given = {"case_id": case.id, "version": case.version, "answer": "Wij komen langs."}
    return await act("manager", resolvers.case_answer.answer_case, **given)


async def close(act: Act, world: World, case: models.Case) -> Any:
    verb = resolvers.case_answer.close_case
    return await act("resident", verb, case_id=case.id, satisfaction=4)


VERBS: dict[models.CaseState, Callable[[Act, World, models.Case], Awaitable[Any]]] = {
    IN_PROGRESS: start,
    REFERRED: refer,
    ANSWERED: answer,
    CLOSED: close,
}


@settings(
    phases=[Phase.generate],
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=st.lists(st.sampled_from(list(VERBS)), min_size=1, max_size=8))
async def test_after_any_story_the_case_stands_where_the_table_says(
    act: Act, partners: World, story: list[models.CaseState]
) -> None:
    await models.Comment.filter(organisation_id__isnull=False).delete()
    await models.PostShare.all().delete()
    await models.Post.all().update(comment_count=1)
    opened = case = await caseload.open_case(act, partners)
    stands, version, answers = RECEIVED, 1, 0
    for wish in story:
        if (stands, wish) in LEGAL:
            await VERBS[wish](act, partners, case)
            stands, version, answers = wish, version + 1, answers + (wish is ANSWERED)
        else:
            async with ledger.refused(RefusalCode.CONFLICT):
                await VERBS[wish](act, partners, case)
        case = await caseload.again(opened)
        assert (case.state, case.version) == (stands, version)
    assert await models.Comment.filter(organisation_id=case.organisation_id).count() == answers
    assert await ledger.drift() == []
