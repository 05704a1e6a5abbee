"""What a member offers the neighbours: skills, when, how far, until when; and the directory."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from strawberry import UNSET
from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from resolvers import guardian_leave
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.relation import One, unfiltered
from resolvers.skill import MembershipId, Slugs, checked_slugs, member
from resolvers.text import checked
from resolvers.work import Work

NOTE = 500
PARTS = {part: place for place, part in enumerate(models.Availability)}


@unfiltered(models.HelpOffer, "neighbourhood_id", where=rules.STANDING.where)
async def help_offers(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    skill: Annotated[str | None, Doc("Only offers of this skill, by its slug.")] = None,
    group: Annotated[models.SkillGroup | None, Doc("Only offers of a skill of this group.")] = None,
    availability: Annotated[
        list[models.Availability] | None, Doc("Only offers for one of these parts of the week.")
    ] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.HelpOffer]]:
    """What its members offer each other, newest first; none that is paused, or has ended."""
    rows = visible(models.HelpOffer, context.viewer).filter(rules.STANDING.where(context.viewer))
    if skill is not None:
        rows = rows.filter(skills__contains=[skill])
    if group is not None:
        skills = visible(models.Skill, context.viewer).filter(group=group)
        rows = rows.filter(skills__overlap=await skills.values_list("slug", flat=True))
    if availability is not None:
        rows = rows.filter(availability__overlap=list(availability))
    ids = [each.id for each in neighbourhoods]
    return await pages_of(rows, Window(first, after), "neighbourhood_id", ids)


of_memberships = One(
    "What the member offers the neighbours; only to the member while paused, or when past.",
    models.HelpOffer,
    "id",
    key="membership_id",
)


members = One("The neighbour who offers it.", models.Membership, "membership_id")


async def offer_help(
    work: Work,
    *,
    membership_id: MembershipId,
    skills: Slugs,
    note: Annotated[str, Doc("A word about it, at most 500 characters.")] = "",
    availability: Annotated[
        list[models.Availability] | None, Doc("When; left out or empty: nothing is said of it.")
    ] = None,
    reach: Annotated[models.HelpReach, Doc("How far.")] = models.HelpReach.NEIGHBOURHOOD,
    paused: Annotated[bool, Doc("Whether to keep it from the neighbours for now.")] = False,
    ends_on: Annotated[date | None, Doc("The last day it holds; left out: no end.")] = None,
    hears_requests: Annotated[
        bool, Doc("Whether to be told, live, of new requests for these skills.")
    ] = False,
) -> models.HelpOffer:
    """Offer the own neighbourhood a hand; it takes the place of what was offered before."""
    membership = await member(work, membership_id)
    await guardian_leave.check_may_take_part(membership.id)
    given = await _checked(
        work,
        skills=skills,
        note=note,
        availability=availability or [],
        reach=reach,
        paused=paused,
        ends_on=ends_on,
        hears_requests=hears_requests,
    )
    offer = await work.visible(models.HelpOffer).get_or_none(membership_id=membership.id)
    if offer is not None:
        return await _save(offer, given)
    return await models.HelpOffer.create(
        neighbourhood_id=membership.neighbourhood_id, membership_id=membership.id, **given
    )


async def edit_offer(
    work: Work,
    *,
    membership_id: MembershipId,
    skills: Annotated[list[str] | None, Doc("The skills by their slugs, 1 to 20.")] = None,
    note: Annotated[str | None, Doc("A word about it; empty removes it.")] = None,
    availability: Annotated[list[models.Availability] | None, Doc("When.")] = None,
    reach: Annotated[models.HelpReach | None, Doc("How far.")] = None,
    paused: Annotated[bool | None, Doc("True pauses it, false goes on with it.")] = None,
    ends_on: Annotated[date | None, Doc("The last day it holds; null: no end.")] = UNSET,
    hears_requests: Annotated[bool | None, Doc("Whether to be told of new requests.")] = None,
) -> models.HelpOffer:
    """Change, pause or go on with what one offers; what is left out stays as it is."""
    membership = await member(work, membership_id)
    offer = await work.visible(models.HelpOffer).get_or_none(membership_id=membership.id)
    if offer is None:
        raise not_found("offer")
    said: dict[str, Any] = {
        "skills": skills,
        "note": note,
        "availability": availability,
        "reach": reach,
        "paused": paused,
        "hears_requests": hears_requests,
    }
    given = {name: value for name, value in said.items() if value is not None}
    if ends_on is not UNSET:
        given["ends_on"] = ends_on
    return await _save(offer, await _checked(work, **given))


async def withdraw_offer(work: Work, *, membership_id: MembershipId) -> models.Membership:
    """Offer nothing any more, at once."""
    membership = await member(work, membership_id)
    await end_offer(membership.id)
    return membership


async def end_offer(membership_id: UUID) -> None:
    """What somebody offered is gone."""
    await models.HelpOffer.filter(membership_id=membership_id).delete()


async def _checked(work: Work, **given: Any) -> dict[str, Any]:
    """What was given of an offer, as it is kept. Raises `Refusal` INVALID, TOO_LONG."""
    if "skills" in given:
        given["skills"] = await checked_slugs(work, given["skills"])
    if "note" in given:
        given["note"] = checked(given["note"], "note", NOTE, least=0)
    if "availability" in given:
        given["availability"] = sorted(set(given["availability"]), key=PARTS.__getitem__)
    ends_on = given.get("ends_on")
    if ends_on is not None and ends_on < datetime.now(UTC).date():
        raise Refusal(RefusalCode.INVALID, "This day is past.", "ends_on")
    return given


async def _save(offer: models.HelpOffer, given: dict[str, Any]) -> models.HelpOffer:
    if given:
        await offer.update_from_dict(given).save(update_fields=list(given))
    return offer
