"""Skills: the catalogue, and what a member offers the neighbours."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, page_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.work import Work

MOST = 20

MembershipId = Annotated[UUID, Doc("The viewer's own membership.")]
Slugs = Annotated[list[str], Doc("The skills by their slugs, 1 to 20 of them.")]


async def skills(
    context: Context,
    *,
    group: Annotated[models.SkillGroup | None, Doc("Only the skills of this group.")] = None,
    first: First = None,
    after: After = None,
) -> Page[models.Skill]:
    """The catalogue of skills, group by group."""
    rows = visible(models.Skill, context.viewer)
    chosen = rows if group is None else rows.filter(group=group)
    return await page_of(chosen, Window(first, after, newest_first=False))


async def of_rows(
    rows: Sequence[models.HelpOffer | models.VolunteerConsent], context: Context
) -> list[list[models.Skill]]:
    """The skills, in the order in which they were given."""
    wanted = {slug for row in rows for slug in row.skills}
    found = await visible(models.Skill, context.viewer).filter(slug__in=wanted)
    by_slug = {skill.slug: skill for skill in found}
    return [[by_slug[slug] for slug in row.skills if slug in by_slug] for row in rows]


async def of_memberships(
    memberships: Sequence[models.Membership], context: Context
) -> list[models.HelpOffer | None]:
    """What the member offers the neighbours."""
    ids = [membership.id for membership in memberships]
    rows = await visible(models.HelpOffer, context.viewer).filter(membership_id__in=ids)
    offers = {row.membership_id: row for row in rows}
    return [offers.get(id) for id in ids]


async def offer_help(work: Work, *, membership_id: MembershipId, skills: Slugs) -> models.HelpOffer:
    """Offer the own neighbourhood a hand; it takes the place of what was offered before."""
    membership = await member(work, membership_id)
    offered = await checked_slugs(work, skills)
    offer = await work.visible(models.HelpOffer).get_or_none(membership_id=membership.id)
    if offer is None:
        return await models.HelpOffer.create(
            neighbourhood_id=membership.neighbourhood_id,
            membership_id=membership.id,
            skills=offered,
        )
    offer.skills = offered
    await offer.save(update_fields=["skills"])
    return offer


async def withdraw_offer(work: Work, *, membership_id: MembershipId) -> models.Membership:
    """Offer nothing any more, at once."""
    membership = await member(work, membership_id)
    await end_offer(membership)
    return membership


async def end_offer(membership: models.Membership) -> None:
    """What somebody offered is gone."""
    await models.HelpOffer.filter(membership_id=membership.id).delete()


async def member(work: Work, membership_id: UUID) -> models.Membership:
    """The viewer's own membership, locked, where the viewer lives and is verified.

    Raises `Refusal`: NOT_FOUND, and FORBIDDEN for that of another, one that waits or has ended, and
    that of a professional.
    """
    membership = await work.find(models.Membership, membership_id, "membership")
    if membership.id not in work.viewer.membership_ids:
        raise forbidden("Only the member may do this, once verified.")
    if membership.state is not models.MembershipState.ACTIVE:
        raise forbidden("This membership has ended.")
    if membership.role is models.MembershipRole.NEIGHBOURHOOD_WORKER:
        raise forbidden("Only those who live here may do this.")
    return membership


async def checked_slugs(work: Work, slugs: Sequence[str]) -> list[str]:
    """The slugs, each once, 1 to 20 of the catalogue. Raises `Refusal` INVALID."""
    given = list(dict.fromkeys(slugs))
    if not 1 <= len(given) <= MOST:
        raise Refusal(RefusalCode.INVALID, f"Give 1 to {MOST} skills.", "skills")
    if await work.visible(models.Skill).filter(slug__in=given).count() != len(given):
        raise Refusal(RefusalCode.INVALID, "The catalogue has no such skill.", "skills")
    return given
