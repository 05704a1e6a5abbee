"""Invitations to one's own household: shown once, single use, expiring, revocable."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import secrets
from resolvers.context import Context
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.relation import Onward
from resolvers.work import Work, perform

LIFETIME = timedelta(days=14)
OPEN_AT_ONCE = 5


@dataclass(frozen=True)
class NewInvitation:
    """An invitation with its code in clear: the only moment it is."""

    code: str
    invitation: models.InvitationCode


of_memberships = Onward(
    "The invitations to the household that the member made, newest first.",
    models.InvitationCode,
    "issued_by_id",
)


async def invite_housemate(
    context: Context, *, membership_id: Annotated[UUID, Doc("The membership that invites.")]
) -> NewInvitation:
    """Make a code by which one more resident joins the viewer's household, within 14 days."""
    answer = await perform(context, _invite, {"membership_id": membership_id}, None)
    assert isinstance(answer, NewInvitation)
    return answer


async def _invite(work: Work, *, membership_id: UUID) -> NewInvitation:
    issuer = await work.find(models.Membership, membership_id, "membership")
    if issuer.id not in work.viewer.membership_ids or issuer.household_id is None:
        raise forbidden("Only those who live there invite to a household.")
    await _within_bounds(issuer)
    code = secrets.new_code()
    invitation = await models.InvitationCode.create(
        neighbourhood_id=issuer.neighbourhood_id,
        household_id=issuer.household_id,
        kind=models.InvitationKind.HOUSEHOLD,
        hash=secrets.digest_code(code),
        issued_by_id=issuer.id,
        expires_at=datetime.now(UTC) + LIFETIME,
    )
    return NewInvitation(code, invitation)


async def revoke_invitation(
    work: Work, *, invitation_id: Annotated[UUID, Doc("Which invitation.")]
) -> models.InvitationCode:
    """Take back an invitation that was not used."""
    invitation = await work.find(models.InvitationCode, invitation_id, "invitation")
    if invitation.used_at is not None:
        raise Refusal(RefusalCode.CONFLICT, "This invitation was used.", "invitation_id")
    invitation.revoked_at = invitation.revoked_at or datetime.now(UTC)
    await invitation.save(update_fields=["revoked_at"])
    return invitation


async def _within_bounds(issuer: models.Membership) -> None:
    """At most five codes lie open at once. The issuer's row is locked, so no two count together."""
    lying_open = models.InvitationCode.filter(
        issued_by_id=issuer.id, used_at=None, revoked_at=None, expires_at__gt=datetime.now(UTC)
    )
    if await lying_open.count() >= OPEN_AT_ONCE:
        words = f"{OPEN_AT_ONCE} invitations lie open; revoke one first."
        raise Refusal(RefusalCode.CONFLICT, words)
