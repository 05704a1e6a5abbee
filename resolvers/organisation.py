"""Organisations: who they are, and which neighbourhoods they cover since when."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Protocol
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet
from typing_extensions import Doc

import models
from auth.viewer import Viewer
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, page_of, pages_of
from resolvers.paging import After, Before, First, Last
from resolvers.refusal import Refusal, RefusalCode
from resolvers.relation import One, Onward

Which = Annotated[UUID, Doc("Which organisation.")]


class Belonging(Protocol):
    """What belongs to an organisation, or to none."""

    @property
    def organisation_id(self) -> Any:
        """Its id, or None."""


async def organisation(context: Context, *, id: Which) -> models.Organisation | None:
    """One organisation by its id."""
    return await visible(models.Organisation, context.viewer).get_or_none(id=id)


async def organisations(
    context: Context,
    *,
    neighbourhood_id: Annotated[
        UUID | None, Doc("Only those that cover this neighbourhood today.")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[models.Organisation]:
    """The partners of the neighbourhoods, oldest first."""
    rows = visible(models.Organisation, context.viewer)
    if neighbourhood_id is not None:
        covering = covered(context.viewer).filter(neighbourhood_id=neighbourhood_id)
        rows = rows.filter(id__in=Subquery(covering.values("organisation_id")))
    return await page_of(rows, Window(first, after, last, before, newest_first=False))


def covered(viewer: Viewer) -> QuerySet[models.Coverage]:
    """Which organisation covers which neighbourhood today."""
    return visible(models.Coverage, viewer).filter(since__lte=today())


async def check_covers(viewer: Viewer, organisation_id: UUID, neighbourhood_id: UUID) -> None:
    """Raises `Refusal` INVALID for an organisation that does not cover the neighbourhood today."""
    covering = covered(viewer).filter(organisation_id=organisation_id)
    if not await covering.filter(neighbourhood_id=neighbourhood_id).exists():
        words = "This organisation does not cover the neighbourhood."
        raise Refusal(RefusalCode.INVALID, words, "organisation_id")


def today() -> date:
    """The day by which coverage begins, in UTC."""
    return datetime.now(UTC).date()


coverages = Onward(
    "The neighbourhoods it covers or is going to, each with the day from which it does.",
    models.Coverage,
    "organisation_id",
    newest_first=False,
)


async def of_neighbourhoods(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Organisation]]:
    """The organisations that cover it today."""
    window = Window(first, after, newest_first=False)
    ids = [each.id for each in neighbourhoods]
    pages = await pages_of(covered(context.viewer), window, "neighbourhood_id", ids)
    covering = [coverage for page in pages for coverage in page.nodes]
    found = iter(await of_rows(covering, context))
    return [page.of([o for _ in page.nodes if (o := next(found))]) for page in pages]


of_rows = One("The organisation it belongs to.", models.Organisation, "organisation_id")
