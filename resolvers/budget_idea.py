"""Ideas for a neighbourhood budget: proposed, supported, and admitted or not."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from realtime import events
from resolvers import budget, post_share, suppression
from resolvers.context import Context
from resolvers.feed import about_post
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.relation import One
from resolvers.work import Work

LONGEST = timedelta(days=366)

Ideas = Sequence[models.BudgetIdea]
Which = Annotated[UUID, Doc("Which idea.")]


async def of_budgets(
    budgets: Sequence[models.Budget],
    context: Context,
    *,
    state: Annotated[models.BudgetIdeaState | None, Doc("Only those that stand so.")] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.BudgetIdea]]:
    """The ideas for it, oldest first."""
    rows = visible(models.BudgetIdea, context.viewer)
    if state is not None:
        rows = rows.filter(state=state)
    window = Window(first, after, newest_first=False)
    return await pages_of(rows, window, "budget_id", [each.id for each in budgets])


posts = One(
    "The post that has its words; an organisation reads them by the share that came with it.",
    models.Post,
    "post_id",
)


async def shares(ideas: Ideas, context: Context) -> list[models.PostShare | None]:
    """The share by which the organisation reads its words, as long as that stands."""
    rows = visible(models.PostShare, context.viewer)
    found = await rows.filter(post_id__in=[each.post_id for each in ideas])
    shared = {(row.post_id, row.organisation_id): row for row in found}
    return [shared.get((each.post_id, each.organisation_id)) for each in ideas]


async def support_counts(ideas: Ideas, context: Context) -> list[int | None]:
    """How many support it; to an organisation rounded to the nearest 5, and not under 5."""
    return [budget.told(context.viewer, each, each.support_count) for each in ideas]


async def vote_counts(ideas: Ideas, context: Context) -> list[int | None]:
    """How many voices it got, once the budget is decided; nothing of fewer than five ballots."""
    budgets = await context.batches.load_all(budget.of_ideas, ideas)
    return [
        budget.told(context.viewer, idea, idea.vote_count) if _is_counted(of) else None
        for idea, of in zip(ideas, budgets, strict=True)
    ]


async def are_supported(ideas: Ideas, context: Context) -> list[bool]:
    """Whether the viewer supports it."""
    rows = visible(models.BudgetSupport, context.viewer)
    mine = await rows.filter(idea_id__in=[each.id for each in ideas])
    ids = {row.idea_id for row in mine}
    return [each.id in ids for each in ideas]


async def propose_idea(
    work: Work,
    *,
    budget_id: Annotated[UUID, Doc("For which budget.")],
    post_id: Annotated[UUID, Doc("The viewer's own post of kind IDEA.")],
    cost: Annotated[int, Doc("What it would cost, in whole euros.")],
    with_name: Annotated[bool, Doc("True shows the organisation the viewer's name.")] = False,
) -> models.BudgetIdea:
    """Propose an idea of one's own. The post is shared with the organisation until the vote ends,
    unless it is shared already: its words, not what is written under it. It can be taken back at
    any time.
    """
    found = await work.find(models.Budget, budget_id, "budget")
    post = await work.find(models.Post, post_id, "post")
    if not rules.AUTHOR.holds(work.viewer, post):
        raise forbidden("Only its author may propose an idea.")
    is_fit = post.kind is models.PostKind.IDEA and post.neighbourhood_id == found.neighbourhood_id
    if not is_fit:
        words = "Propose a post of kind IDEA in the neighbourhood of the budget."
        raise Refusal(RefusalCode.INVALID, words, "post_id")
    now = datetime.now(UTC)
    check_before(found.ideas_until, now)
    check_cost(found, cost)
    if not await post_share.stands(work, post.id, found.organisation_id, now):
        ends = min(found.vote_until, now + LONGEST)
        purpose = models.SharePurpose.IDEA
        await post_share.grant(work, post, found.organisation_id, purpose, with_name, ends)
    return await models.BudgetIdea.create(
        neighbourhood_id=found.neighbourhood_id,
        budget_id=found.id,
        organisation_id=found.organisation_id,
        post_id=post.id,
        author_id=post.author_id,
        audience=post.audience,
        cost=cost,
    )


async def support_idea(work: Work, *, idea_id: Which) -> models.BudgetIdea:
    """Support an idea, so that it may be voted on."""
    idea = await work.find(models.BudgetIdea, idea_id, "idea")
    standing = work.home(idea.neighbourhood_id)
    if standing is None:
        raise forbidden("Only those who live in the neighbourhood support its ideas.")
    await _check_open(work, idea)
    _, is_new = await models.BudgetSupport.get_or_create(
        {"neighbourhood_id": idea.neighbourhood_id},
        idea_id=idea.id,
        membership_id=standing.membership_id,
    )
    return await _counted(work, idea, +1 if is_new else 0)


async def withdraw_support(work: Work, *, idea_id: Which) -> models.BudgetIdea:
    """Support an idea no more; nothing happens to one that was not supported."""
    idea = await work.find(models.BudgetIdea, idea_id, "idea")
    await _check_open(work, idea)
    mine = models.BudgetSupport.filter(
        idea_id=idea.id, membership_id__in=work.viewer.membership_ids
    )
    return await _counted(work, idea, -1 if await mine.delete() else 0)


async def _check_open(work: Work, idea: models.BudgetIdea) -> None:
    """Raises `Refusal` CONFLICT once ideas are gathered no more, NOT_FOUND."""
    found = await work.visible(models.Budget).get_or_none(id=idea.budget_id)
    if found is None:
        raise not_found("budget")
    check_before(found.ideas_until, datetime.now(UTC))


def check_before(end: datetime, now: datetime) -> None:
    if now >= end:
        raise Refusal(RefusalCode.CONFLICT, f"That could be done until {end:%Y-%m-%dT%H:%M:%SZ}.")


def check_cost(found: models.Budget, cost: int) -> None:
    if not 0 < cost <= found.amount:
        raise Refusal(RefusalCode.INVALID, f"The budget has {found.amount:,} euros.", "cost")


def _is_counted(found: models.Budget | None) -> bool:
    """Whether the votes of a budget may be told of: it is decided, by five ballots or more."""
    if found is None or found.decided_at is None:
        return False
    return found.ballot_count >= suppression.LEAST


async def _counted(work: Work, idea: models.BudgetIdea, change: int) -> models.BudgetIdea:
    if change:
        idea.support_count += change
        await idea.save(update_fields=["support_count"])
        await tell(work, idea)
    return idea


async def tell(work: Work, idea: models.BudgetIdea) -> None:
    work.announce(about_post(events.PostEdited, await models.Post.get(id=idea.post_id)))
