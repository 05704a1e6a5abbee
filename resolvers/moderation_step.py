"""The steps of a decision, as one table: who may do what in which state."""

from enum import StrEnum
from typing import NoReturn

import models
from models import DecisionState, DecisionStep
from resolvers.refusal import Refusal, RefusalCode, forbidden

STANDING, APPEALED, UPHELD, LIFTED = DecisionState
APPEAL, LIFT, UPHOLD = DecisionStep


class Party(StrEnum):
    """What somebody is to a decision; nobody is two of these."""

    PERSON = "PERSON"
    JUDGE = "JUDGE"
    PLATFORM = "PLATFORM"


# the state and who: the steps
STEPS: dict[tuple[DecisionState, Party], tuple[DecisionStep, ...]] = {
    (STANDING, Party.PERSON): (APPEAL,),
    (STANDING, Party.JUDGE): (LIFT,),
    (APPEALED, Party.JUDGE): (LIFT,),
    (APPEALED, Party.PLATFORM): (LIFT, UPHOLD),
}
OUTCOME = {APPEAL: APPEALED, LIFT: LIFTED, UPHOLD: UPHELD}


def next_steps(decision: models.ModerationDecision, party: Party) -> list[DecisionStep]:
    """What this one may do about it from here: nothing once it is over, or if it did nothing."""
    if decision.measure is models.ModerationMeasure.NOTHING:
        return []
    return list(STEPS.get((decision.state, party), ()))


def take(decision: models.ModerationDecision, party: Party, step: DecisionStep) -> None:
    """Bring the decision, not yet saved, a step further. Raises `Refusal`, with the legal steps.

    FORBIDDEN for what is never for this party, CONFLICT for what is not for it now.
    """
    legal = next_steps(decision, party)
    if step not in legal:
        _refuse(decision, party, step, legal)
    decision.state = OUTCOME[step]


def _refuse(
    decision: models.ModerationDecision, party: Party, step: DecisionStep, legal: list[DecisionStep]
) -> NoReturn:
    can = f"You can: {', '.join(legal)}." if legal else "There is nothing you can do about it."
    words = f"It is {decision.state.value}. {can}"
    if any(step in steps for (_, who), steps in STEPS.items() if who is party):
        raise Refusal(RefusalCode.CONFLICT, words)
    raise forbidden(words)
