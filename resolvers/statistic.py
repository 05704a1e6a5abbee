"""Statistics: what of the stored figures is answered to an organisation, and to neighbours."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from typing_extensions import Doc

import models
from auth.scope import Scope
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, page_of
from resolvers.paging import After, First
from resolvers.period import Span, first_day
from resolvers.publication import Asked, Figure, Local, told
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.relation import One

# each neighbourhood and period has this figure: what stands for the others in a list of periods
ALWAYS = models.Measure.POSTS

OrganisationId = Annotated[UUID, Doc("For which organisation.")]
Which = Annotated[models.Period, Doc("Weeks from Monday, or calendar months.")]
StartsOn = Annotated[
    date | None, Doc("The first day of the period; the last one counted if not said.")
]


async def statistics(
    context: Context,
    *,
    organisation_id: OrganisationId,
    period: Which,
    starts_on: StartsOn = None,
) -> Asked | None:
    """What was counted in the neighbourhoods that the viewer's office covers, so that nobody can be
    recognised in it; null for a period that is not counted yet."""
    office = context.office(organisation_id, Scope.STATISTICS_READ)
    span = await counted(period, starts_on)
    return None if span is None else Asked(span, office)


async def series(
    context: Context,
    *,
    organisation_id: OrganisationId,
    neighbourhood_id: Annotated[UUID, Doc("Of which neighbourhood.")],
    period: Which,
    first: First = None,
    after: After = None,
) -> Page[Any]:
    """One covered neighbourhood over the periods that were counted, newest first."""
    office = context.office(organisation_id, Scope.STATISTICS_READ)
    if neighbourhood_id not in office.covers:
        raise not_found("neighbourhood")
    rows = models.Figure.filter(
        neighbourhood_id=neighbourhood_id, period=period, measure=ALWAYS, organisation_id=None
    )
    page: Page[Any] = await page_of(rows, Window(first, after))
    spans = [Span(row.period, row.starts_on) for row in page.nodes]
    return page.of([Local(span, office, neighbourhood_id) for span in spans])


async def of_neighbours(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    period: Which,
    starts_on: StartsOn = None,
) -> list[Local | None]:
    """What its members did in a week or a month; null for a period that is not counted yet. The
    figures of organisations are not among them."""
    span = await counted(period, starts_on)
    if span is None:
        return [None for _ in neighbourhoods]
    return [Local(span, None, place.id) for place in neighbourhoods]


async def neighbourhoods(
    asked: Sequence[Asked], context: Context, *, first: First = None, after: After = None
) -> list[Page[Any]]:
    """The covered neighbourhoods, oldest first, each with its figures."""
    window = Window(first, after, newest_first=False)
    pages = []
    for each in asked:
        covers = each.office.covers if each.office else ()
        rows = visible(models.Neighbourhood, context.viewer).filter(id__in=covers)
        page: Page[Any] = await page_of(rows, window)
        pages.append(page.of([Local(each.span, each.office, row.id) for row in page.nodes]))
    return pages


places = One("Which neighbourhood.", models.Neighbourhood, "neighbourhood_id")


async def figures(rows: Sequence[Local], _context: Context) -> list[list[Figure]]:
    """What was counted there. There are none for a period before its feed was opened."""
    stored = models.Figure.filter(
        neighbourhood_id__in={row.neighbourhood_id for row in rows},
        starts_on__in={row.starts_on for row in rows},
    )
    found: dict[tuple[UUID | None, Span], list[models.Figure]] = defaultdict(list)
    for each in await stored:
        found[each.neighbourhood_id, Span(each.period, each.starts_on)].append(each)
    return [told(found[row.neighbourhood_id, row.span], row.office) for row in rows]


async def counted(period: models.Period, starts_on: date | None) -> Span | None:
    """The period from a day on, or the last one; None while it is not counted.

    Raises `Refusal` INVALID for a day on which no such period begins.
    """
    if starts_on is not None and starts_on != first_day(period, starts_on):
        words = "A week begins on a Monday, a month on its first day."
        raise Refusal(RefusalCode.INVALID, words, "starts_on")
    rows = models.Figure.filter(period=period)
    if starts_on is not None:
        rows = rows.filter(starts_on=starts_on)
    last = await rows.order_by("-starts_on").first()
    return None if last is None else Span(period, last.starts_on)
