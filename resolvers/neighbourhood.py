"""Neighbourhoods: the unit of privacy, and the feed in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, page_of, pages_of, referred
from resolvers.paging import After, Before, First, Last
from resolvers.relation import One, reads, row_of


@dataclass(frozen=True)
class Participation:
    """How many of a neighbourhood's households have joined."""

    households: int
    registered_households: int

    @property
    def rate(self) -> float:
        """Between 0 and 1, to three decimals."""
        return round(self.registered_households / self.households, 3) if self.households else 0.0


@row_of(models.Neighbourhood)
async def neighbourhood(
    context: Context, *, id: Annotated[UUID, Doc("Which neighbourhood.")]
) -> models.Neighbourhood | None:
    """One neighbourhood by its id."""
    return await visible(models.Neighbourhood, context.viewer).get_or_none(id=id)


async def neighbourhoods(
    context: Context,
    *,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[models.Neighbourhood]:
    """All neighbourhoods, oldest first."""
    window = Window(first, after, last, before, newest_first=False)
    return await page_of(visible(models.Neighbourhood, context.viewer), window)


@reads("household_count", "registered_household_count")
def participation(neighbourhood: models.Neighbourhood) -> Participation:
    """How many of its households have joined."""
    return Participation(neighbourhood.household_count, neighbourhood.registered_household_count)


async def adjacent(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Neighbourhood]]:
    """The neighbourhoods that lie beside it."""
    window = Window(first, after, newest_first=False)
    beside = visible(models.Adjacency, context.viewer)
    pages = await pages_of(beside, window, "neighbourhood_id", [n.id for n in neighbourhoods])
    ids = [link.adjacent_id for page in pages for link in page.nodes]
    found = iter(await referred(visible(models.Neighbourhood, context.viewer), ids))
    return [page.of([n for _ in page.nodes if (n := next(found))]) for page in pages]


of_rows = One("The neighbourhood it belongs to.", models.Neighbourhood, "neighbourhood_id")
