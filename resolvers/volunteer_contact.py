"""Contact with volunteers through the platform: an organisation asks, and the volunteer answers."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.scope import Scope
from resolvers import grant, volunteer
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.relation import Onward
from resolvers.text import checked
from resolvers.work import Work

BODY = 4_000
UNANSWERED = 3

Words = Annotated[str, Doc("The words, at most 4,000 characters.")]


of_volunteers = Onward(
    "What the organisation wrote to the volunteer, newest first.",
    models.VolunteerContact,
    "consent_id",
)


of_residents = Onward(
    "What organisations asked the viewer, newest first.", models.VolunteerContact, "resident_id"
)


async def contact_volunteer(
    work: Work, *, volunteer_id: Annotated[UUID, Doc("Which volunteer.")], body: Words
) -> models.VolunteerContact:
    """Write to a volunteer through the platform; whoever writes must be able to see them too."""
    consent = await work.find(models.VolunteerConsent, volunteer_id, "volunteer")
    if not volunteer.HELD.holds(work.viewer, consent):
        raise not_found("volunteer")
    office = work.office(consent.organisation_id, Scope.VOLUNTEERS_CONTACT)
    words = checked(body, "body", BODY)
    await _within_bounds(work, consent)
    contact = await models.VolunteerContact.create(
        **consent.hanging(),
        consent_id=consent.id,
        staff_id=office.staff_id,
        body=words,
    )
    work.announce(grant.to_resident(models.EventKind.CONTACT_CHANGED, contact))
    return contact


async def answer_contact(
    work: Work, *, contact_id: Annotated[UUID, Doc("Which contact.")], answer: Words
) -> models.VolunteerContact:
    """Answer, once, an organisation that asked the viewer."""
    contact = await work.find(models.VolunteerContact, contact_id, "contact")
    if not rules.SELF.holds(work.viewer, contact):
        raise forbidden("Only the volunteer answers.")
    if contact.answered_at is not None:
        raise Refusal(RefusalCode.CONFLICT, "This was answered already.", "contact_id")
    if not rules.GRANTED.holds(work.viewer, contact):
        words = "The consent has ended: the organisation would not read it."
        raise Refusal(RefusalCode.CONFLICT, words, "contact_id")
    contact.answer, contact.answered_at = checked(answer, "answer", BODY), datetime.now(UTC)
    await contact.save(update_fields=["answer", "answered_at"])
    kind = models.EventKind.CONTACT_CHANGED
    work.announce(grant.to_organisation(kind, contact))
    return contact


async def _within_bounds(work: Work, consent: models.VolunteerConsent) -> None:
    """Nobody is pressed. The consent is locked, so no two count together."""
    waiting = work.visible(models.VolunteerContact).filter(
        consent_id=consent.id, answered_at__isnull=True
    )
    if await waiting.count() >= UNANSWERED:
        words = f"{UNANSWERED} messages wait for an answer."
        raise Refusal(RefusalCode.CONFLICT, words, "volunteer_id")
