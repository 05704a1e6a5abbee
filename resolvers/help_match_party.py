"""The names inside a match: for those whom it concerns, also across a border."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import models
from resolvers.context import Context


@dataclass(frozen=True)
class MatchParty:
    """One of those in a match: the name alone, and the street for those who live there too."""

    neighbourhood_id: UUID
    membership_id: UUID
    display_name: str
    street: str | None


async def asking(matches: Sequence[models.HelpMatch], _context: Context) -> list[MatchParty | None]:
    """The neighbour who needs help."""
    return await _named(match.requester_id for match in matches)


async def helping(
    matches: Sequence[models.HelpMatch], _context: Context
) -> list[MatchParty | None]:
    """The neighbour who helps, or is asked to."""
    return await _named(match.helper_id for match in matches)


async def proposing(
    matches: Sequence[models.HelpMatch], context: Context
) -> list[MatchParty | None]:
    """The neighbourhood worker who proposed it; null when one of the two did."""
    hidden = context.viewer.blocked
    return await _named(
        None
        if one.proposed_by_id in {one.requester_id, one.helper_id, *hidden}
        else one.proposed_by_id
        for one in matches
    )


async def _named(membership_ids: Iterable[UUID | None]) -> list[MatchParty | None]:
    """Those behind the memberships of matches that the viewer may see: a match is the key."""
    wanted = list(membership_ids)
    rows = models.Membership.filter(id__in={*wanted} - {None})
    found = await rows.values_list("neighbourhood_id", "id", "display_name", "street")
    parties = {party.membership_id: party for party in (MatchParty(*row) for row in found)}
    return [parties.get(id) if id else None for id in wanted]
