"""The steps of a case, as one table: which states lead to which."""

from typing import NoReturn

import models
from models import CaseState
from resolvers.refusal import Refusal, RefusalCode
from resolvers.relation import reads

NEXT: dict[CaseState, tuple[CaseState, ...]] = {
    CaseState.RECEIVED: (CaseState.IN_PROGRESS, CaseState.REFERRED, CaseState.ANSWERED),
    CaseState.IN_PROGRESS: (CaseState.REFERRED, CaseState.ANSWERED),
    CaseState.REFERRED: (CaseState.IN_PROGRESS, CaseState.REFERRED, CaseState.ANSWERED),
    CaseState.ANSWERED: (CaseState.IN_PROGRESS, CaseState.CLOSED),
    CaseState.CLOSED: (),
}


@reads("state")
def next_states(case: models.Case) -> list[CaseState]:
    """The states it may go to from here; none once it is closed."""
    return list(NEXT[case.state])


def check(case: models.Case, to: CaseState) -> None:
    """Raises `Refusal` CONFLICT, which names the legal steps, if `to` is not one of them."""
    if to not in NEXT[case.state]:
        _refuse(case.state)


def check_open(case: models.Case) -> None:
    """Raises `Refusal` CONFLICT if the case is closed."""
    if not NEXT[case.state]:
        _refuse(case.state)


def take(case: models.Case, to: CaseState) -> None:
    """Bring the case, not yet saved, to another state. Raises `Refusal` CONFLICT."""
    check(case, to)
    case.state = to


def _refuse(state: CaseState) -> NoReturn:
    legal = ", ".join(step.value for step in NEXT[state])
    words = f"From {state.value} it can go to: {legal}." if legal else "It is CLOSED for good."
    raise Refusal(RefusalCode.CONFLICT, words)
