"""Neighbourhood budgets: announced by an organisation, and decided by the votes of residents."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from tortoise.models import Model
from typing_extensions import Doc

import models
from auth import rules
from auth.scope import Scope
from auth.viewer import Viewer
from auth.visibility import visible
from resolvers import announcement, announcement_draft, suppression
from resolvers.context import Context
from resolvers.moment import within
from resolvers.page import Page, Window, page_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode
from resolvers.relation import One, Onward
from resolvers.work import Work

LONGEST = timedelta(days=366)
NEAR = rules.NEIGHBOUR | rules.NEXT_DOOR
MOST_EUROS, MOST_SUPPORT, MOST_CHOICES = 100_000_000, 1_000, 10


of_neighbourhoods = Onward(
    "The budgets that its residents spend, or have spent, newest first.",
    models.Budget,
    "neighbourhood_id",
)


async def budgets(
    context: Context,
    *,
    organisation_id: Annotated[UUID, Doc("Those of this organisation.")],
    first: First = None,
    after: After = None,
) -> Page[models.Budget]:
    """The budgets of an organisation, newest first."""
    context.office(organisation_id, Scope.POLLS_WRITE)
    rows = visible(models.Budget, context.viewer).filter(organisation_id=organisation_id)
    return await page_of(rows, Window(first, after))


of_ideas = One("The budget that it is for.", models.Budget, "budget_id")


posts = One("The announcement of it in the feed.", models.Post, "post_id")


async def ballot_counts(budgets: Sequence[models.Budget], context: Context) -> list[int | None]:
    """How many voices were given; to an organisation rounded to the nearest 5, and not under 5."""
    return [told(context.viewer, each, each.ballot_count) for each in budgets]


async def have_voted(budgets: Sequence[models.Budget], context: Context) -> list[bool]:
    """Whether the viewer's voice, or that of the household, was given."""
    rows = visible(models.BudgetBallot, context.viewer)
    mine = await rows.filter(budget_id__in=[each.id for each in budgets])
    ids = {row.budget_id for row in mine}
    return [each.id in ids for each in budgets]


async def announce_budget(
    work: Work,
    *,
    organisation_id: Annotated[UUID, Doc("Whose money it is.")],
    neighbourhood_id: Annotated[UUID, Doc("Whose residents spend it.")],
    title: announcement.Title,
    body: announcement.Body,
    amount: Annotated[int, Doc("How much, in whole euros.")],
    ideas_until: Annotated[datetime, Doc("Ideas are proposed and supported until then.")],
    vote_from: Annotated[datetime, Doc("The vote begins; ideas are admitted or not before.")],
    vote_until: Annotated[datetime, Doc("The vote ends, and with it the budget is decided.")],
    support_needed: Annotated[int, Doc("How many supporters an idea needs to be admitted.")] = 5,
    most_choices: Annotated[int, Doc("To how many ideas a voice may go.")] = 3,
    voice: Annotated[models.PollVoice, Doc("Who has one voice.")] = models.PollVoice.HOUSEHOLD,
) -> models.Budget:
    """Let the residents of a neighbourhood that is covered spend an amount."""
    office = work.office(organisation_id, Scope.POLLS_WRITE)
    _check(amount, MOST_EUROS, "amount")
    _check(support_needed, MOST_SUPPORT, "support_needed")
    _check(most_choices, MOST_CHOICES, "most_choices")
    start = within(ideas_until, "ideas_until", datetime.now(UTC), LONGEST)
    begin = within(vote_from, "vote_from", start - timedelta(seconds=1), LONGEST)
    within(vote_until, "vote_until", begin, LONGEST)
    purpose = models.AnnouncementPurpose.INITIATIVE
    row = await announcement_draft.announce(
        work, office, announcement_draft.Told(purpose, title, body, [neighbourhood_id])
    )
    post = await models.Post.get(announcement_id=row.id)
    return await models.Budget.create(
        neighbourhood_id=neighbourhood_id,
        organisation_id=organisation_id,
        post_id=post.id,
        amount=amount,
        support_needed=support_needed,
        most_choices=most_choices,
        voice=voice,
        ideas_until=ideas_until,
        vote_from=vote_from,
        vote_until=vote_until,
    )


def told(viewer: Viewer, row: Model, count: int) -> int | None:
    """A count, as neighbours read it; as an organisation does, rounded, and none of few people."""
    if NEAR.holds(viewer, row):
        return count
    return None if count < suppression.LEAST else suppression.rounded(count)


def _check(value: int, most: int, field: str) -> None:
    """Raises `Refusal` INVALID."""
    if not 1 <= value <= most:
        raise Refusal(RefusalCode.INVALID, f"Choose a number from 1 to {most:,}.", field)
