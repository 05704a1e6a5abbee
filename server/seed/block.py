"""Who does not want to meet whom in a village: two or three pairs in the whole town."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import models
from server.seed import calendar, crowd, identity, person, roster

PAIRS = {"astene": 1, "petegem-aan-de-leie": 1, "nevele": 1}
RESIDENT = models.MembershipRole.RESIDENT
SOME_WHILE = 120 * calendar.DAY


@dataclass(slots=True)
class Block:
    """The columns of a block; the two members and `at` (ms) serve what follows."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    resident_id: UUID
    blocked_id: UUID
    membership_id: UUID
    blocker: roster.Member
    blocked: roster.Member
    at: int


def part(people: roster.Roster) -> list[Block]:
    """The blocks of one village: between active members, none of whom is of the demo."""
    random = identity.source("block", people.home.number)
    strangers = crowd.Crowd([member for member in unknown(people) if member.role is RESIDENT])
    blocks: list[Block] = []
    while len(blocks) < PAIRS.get(people.home.root, 0):
        blocker, blocked = strangers.anybody(random), strangers.anybody(random)
        if blocker.household_id != blocked.household_id:
            met = max(blocker.joined, blocked.joined)
            at = calendar.later(met, SOME_WHILE, random)
            blocks.append(between(blocker, blocked, at))
    return blocks


def unknown(people: roster.Roster) -> list[roster.Member]:
    """The members of a village who are not accounts of the demo."""
    known = set(person.personas().values())
    shown = {account.id for account in people.residents if account.email in known}
    return [member for member in people.members if member.resident_id not in shown]


def between(blocker: roster.Member, blocked: roster.Member, at: int) -> Block:
    """That a member blocks another, from an instant on."""
    return Block(
        id=identity.identify(at, identity.source("block", blocker.id, blocked.id)),
        created_at=calendar.moment(at),
        neighbourhood_id=blocker.neighbourhood_id,
        resident_id=blocker.resident_id,
        blocked_id=blocked.resident_id,
        membership_id=blocked.id,
        blocker=blocker,
        blocked=blocked,
        at=at,
    )


def pairs(blocks: list[Block]) -> set[frozenset[UUID]]:
    """The two memberships of each block."""
    return {frozenset((block.blocker.id, block.blocked.id)) for block in blocks}
