"""The end of matches that neither party asked for: with a request, a member, or a post."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from tortoise.expressions import Q

import models
from resolvers import person, personal
from resolvers.work import Work

STANDING = (models.HelpMatchState.PROPOSED, models.HelpMatchState.ACCEPTED)


async def withdraw_of_post(work: Work, post_id: UUID) -> None:
    """Withdraw the standing matches for a post, whose request is locked."""
    await _withdraw(work, Q(post_id=post_id))


async def withdraw_of_member(work: Work, membership_id: UUID) -> None:
    """Withdraw the standing matches of a member; what had helpers enough wants help again."""
    await _withdraw(work, Q(requester_id=membership_id) | Q(helper_id=membership_id))


async def erase_of_post(work: Work, post_id: UUID) -> None:
    """Matches go with their post, and the talk in them; the parties are told."""
    matches = await models.HelpMatch.filter(post_id=post_id).order_by("id").select_for_update()
    await models.HelpMatch.filter(post_id=post_id).delete()
    await _tell(work, matches)


async def _withdraw(work: Work, whose: Q) -> None:
    """A request is locked before its matches, always."""
    standing = models.HelpMatch.filter(whose, state__in=STANDING).order_by("id")
    post_ids = await standing.values_list("post_id", flat=True)
    asked = models.HelpRequest.filter(post_id__in=post_ids).order_by("id")
    await asked.select_for_update().values_list("id")
    matches = await standing.select_for_update()
    gone = {"state": models.HelpMatchState.WITHDRAWN, "ended_at": datetime.now(UTC)}
    await models.HelpMatch.filter(id__in=[match.id for match in matches]).update(**gone)
    left = [m.post_id for m in matches if m.state is models.HelpMatchState.ACCEPTED]
    full = models.HelpRequest.filter(post_id__in=left, state=models.HelpRequestState.MATCHED)
    await full.update(state=models.HelpRequestState.OPEN)
    await _tell(work, matches)


async def _tell(work: Work, matches: Sequence[models.HelpMatch]) -> None:
    """Tell both parties, and the worker who proposed it if one did."""
    involved = {m.id: {m.requester_id, m.helper_id, m.proposed_by_id} for m in matches}
    people = await person.residents_of(set().union(*involved.values()))
    kind = models.EventKind.HELP_MATCH_CHANGED
    for match in matches:
        for membership_id in sorted(involved[match.id]):
            work.announce(personal.to_resident(people[membership_id], kind, match))
