"""Volunteers: those who gave an organisation leave to ask, as it reads them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.scope import Scope
from auth.visibility import visible
from resolvers.context import Context
from resolvers.page import Page, Window, page_of, referred
from resolvers.paging import After, First

# as an organisation holds it: whoever works for one is not shown the consent they gave themselves
HELD = rules.GRANTED & rules.held(Scope.VOLUNTEERS_READ)


async def volunteers(
    context: Context,
    *,
    organisation_id: Annotated[UUID, Doc("Of which organisation.")],
    skill: Annotated[str | None, Doc("Only those with this skill, by its slug.")] = None,
    neighbourhood_id: Annotated[UUID | None, Doc("Only those of this neighbourhood.")] = None,
    first: First = None,
    after: After = None,
) -> Page[models.VolunteerConsent]:
    """Who agreed to be asked by this organisation, newest first."""
    context.office(organisation_id, Scope.VOLUNTEERS_READ)
    rows = visible(models.VolunteerConsent, context.viewer).filter(
        HELD.where(context.viewer), organisation_id=organisation_id
    )
    if skill is not None:
        rows = rows.filter(skills__contains=[skill])
    if neighbourhood_id is not None:
        rows = rows.filter(neighbourhood_id=neighbourhood_id)
    return await page_of(rows, Window(first, after))


async def volunteer(
    context: Context, *, id: Annotated[UUID, Doc("Which volunteer.")]
) -> models.VolunteerConsent | None:
    """One volunteer; null when there is none that the viewer may see."""
    rows = visible(models.VolunteerConsent, context.viewer)
    return await rows.filter(HELD.where(context.viewer)).get_or_none(id=id)


async def of_contacts(
    contacts: Sequence[models.VolunteerContact], context: Context
) -> list[models.VolunteerConsent | None]:
    """The volunteer it was written to; null for the volunteer."""
    rows = visible(models.VolunteerConsent, context.viewer).filter(HELD.where(context.viewer))
    return await referred(rows, [contact.consent_id for contact in contacts])


async def display_names(
    consents: Sequence[models.VolunteerConsent], _context: Context
) -> list[str | None]:
    """The name by which neighbours know the volunteer; null once moved out."""
    ids = [consent.membership_id for consent in consents]
    members = models.Membership.filter(id__in=ids, state=models.MembershipState.ACTIVE)
    names = {member.id: member.display_name for member in await members.only("id", "display_name")}
    return [names.get(id) for id in ids]


def since(consent: models.VolunteerConsent) -> datetime:
    """When the consent was given."""
    return consent.created_at
