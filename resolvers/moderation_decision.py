"""Decisions: read by whom they are about and in the log; appealed, lifted, or upheld."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from resolvers import membership, moderation_measure, moderation_step, moderator, reported_thing
from resolvers.context import Context
from resolvers.moderation_step import Party
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.personal import to_resident
from resolvers.refusal import not_found
from resolvers.relation import Onward
from resolvers.text import checked
from resolvers.work import Work

APPEAL, ANSWER = 2_000, 1_000
CHANGED = models.EventKind.DECISION_CHANGED

Decisions = Sequence[models.ModerationDecision]
Which = Annotated[UUID, Doc("Which decision.")]


of_residents = Onward(
    "What moderators decided about the person, newest first.",
    models.ModerationDecision,
    "resident_id",
)


async def of_neighbourhoods(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.ModerationDecision]]:
    """The log of what its moderators decided, newest first; nobody who reported is in it."""
    judged = rules.JUDGE.where(context.viewer)
    rows = visible(models.ModerationDecision, context.viewer).filter(judged)
    ids = [neighbourhood.id for neighbourhood in neighbourhoods]
    return await pages_of(rows, Window(first, after), "neighbourhood_id", ids)


async def decided_by(decisions: Decisions, _context: Context) -> list[str]:
    """The name of the moderator who decided, for the other moderators."""
    names = await membership.names_of([each.decided_by_id for each in decisions])
    return [names[each.decided_by_id].display_name for each in decisions]


async def next_steps(decisions: Decisions, context: Context) -> list[list[models.DecisionStep]]:
    """What the viewer may do about it now."""
    return [
        moderation_step.next_steps(
            each, Party.PERSON if rules.SELF.holds(context.viewer, each) else Party.JUDGE
        )
        for each in decisions
    ]


async def appeal_decision(
    work: Work,
    *,
    decision_id: Which,
    words: Annotated[str, Doc("What the platform should know, 2,000 at most.")],
) -> models.ModerationDecision:
    """Ask the platform to look at a decision about the viewer, once; it stands meanwhile."""
    decision = await work.find(models.ModerationDecision, decision_id, "decision")
    is_mine = rules.SELF.holds(work.viewer, decision)
    party = Party.PERSON if is_mine else Party.JUDGE
    moderation_step.take(decision, party, models.DecisionStep.APPEAL)
    decision.appeal = checked(words, "words", APPEAL)
    decision.appealed_at = datetime.now(UTC)
    await decision.save(update_fields=["state", "appeal", "appealed_at"])
    await _tell(work, decision)
    return decision


async def lift_decision(
    work: Work,
    *,
    decision_id: Which,
    answer: Annotated[str, Doc("Why, for whom it is about; 1,000 at most.")],
) -> models.ModerationDecision:
    """Take a decision back, as a moderator whom it is not about; what was hidden comes back."""
    seen = await work.visible(models.ModerationDecision).get_or_none(id=decision_id)
    if seen is None:
        raise not_found("decision")
    decision = await _locked(seen)
    party = Party.PERSON if rules.SELF.holds(work.viewer, decision) else Party.JUDGE
    await _close(work, decision, party, models.DecisionStep.LIFT, answer)
    return decision


async def appealed(limit: int) -> list[models.ModerationDecision]:
    """The appeals that wait for the platform, oldest first."""
    waiting = models.ModerationDecision.filter(state=models.DecisionState.APPEALED)
    return await waiting.order_by("appealed_at").limit(limit)


async def answer_appeal(
    work: Work, *, decision_id: UUID, is_lifted: bool, answer: str
) -> models.ModerationDecision:
    """What the platform says to an appeal: whom it is about and the moderators are told."""
    seen = await models.ModerationDecision.get_or_none(id=decision_id)
    if seen is None:
        raise not_found("decision")
    decision = await _locked(seen)
    step = models.DecisionStep.LIFT if is_lifted else models.DecisionStep.UPHOLD
    await _close(work, decision, Party.PLATFORM, step, answer)
    return decision


async def was_removed(resident_id: UUID, neighbourhood_id: UUID) -> bool:
    """Whether moderators ended a membership of this person there, and that stands."""
    ended = models.ModerationDecision.filter(
        resident_id=resident_id,
        neighbourhood_id=neighbourhood_id,
        measure=models.ModerationMeasure.END_MEMBERSHIP,
    )
    return await ended.exclude(state=models.DecisionState.LIFTED).exists()


async def _locked(seen: models.ModerationDecision) -> models.ModerationDecision:
    """The decision, locked after what it is about."""
    await reported_thing.lock(seen)
    return await models.ModerationDecision.select_for_update().get(id=seen.id)


async def _close(
    work: Work,
    decision: models.ModerationDecision,
    party: Party,
    step: models.DecisionStep,
    answer: str,
) -> None:
    """Take the last step, and undo what was done if the decision is lifted."""
    moderation_step.take(decision, party, step)
    decision.answer = checked(answer, "answer", ANSWER)
    decision.answered_at = datetime.now(UTC)
    if step is models.DecisionStep.LIFT:
        accused = await models.Membership.select_for_update().get(id=decision.accused_id)
        await moderation_measure.undo(work, decision, accused)
    await decision.save(update_fields=["state", "answer", "answered_at"])
    await _tell(work, decision)


async def _tell(work: Work, decision: models.ModerationDecision) -> None:
    work.announce(to_resident(decision.resident_id, CHANGED, decision))
    await moderator.tell(work, CHANGED, decision)
