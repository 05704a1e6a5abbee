"""What the organisation whose money it is says of an idea for a neighbourhood budget."""

from datetime import UTC, datetime
from typing import Annotated

from typing_extensions import Doc

import models
from auth.scope import Scope
from resolvers import budget_idea
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.text import checked
from resolvers.work import Work

State = models.BudgetIdeaState
REASON = 1_000


async def judge_idea(
    work: Work,
    *,
    idea_id: budget_idea.Which,
    admitted: Annotated[bool, Doc("Whether it can be voted on.")],
    reason: Annotated[str, Doc("Why, to the neighbourhood: 1,000 characters at most.")],
    cost: Annotated[int | None, Doc("What it really costs, in whole euros.")] = None,
) -> models.BudgetIdea:
    """Admit an idea that has support enough to the vote, or turn it down, before that begins."""
    idea = await work.find(models.BudgetIdea, idea_id, "idea")
    if work.viewer.office_in(idea.organisation_id, Scope.POLLS_WRITE) is None:
        raise forbidden("Only the organisation whose money it is may judge an idea.")
    found = await work.find(models.Budget, idea.budget_id, "budget")
    budget_idea.check_before(found.vote_from, datetime.now(UTC))
    if admitted and idea.support_count < found.support_needed:
        words = "It does not have the support that it needs."
        raise Refusal(RefusalCode.CONFLICT, words, "idea_id")
    if cost is not None:
        budget_idea.check_cost(found, cost)
        idea.cost = cost
    idea.state = State.ADMITTED if admitted else State.TURNED_DOWN
    idea.reason = checked(reason, "reason", REASON)
    await idea.save(update_fields=["cost", "state", "reason"])
    await budget_idea.tell(work, idea)
    return idea
