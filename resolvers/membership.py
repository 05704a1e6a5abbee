"""Memberships: the face that neighbours see, and its end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from tortoise.expressions import F, Q
from typing_extensions import Doc

import models
from auth import rules
from auth.viewer import Viewer
from auth.visibility import visible
from resolvers import (
    attendance_place,
    guardian_leave_grant,
    help_end,
    seat,
    volunteer_consent,
)
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.refusal import forbidden
from resolvers.relation import One, Onward, row_of, unfiltered
from resolvers.text import checked, checked_line
from resolvers.work import Work

DISPLAY_NAME, ABOUT = 60, 1_000

Which = Annotated[UUID, Doc("Which membership.")]


@dataclass(frozen=True)
class Named:
    """Whose membership it is and the name that neighbours read: nothing else of it."""

    resident_id: UUID
    display_name: str


@row_of(models.Membership)
async def membership(context: Context, *, id: Which) -> models.Membership | None:
    """One member's profile; null when there is none that the viewer may see."""
    return await visible(models.Membership, context.viewer).get_or_none(id=id)


def active(_viewer: Viewer) -> Q:
    """Who lives or works there."""
    return Q(state=models.MembershipState.ACTIVE)


@unfiltered(models.Membership, "neighbourhood_id", where=active)
async def members(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    role: Annotated[models.MembershipRole | None, Doc("Only members with this role.")] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.Membership]]:
    """Its active members, newest first."""
    rows = visible(models.Membership, context.viewer).filter(active(context.viewer))
    if role is not None:
        rows = rows.filter(role=role)
    return await pages_of(
        rows, Window(first, after), "neighbourhood_id", [n.id for n in neighbourhoods]
    )


authors = One("Who wrote it; null when an organisation did.", models.Membership, "author_id")


async def names_of(membership_ids: Iterable[UUID]) -> dict[UUID, Named]:
    """The names behind memberships, for who may read something of these: that is the key."""
    rows = models.Membership.filter(id__in=set(membership_ids))
    found = await rows.values_list("id", "resident_id", "display_name")
    return {id: Named(resident_id, name) for id, resident_id, name in found}


of_residents = Onward(
    "The places the person lives or works in, newest first.", models.Membership, "resident_id"
)


senders = One(
    "The organisation that sends the professional; null for who lives there.",
    models.Organisation,
    "organisation_id",
)
households = One("The front door behind it.", models.Household, "household_id")


async def update_profile(
    work: Work,
    *,
    membership_id: Which,
    display_name: Annotated[str | None, Doc("The name neighbours read, 60 at most.")] = None,
    about: Annotated[str | None, Doc("A word about yourself, 1,000 at most.")] = None,
) -> models.Membership:
    """Change what neighbours read of the viewer."""
    membership = await _own(work, membership_id)
    if display_name is not None:
        membership.display_name = checked_line(display_name, "display_name", DISPLAY_NAME)
    if about is not None:
        membership.about = checked(about, "about", ABOUT, least=0)
    await membership.save(update_fields=["display_name", "about"])
    return membership


async def move_out(work: Work, *, membership_id: Which) -> models.Membership:
    """End a membership of one's own, at once and on open sockets too; what was written stays."""
    membership = await _own(work, membership_id)
    await end(work, membership)
    return membership


async def end(work: Work, membership: models.Membership) -> None:
    """End a locked membership of the acting viewer's own, with all that hangs on it."""
    now = datetime.now(UTC)
    membership.state, membership.ended_at = models.MembershipState.ENDED, now
    membership.street = None
    await membership.save(update_fields=["state", "ended_at", "street"])
    issued = models.InvitationCode.filter(issued_by_id=membership.id, used_at=None, revoked_at=None)
    await issued.update(revoked_at=now)
    await guardian_leave_grant.end_of_member(work, membership.id)
    await help_end.end_of_member(work, membership.id)
    await volunteer_consent.end_consents(work, membership)
    await seat.end_of_member(work, membership.id)
    await attendance_place.leave(work, membership.id)
    await _leave_household(membership)
    work.recheck(membership.resident_id)


async def readmit(work: Work, membership: models.Membership) -> None:
    """Undo the end of a locked membership, unless the person has come back by another."""
    other = models.Membership.filter(
        resident_id=membership.resident_id, neighbourhood_id=membership.neighbourhood_id
    )
    if await other.exclude(state=models.MembershipState.ENDED).exists():
        return
    if membership.household_id is not None:
        membership.street = (await enter_household(membership.household_id)).street
    membership.state, membership.ended_at = models.MembershipState.ACTIVE, None
    await membership.save(update_fields=["state", "ended_at", "street"])
    work.recheck(membership.resident_id)


async def enter_household(household_id: UUID) -> models.Household:
    """The household, locked; with the first who comes in, it is registered."""
    household = await models.Household.select_for_update().get(id=household_id)
    if household.registered_at is None:
        await models.Household.filter(id=household.id).update(registered_at=datetime.now(UTC))
        await models.Neighbourhood.filter(id=household.neighbourhood_id).update(
            registered_household_count=F("registered_household_count") + 1
        )
    return household


async def _own(work: Work, membership_id: UUID) -> models.Membership:
    membership = await work.find(models.Membership, membership_id, "membership")
    if not rules.SELF.holds(work.viewer, membership):
        raise forbidden("Only the member may change this.")
    if membership.state is models.MembershipState.ENDED:
        raise forbidden("This membership has ended.")
    return membership


async def _leave_household(membership: models.Membership) -> None:
    """Behind the door of the last one to leave, the household is no longer registered."""
    if membership.household_id is None:
        return
    household = await models.Household.select_for_update().get(id=membership.household_id)
    stays = models.Membership.filter(household_id=household.id, state=models.MembershipState.ACTIVE)
    if household.registered_at is None or await stays.exists():
        return
    await models.Household.filter(id=household.id).update(registered_at=None)
    await models.Neighbourhood.filter(id=household.neighbourhood_id).update(
        registered_household_count=F("registered_household_count") - 1
    )
