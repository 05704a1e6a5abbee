"""The steps of a match, as one table: who may do what in which state."""

from datetime import datetime
from typing import NoReturn

import models
from models import HelpMatchRole, HelpMatchState, HelpMatchStep
from resolvers.refusal import Refusal, RefusalCode, forbidden

REQUESTER, HELPER, WORKER = HelpMatchRole
PROPOSED, ACCEPTED, DECLINED, WITHDRAWN, COMPLETED = HelpMatchState
ACCEPT, DECLINE, WITHDRAW, SHARE_ADDRESS, COMPLETE, THANK = HelpMatchStep

# the state, who, and whether this one has spoken in it (accepted, or thanked): the steps
STEPS: dict[tuple[HelpMatchState, HelpMatchRole, bool], tuple[HelpMatchStep, ...]] = {
    (PROPOSED, REQUESTER, False): (ACCEPT, DECLINE),
    (PROPOSED, REQUESTER, True): (WITHDRAW,),
    (PROPOSED, HELPER, False): (ACCEPT, DECLINE),
    (PROPOSED, HELPER, True): (WITHDRAW,),
    (PROPOSED, WORKER, False): (WITHDRAW,),
    (ACCEPTED, REQUESTER, False): (SHARE_ADDRESS, COMPLETE, WITHDRAW),
    (ACCEPTED, HELPER, False): (COMPLETE, WITHDRAW),
    (COMPLETED, REQUESTER, False): (THANK,),
    (COMPLETED, HELPER, False): (THANK,),
}
SPOKEN = {PROPOSED: "accepted", COMPLETED: "thanked"}
OUTCOME = {DECLINE: DECLINED, WITHDRAW: WITHDRAWN, COMPLETE: COMPLETED}


def begin(match: models.HelpMatch, role: HelpMatchRole, now: datetime) -> None:
    """Propose a match, not yet saved: whoever proposes for oneself has accepted with that."""
    match.state = PROPOSED
    _accept(match, role, now)


def next_steps(match: models.HelpMatch, role: HelpMatchRole) -> list[HelpMatchStep]:
    """What this one may do with it from here; nothing once it is over."""
    return list(STEPS.get((match.state, role, _has_spoken(match, role)), ()))


def check(match: models.HelpMatch, role: HelpMatchRole, step: HelpMatchStep) -> None:
    """Raises `Refusal`, which names the legal steps: FORBIDDEN for what is never for this role.

    CONFLICT for what is not for it now.
    """
    legal = next_steps(match, role)
    if step not in legal:
        _refuse(match, role, step, legal)


def take(match: models.HelpMatch, role: HelpMatchRole, step: HelpMatchStep, now: datetime) -> None:
    """Bring the match, not yet saved, a step further. Raises `Refusal` as `check` does."""
    check(match, role, step)
    if step is ACCEPT:
        _accept(match, role, now)
    elif step is THANK:
        setattr(match, f"{role.lower()}_thanked_at", now)
    elif step in OUTCOME:
        end(match, OUTCOME[step], now)


def end(match: models.HelpMatch, state: HelpMatchState, now: datetime) -> None:
    """Close the match, not yet saved, in a state; with that the address has served."""
    match.state, match.ended_at, match.address = state, now, None


def _accept(match: models.HelpMatch, role: HelpMatchRole, now: datetime) -> None:
    """Each accepts for oneself, and with both it is ACCEPTED; a worker accepts for nobody."""
    if role is REQUESTER:
        match.requester_accepted_at = now
    elif role is HELPER:
        match.helper_accepted_at = now
    if match.requester_accepted_at and match.helper_accepted_at:
        match.state = ACCEPTED


def _has_spoken(match: models.HelpMatch, role: HelpMatchRole) -> bool:
    """Whether this party has accepted what is proposed, or thanked for what is completed."""
    said = SPOKEN.get(match.state)
    if said is None or role is WORKER:
        return False
    return getattr(match, f"{role.lower()}_{said}_at") is not None


def _refuse(
    match: models.HelpMatch,
    role: HelpMatchRole,
    step: HelpMatchStep,
    legal: list[HelpMatchStep],
) -> NoReturn:
    can = f"You can: {', '.join(legal)}." if legal else "There is nothing you can do with it."
    words = f"It is {match.state.value}. {can}"
    if any(step in steps for (_, who, _), steps in STEPS.items() if who is role):
        raise Refusal(RefusalCode.CONFLICT, words)
    raise forbidden(words)
