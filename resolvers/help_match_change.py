"""The change of a match: locked in one order, kept, and told to the few whom it concerns."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import models
from auth import rules
from auth.viewer import Viewer
from models import HelpMatchRole, HelpMatchState, HelpRequestState
from models.database import connection
from resolvers import guardian_leave, personal
from resolvers.refusal import not_found
from resolvers.work import Work

TAKEN = (HelpMatchState.ACCEPTED, HelpMatchState.COMPLETED)
COLUMNS = ("state", "requester_accepted_at", "helper_accepted_at", "address", "ended_at")

# the two, unless it is hushed, and the worker who proposed it, unless one of them blocks the other
CONCERNED = """
select h.id, m.resident_id
from help_match h
join membership m on m.id = any(array[h.requester_id, h.helper_id, h.proposed_by_id])
where h.id = any($1) and m.state = 'ACTIVE'
  and case when m.id in (h.requester_id, h.helper_id)
      then not h.hushed
      else $2 and not exists (
          select from block b join membership p on p.id in (h.requester_id, h.helper_id)
          where (b.resident_id, b.blocked_id)
             in ((m.resident_id, p.resident_id), (p.resident_id, m.resident_id)))
      end
order by h.id, m.id
"""


@dataclass(frozen=True)
class Members:
    """Members, locked, and the ages of the active ones: neither is changed by others meanwhile."""

    rows: dict[UUID, models.Membership] = field(default_factory=dict)
    ages: dict[UUID, guardian_leave.Age] = field(default_factory=dict)

    def may_be_asked(self, membership_id: UUID) -> bool:
        """Whether one who may be matched, or has not said yet; a minor without leave may not."""
        age = self.ages.get(membership_id)
        return age is not None and (age.band is None or age.may_be_matched)


@dataclass
class Held:
    """A match, locked, `was` in this state; its request; what the viewer is in it.

    `members` are the two, if they were locked too.
    """

    match: models.HelpMatch
    request: models.HelpRequest
    role: HelpMatchRole
    was: HelpMatchState
    members: Members


def role_of(viewer: Viewer, match: models.HelpMatch) -> HelpMatchRole:
    """What a viewer is in a match that the viewer may see."""
    if rules.REQUESTER.holds(viewer, match):
        return HelpMatchRole.REQUESTER
    if rules.HELPER.holds(viewer, match):
        return HelpMatchRole.HELPER
    return HelpMatchRole.WORKER


async def locked(work: Work, match_id: UUID, *, with_members: bool = False) -> Held:
    """The match, locked after its request, and that after the two if need be.

    All who change any of these lock in one order: post, memberships, residents, requests, matches;
    several of a kind by id. Raises `Refusal` NOT_FOUND if the viewer may not see the match.
    """
    seen = await work.visible(models.HelpMatch).get_or_none(id=match_id)
    members = Members()
    requests: list[models.HelpRequest] = []
    if seen is not None:
        if with_members:
            members = await lock_members([seen.requester_id, seen.helper_id])
        requests = await lock_requests([seen.post_id])
    match = await work.find(models.HelpMatch, match_id, "match")
    if not requests:
        raise not_found("match")
    return Held(match, requests[0], role_of(work.viewer, match), match.state, members)


async def lock_members(membership_ids: Collection[UUID]) -> Members:
    """The members behind these ids, locked, but not for those who only refer to them."""
    found = models.Membership.filter(id__in=membership_ids).order_by("id")
    rows = {row.id: row for row in await found.select_for_update(no_key=True)}
    return Members(rows, await guardian_leave.ages(rows))


async def lock_requests(post_ids: Collection[UUID]) -> list[models.HelpRequest]:
    """The requests behind posts, locked."""
    rows = models.HelpRequest.filter(post_id__in=set(post_ids)).order_by("id")
    return await rows.select_for_update()


async def keep(work: Work, held: Held, *columns: str) -> None:
    """Save what the step has changed, and these columns; the worker hears of a new state only."""
    await held.match.save(update_fields=[*COLUMNS, *columns])
    has_moved = held.match.state is not held.was
    if has_moved:
        await settle([held.request])
    await announce(work, [held.match], to_worker=has_moved)


async def settle(requests: Iterable[models.HelpRequest]) -> None:
    """Bring locked requests that are not over in step with their matches: enough helpers or not.

    Nobody but the author ever reads the difference, so that no event tells of it.
    """
    for request in requests:
        if request.state in (HelpRequestState.OPEN, HelpRequestState.MATCHED):
            state = HelpRequestState.OPEN
            if await taken(request) >= request.people:
                state = HelpRequestState.MATCHED
            if state is not request.state:
                request.state = state
                await request.save(update_fields=["state"])


async def taken(request: models.HelpRequest) -> int:
    """How many of its places are taken."""
    return await models.HelpMatch.filter(post_id=request.post_id, state__in=TAKEN).count()


async def announce(
    work: Work, matches: Sequence[models.HelpMatch], *, to_worker: bool = True
) -> None:
    """Tell those whom stored matches concern that they have changed, or are about to be gone."""
    by_id = {match.id: match for match in matches}
    kind = models.EventKind.HELP_MATCH_CHANGED
    for row in await connection().execute_query_dict(CONCERNED, [list(by_id), to_worker]):
        work.announce(personal.to_resident(row["resident_id"], kind, by_id[row["id"]]))
