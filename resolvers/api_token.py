"""The tokens of an organisation's programs, as its managers list and revoke them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.scope import Scope
from auth.viewer import Office
from auth.visibility import visible
from resolvers.context import Context
from resolvers.office import check_reach, managed
from resolvers.organisation import Which
from resolvers.page import Page, Window, page_of, pages_of
from resolvers.paging import After, First
from resolvers.refusal import not_found
from resolvers.relation import One
from resolvers.work import Work

LARGEST = 2**31 - 1
# the neighbourhoods of a token that came through `visible`, for `pages_of`
LIMITS = "select unnest(t.neighbourhood_ids) from api_token t where t.id = parent.id"

WhichToken = Annotated[UUID, Doc("Which token.")]


async def tokens(
    context: Context, *, organisation_id: Which, first: First = None, after: After = None
) -> Page[models.ApiToken]:
    """The tokens of an organisation, newest first, those that have ended too."""
    context.office(organisation_id, Scope.MANAGER)
    rows = visible(models.ApiToken, context.viewer).filter(organisation_id=organisation_id)
    return await page_of(rows, Window(first, after))


async def neighbourhoods(
    tokens: Sequence[models.ApiToken],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Neighbourhood] | None]:
    """The neighbourhoods it is limited to; null for all that are covered."""
    window = Window(first, after, newest_first=False)
    places = visible(models.Neighbourhood, context.viewer)
    pages = await pages_of(places, window, "id", [token.id for token in tokens], through=LIMITS)
    return [
        None if token.neighbourhood_ids is None else page
        for token, page in zip(tokens, pages, strict=True)
    ]


issuers = One("The manager who made it.", models.Staff, "issued_by_id")


replaced = One("The token that it was made to replace, if it was.", models.ApiToken, "replaces_id")


def use_count(token: models.ApiToken) -> int:
    """How many operations it was used for; it counts up to 2,147,483,647."""
    return min(int(token.use_count), LARGEST)


async def revoke_token(work: Work, *, token_id: WhichToken) -> models.ApiToken:
    """End a token, at once and on its open sockets too."""
    token, _ = await managed_token(work, token_id)
    token.revoked_at = token.revoked_at or datetime.now(UTC)
    await token.save(update_fields=["revoked_at"])
    work.recheck(token.id)
    return token


async def managed_token(work: Work, token_id: UUID) -> tuple[models.ApiToken, Office]:
    """The token, locked, and the office of the manager who asks.

    Raises `Refusal`: NOT_FOUND, FORBIDDEN for a token of another unit.
    """
    seen = await work.visible(models.ApiToken).get_or_none(id=token_id)
    if seen is None:
        raise not_found("token")
    office = await managed(work, seen.organisation_id)
    check_reach(office, seen.unit_id)
    return await work.find(models.ApiToken, token_id, "token"), office
