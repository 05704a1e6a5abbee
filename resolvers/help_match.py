"""Matches: a neighbour who needs help and one who gives it, as the few whom it concerns read it."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from tortoise.queryset import QuerySet
from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from resolvers import help_match_change, help_match_step
from resolvers.context import Context
from resolvers.page import Page, Window, page_of, pages_of
from resolvers.paging import After, First
from resolvers.relation import One, row_of

Which = Annotated[UUID, Doc("Which match.")]
States = Annotated[list[models.HelpMatchState] | None, Doc("Only matches in these states.")]

RULES = {
    models.HelpMatchRole.REQUESTER: rules.REQUESTER,
    models.HelpMatchRole.HELPER: rules.HELPER,
    models.HelpMatchRole.WORKER: rules.PROPOSER,
}


@row_of(models.HelpMatch)
async def match(context: Context, *, id: Which) -> models.HelpMatch | None:
    """One match by its id; null when there is none that the viewer may see."""
    return await visible(models.HelpMatch, context.viewer).get_or_none(id=id)


async def of_residents(
    residents: Sequence[models.Resident],
    context: Context,
    *,
    states: States = None,
    role: Annotated[
        models.HelpMatchRole | None, Doc("Only those in which the viewer is this.")
    ] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.HelpMatch]]:
    """The viewer's own matches, newest first: the only place where they are listed."""
    window = Window(first, after)
    page = await page_of(_in_role(_in_states(context, states), context, role), window)
    nothing: Page[models.HelpMatch] = window.page([])
    return [page if one.id in context.viewer.myself else nothing for one in residents]


async def of_posts(
    posts: Sequence[models.Post],
    context: Context,
    *,
    states: States = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.HelpMatch]]:
    """Those who help, or are asked to, newest first; its author alone ever reads that."""
    asked = _in_states(context, states).filter(rules.REQUESTER.where(context.viewer))
    return await pages_of(asked, Window(first, after), "post_id", [post.id for post in posts])


of_conversations = One(
    "The match it is the talk of; null for every other.", models.HelpMatch, "match_id"
)


posts = One(
    "The request it is for; null when the viewer may not read that any more.",
    models.Post,
    "post_id",
)


async def roles(
    matches: Sequence[models.HelpMatch], context: Context
) -> list[models.HelpMatchRole]:
    """What the viewer is in it."""
    return [help_match_change.role_of(context.viewer, match) for match in matches]


async def next_steps(
    matches: Sequence[models.HelpMatch], context: Context
) -> list[list[models.HelpMatchStep]]:
    """What the viewer may do with it now."""
    asked = zip(matches, await roles(matches, context), strict=True)
    return [help_match_step.next_steps(match, role) for match, role in asked]


def proposed_by(match: models.HelpMatch) -> models.HelpMatchRole:
    """Who proposed it."""
    if match.proposed_by_id == match.requester_id:
        return models.HelpMatchRole.REQUESTER
    if match.proposed_by_id == match.helper_id:
        return models.HelpMatchRole.HELPER
    return models.HelpMatchRole.WORKER


def _in_states(context: Context, states: States) -> QuerySet[models.HelpMatch]:
    rows = visible(models.HelpMatch, context.viewer)
    return rows if states is None else rows.filter(state__in=states)


def _in_role(
    rows: QuerySet[models.HelpMatch], context: Context, role: models.HelpMatchRole | None
) -> QuerySet[models.HelpMatch]:
    """Those in which the viewer has the role: a worker, who is neither of the two."""
    if role is None:
        return rows
    mine = RULES[role].where(context.viewer)
    if role is models.HelpMatchRole.WORKER:
        mine &= ~rules.PARTY.where(context.viewer)
    return rows.filter(mine)
