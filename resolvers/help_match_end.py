"""The end of matches that nobody ends by hand."""

from datetime import UTC, datetime
from uuid import UUID

from tortoise.expressions import Q

import models
from resolvers import talk
from resolvers.personal import to_resident
from resolvers.work import Work

STANDING = (models.HelpMatchState.PROPOSED, models.HelpMatchState.ACCEPTED)


async def withdraw_between(work: Work, one_resident_id: UUID, other_resident_id: UUID) -> None:
    """Of two persons who will not meet, none stands in a match with the other."""
    both = models.Membership.filter(resident_id__in=(one_resident_id, other_resident_id))
    ids = await both.values_list("id", flat=True)
    rows = models.HelpMatch.filter(Q(requester_id__in=ids, helper_id__in=ids), state__in=STANDING)
    matches = await rows.order_by("id").select_for_update()
    residents = await talk.residents_of(
        {id for m in matches for id in (m.requester_id, m.helper_id)}
    )
    for match in matches:
        match.state, match.ended_at = models.HelpMatchState.WITHDRAWN, datetime.now(UTC)
        await match.save(update_fields=["state", "ended_at"])
        for id in (match.requester_id, match.helper_id):
            kind = models.EventKind.HELP_MATCH_CHANGED
            work.announce(to_resident(residents[id], kind, match))
