"""The vote on a neighbourhood budget: secret, counted at once, and decided by the clock."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from tortoise.expressions import F
from typing_extensions import Doc

import models
from models.transaction import transaction
from realtime import events, outbox
from realtime.hub import Hub
from resolvers import ballot
from resolvers.feed import about_post
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.work import Work

State = models.BudgetIdeaState
AT_ONCE = 20


async def vote_budget(
    work: Work,
    *,
    budget_id: Annotated[UUID, Doc("In which budget.")],
    idea_ids: Annotated[list[UUID], Doc("The ideas that the voice goes to, each once.")],
) -> models.Budget:
    """Give one's voice, or that of one's household, once: nobody can tell what it said."""
    found = await work.find(models.Budget, budget_id, "budget")
    standing = work.home(found.neighbourhood_id)
    if standing is None:
        raise forbidden("Only those who live in the neighbourhood vote.")
    if not found.vote_from <= datetime.now(UTC) < found.vote_until or found.decided_at:
        raise Refusal(RefusalCode.CONFLICT, "There is no vote now.", "budget_id")
    voice_id = ballot.voice_of(found.voice, standing)
    if await models.BudgetBallot.exists(budget_id=found.id, voice_id=voice_id):
        words = "This voice was given, and in a secret vote it stands."
        raise Refusal(RefusalCode.CONFLICT, words, "budget_id")
    await _count(work, found, idea_ids)
    await models.BudgetBallot.create(
        neighbourhood_id=found.neighbourhood_id,
        budget_id=found.id,
        membership_id=standing.membership_id,
        voice_id=voice_id,
    )
    found.ballot_count += 1
    await found.save(update_fields=["ballot_count"])
    return found


async def decide_due(hub: Hub, now: datetime) -> int:
    """Decide the budgets whose vote has ended, `AT_ONCE` at most; gives how many."""
    over = models.Budget.filter(decided_at=None, removed_at=None, vote_until__lte=now)
    async with transaction():
        due = await over.order_by("vote_until").limit(AT_ONCE).select_for_update(skip_locked=True)
        told: list[events.PostEdited] = []
        for found in due:
            told += await _decide(found, now)
        bells = await outbox.announce_all(told)
    await hub.ring(*bells)
    return len(due)


def chosen(ideas: Iterable[models.BudgetIdea], amount: int) -> set[UUID]:
    """The ideas that are paid for: by votes, then by support, then by age, while money is left.

    One that costs more than what is left is passed over; one without a vote is not chosen.
    """
    left, taken = amount, set()
    for idea in sorted(ideas, key=lambda each: (-each.vote_count, -each.support_count, each.id)):
        if idea.vote_count and idea.cost <= left:
            left -= idea.cost
            taken.add(idea.id)
    return taken


async def _count(work: Work, found: models.Budget, ids: list[UUID]) -> None:
    """Raises `Refusal` INVALID for ideas that cannot be voted on, too many, or the same twice."""
    ideas = work.visible(models.BudgetIdea).filter(
        budget_id=found.id, id__in=list(ids), state=State.ADMITTED
    )
    known = await ideas.count()
    if not 0 < len(ids) <= found.most_choices or known < len(ids):
        words = f"Choose 1 to {found.most_choices} of the ideas that were admitted, each once."
        raise Refusal(RefusalCode.INVALID, words, "idea_ids")
    await models.BudgetIdea.filter(id__in=list(ids)).update(vote_count=F("vote_count") + 1)


async def _decide(found: models.Budget, now: datetime) -> list[events.PostEdited]:
    ideas = models.BudgetIdea.filter(budget_id=found.id, removed_at=None)
    admitted = await ideas.filter(state=State.ADMITTED)
    taken = chosen(admitted, found.amount)
    await ideas.filter(state__in=(State.ADMITTED, State.PROPOSED)).update(state=State.NOT_CHOSEN)
    await ideas.filter(id__in=list(taken)).update(state=State.CHOSEN)
    await models.Budget.filter(id=found.id).update(decided_at=now)
    about = [found.post_id, *(each.post_id for each in admitted)]
    posts = await models.Post.filter(id__in=about, removed_at=None).order_by("id")
    return [about_post(events.PostEdited, each) for each in posts]
