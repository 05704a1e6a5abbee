"""The consent to be asked for volunteering: given to one organisation, changed, and taken back."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from models.transaction import transaction
from realtime import outbox
from realtime.events import GrantEvent
from realtime.hub import Hub
from resolvers import grant, organisation, skill
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.relation import One, Onward
from resolvers.work import Work

USUAL, LONGEST = timedelta(days=365), timedelta(days=732)
AT_ONCE = 200

ConsentId = Annotated[UUID, Doc("Which consent.")]


of_residents = Onward(
    "Which organisations may ask the viewer for volunteering, or might once, newest first.",
    models.VolunteerConsent,
    "resident_id",
)


of_contacts = One("The consent it leans on.", models.VolunteerConsent, "consent_id")


async def consent_to_volunteering(
    work: Work,
    *,
    membership_id: skill.MembershipId,
    organisation_id: Annotated[UUID, Doc("Which organisation may ask; no other one may.")],
    skills: skill.Slugs,
    expires_at: Annotated[
        datetime | None, Doc("When it ends by itself: a year if not said, two years at most.")
    ] = None,
) -> models.VolunteerConsent:
    """Let one organisation ask the viewer for volunteering: it reads name, neighbourhood, skills.

    A consent that stands already is changed.
    """
    membership = await skill.member(work, membership_id)
    await organisation.check_covers(work.viewer, organisation_id, membership.neighbourhood_id)
    given = {
        "skills": await skill.checked_slugs(work, skills),
        "expires_at": _checked_end(expires_at),
    }
    consent = await _standing(work, membership, organisation_id)
    if consent is None:
        consent = await _give(membership, organisation_id, given)
    else:
        await _change(consent, given)
    work.announce(_told(consent))
    return consent


async def withdraw_volunteer_consent(
    work: Work, *, consent_id: ConsentId
) -> models.VolunteerConsent:
    """Take a consent back, at once; the organisation no longer sees what it wrote either."""
    consent = await work.find(models.VolunteerConsent, consent_id, "consent")
    if not rules.SELF.holds(work.viewer, consent):
        raise forbidden("Only who gave a consent takes it back.")
    if consent.revoked_at is None:
        await _end(work, consent)
    return consent


async def end_consents(work: Work, membership: models.Membership) -> None:
    """Whoever moves out is asked by nobody any more."""
    for consent in await _of_membership(work, membership):
        await _end(work, consent)


async def end_due(hub: Hub, now: datetime) -> int:
    """Tell of consents that have expired, at most `AT_ONCE`; gives how many.

    Nobody waits for this: an expired consent is hidden by its rule from that moment on.
    """
    expired = models.VolunteerConsent.filter(told_end=False, expires_at__lte=now)
    async with transaction():
        due = (
            await expired.order_by("expires_at").limit(AT_ONCE).select_for_update(skip_locked=True)
        )
        await models.VolunteerConsent.filter(id__in=[each.id for each in due]).update(told_end=True)
        bells = await outbox.announce_all(map(_told, due))
    await hub.ring(*bells)
    return len(due)


async def _of_membership(
    work: Work, membership: models.Membership
) -> list[models.VolunteerConsent]:
    """The consents of one's own membership that were not taken back, locked."""
    own = work.visible(models.VolunteerConsent).filter(membership_id=membership.id)
    return await own.filter(revoked_at__isnull=True).order_by("id").select_for_update()


async def _standing(
    work: Work, membership: models.Membership, organisation_id: UUID
) -> models.VolunteerConsent | None:
    """The consent that stands; one that has expired is closed, so that another may be given."""
    given = await _of_membership(work, membership)
    consent = next((c for c in given if c.organisation_id == organisation_id), None)
    if consent is None or rules.GRANTED.holds(work.viewer, consent):
        return consent
    await _end(work, consent)
    return None


async def _give(
    membership: models.Membership, organisation_id: UUID, given: dict[str, Any]
) -> models.VolunteerConsent:
    return await models.VolunteerConsent.create(
        neighbourhood_id=membership.neighbourhood_id,
        organisation_id=organisation_id,
        resident_id=membership.resident_id,
        membership_id=membership.id,
        **given,
    )


async def _change(consent: models.VolunteerConsent, given: dict[str, Any]) -> None:
    """What hangs on a consent ends when it does."""
    await consent.update_from_dict(given).save(update_fields=list(given))
    await models.VolunteerContact.filter(consent_id=consent.id).update(
        expires_at=consent.expires_at
    )


async def _end(work: Work, consent: models.VolunteerConsent) -> None:
    """The consent first, and then the contacts: one is written under the lock of its consent."""
    is_told, now = consent.told_end, datetime.now(UTC)
    consent.revoked_at, consent.told_end = now, True
    await consent.save(update_fields=["revoked_at", "told_end"])
    await models.VolunteerContact.filter(consent_id=consent.id).update(revoked_at=now)
    if not is_told:
        work.announce(_told(consent))


def _told(consent: models.VolunteerConsent) -> GrantEvent:
    """That a consent was given, changed, or has ended, to the organisation."""
    return grant.to_organisation(models.EventKind.VOLUNTEER_CHANGED, consent)


def _checked_end(expires_at: datetime | None) -> datetime:
    """When the consent ends. Raises `Refusal` INVALID for the past and for after two years."""
    now = datetime.now(UTC)
    end = now + USUAL if expires_at is None else expires_at
    if end.tzinfo is None or not now < end <= now + LONGEST:
        words = "Give a moment within two years from now, with its time zone."
        raise Refusal(RefusalCode.INVALID, words, "expires_at")
    return end
