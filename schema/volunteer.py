"""Volunteers: the consent as the resident reads it, and what one organisation reads of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

import models
import resolvers.neighbourhood
import resolvers.organisation
import resolvers.skill
import resolvers.volunteer
import resolvers.volunteer_consent
import resolvers.volunteer_contact
from auth import rules
from schema.field import batch, field, made
from schema.organisation import Organisation
from schema.page import Connection
from schema.skill import Skill

if TYPE_CHECKING:
    from schema.neighbourhood import Neighbourhood

VOLUNTEER = models.AccessSubject.VOLUNTEER
Place = Annotated["Neighbourhood", strawberry.lazy("schema.neighbourhood")]


@strawberry.type(
    description="The viewer's leave for one organisation to ask for volunteering. "
    "Neighbours do not read it, and it offers the neighbours nothing."
)
class VolunteerConsent:
    """Read off `models.VolunteerConsent`."""

    id: UUID = field("Its id.")
    organisation: Organisation | None = batch(resolvers.organisation.of_rows)
    neighbourhood: Place | None = batch(resolvers.neighbourhood.of_rows)
    skills: list[Skill] = batch(resolvers.skill.of_rows)
    created_at: datetime = field("When it was given.")
    expires_at: datetime = field("When it ends by itself.")
    revoked_at: datetime | None = field("When it was taken back, if it was.")


@strawberry.type(
    description="What an organisation writes to a volunteer through the platform, and the answer."
)
class VolunteerContact:
    """Read off `models.VolunteerContact`."""

    id: UUID = field("Its id.")
    organisation: Organisation | None = batch(resolvers.organisation.of_rows)
    volunteer: Annotated["Volunteer", strawberry.lazy("schema.volunteer")] | None = batch(
        resolvers.volunteer.of_contacts, personal=True
    )
    consent: VolunteerConsent | None = batch(
        resolvers.volunteer_consent.of_contacts, only=rules.SELF
    )
    body: str = field("What the organisation wrote.")
    created_at: datetime = field("When it was written.")
    answer: str | None = field("What the volunteer answered, if so.", recorded=VOLUNTEER)
    answered_at: datetime | None = field("When the volunteer answered, if so.", recorded=VOLUNTEER)


@strawberry.type(
    description="Somebody who agreed to be asked for volunteering by this organisation. "
    "Never told: street, telephone, e-mail."
)
class Volunteer:
    """Read off `models.VolunteerConsent`."""

    id: UUID = field("The id of the consent.")
    display_name: str | None = batch(resolvers.volunteer.display_names, recorded=VOLUNTEER)
    neighbourhood: Place | None = batch(resolvers.neighbourhood.of_rows)
    skills: list[Skill] = batch(resolvers.skill.of_rows, recorded=VOLUNTEER)
    since: datetime = made(resolvers.volunteer.since)
    expires_at: datetime = field("When the consent ends by itself.")
    contacts: Connection[VolunteerContact] = batch(resolvers.volunteer_contact.of_volunteers)
