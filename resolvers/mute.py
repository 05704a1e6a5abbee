"""Mutes: whom a resident does not want to hear. One way, told to nobody, and never a right."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.viewer import Viewer
from auth.visibility import visible
from resolvers import membership
from resolvers.context import Context
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.relation import Onward
from resolvers.work import Work

MOST = 200

Whom = Annotated[UUID, Doc("The person, by a membership.")]


of_residents = Onward(
    "Whom the person mutes, newest first. Who is muted never reads it.", models.Mute, "resident_id"
)


async def display_names(mutes: Sequence[models.Mute], _context: Context) -> list[str]:
    """The name by which the viewer knows them."""
    names = await membership.names_of([mute.membership_id for mute in mutes])
    return [names[mute.membership_id].display_name for mute in mutes]


async def are_muted(memberships: Sequence[models.Membership], context: Context) -> list[bool]:
    """Whether the viewer mutes this person: what they write is to be set apart."""
    ids = await _muted(context.viewer)
    return [each.resident_id in ids for each in memberships]


async def memberships_of(viewer: Viewer) -> list[UUID]:
    """The memberships of all whom the viewer mutes."""
    rows = models.Membership.filter(resident_id__in=await _muted(viewer))
    return [id for (id,) in await rows.values_list("id")]


async def mute_member(work: Work, *, membership_id: Whom) -> models.Mute:
    """Hear a person no more, without hiding anything from them; a block does that."""
    member = await work.visible(models.Membership).get_or_none(id=membership_id)
    if member is None:
        raise not_found("member")
    [resident_id] = work.viewer.myself
    if member.resident_id == resident_id:
        raise Refusal(RefusalCode.INVALID, "You cannot mute yourself.", "membership_id")
    mutes = work.visible(models.Mute)
    if standing := await mutes.get_or_none(muted_id=member.resident_id):
        return standing
    if await mutes.count() >= MOST:
        words = f"You mute {MOST} persons; hear one of them first."
        raise Refusal(RefusalCode.CONFLICT, words)
    return await models.Mute.create(
        neighbourhood_id=member.neighbourhood_id,
        resident_id=resident_id,
        muted_id=member.resident_id,
        membership_id=member.id,
    )


async def unmute_member(work: Work, *, membership_id: Whom) -> models.Mute:
    """Hear a person again."""
    found = work.visible(models.Mute).filter(membership_id=membership_id)
    mute = await found.select_for_update().get_or_none()
    if mute is None:
        raise not_found("member")
    await mute.delete()
    return mute


async def _muted(viewer: Viewer) -> set[UUID]:
    return {row.muted_id for row in await visible(models.Mute, viewer)}
