"""The catalogue of skills: read by group, found by a word, and named by those who offer or ask."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers import skill_search
from resolvers.context import Context
from resolvers.page import Page, Window, cut, page_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.relation import reads
from resolvers.work import Work

MOST = 20

MembershipId = Annotated[UUID, Doc("The viewer's own membership.")]
Slugs = Annotated[list[str], Doc("The skills by their slugs, 1 to 20 of them.")]


async def skills(
    context: Context,
    *,
    search: Annotated[
        str | None,
        Doc("Only what fits these words, in Dutch, French or English; spelling may be off."),
    ] = None,
    group: Annotated[models.SkillGroup | None, Doc("Only the skills of this group.")] = None,
    first: First = None,
    after: After = None,
) -> Page[models.Skill]:
    """The catalogue of skills, group by group; searched, the best first."""
    window = Window(first, after, newest_first=False)
    if search is not None and search.strip():
        return cut(await skill_search.ranked(search, group), window)
    rows = visible(models.Skill, context.viewer)
    return await page_of(rows if group is None else rows.filter(group=group), window)


@reads("skills")
async def of_rows(
    rows: Sequence[models.HelpOffer | models.VolunteerConsent], context: Context
) -> list[list[models.Skill]]:
    """The skills, in the order in which they were given."""
    found = await named(context, {slug for row in rows for slug in row.skills})
    return [[found[slug] for slug in row.skills if slug in found] for row in rows]


async def named(context: Context, slugs: set[str]) -> dict[str, models.Skill]:
    """The skills of these slugs, by their slug."""
    rows = await visible(models.Skill, context.viewer).filter(slug__in=slugs)
    return {row.slug: row for row in rows}


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
    await check_slugs(work, given, "skills")
    return given


async def check_slugs(work: Work, slugs: Sequence[str], field: str) -> None:
    """Raises `Refusal` INVALID for a slug that the catalogue does not have."""
    if await work.visible(models.Skill).filter(slug__in=slugs).count() != len(slugs):
        raise Refusal(RefusalCode.INVALID, "The catalogue has no such skill.", field)
