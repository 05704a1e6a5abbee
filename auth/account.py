"""Accounts looked up by what a stranger may present: an e-mail address or an invitation code.

Nobody is signed in yet, so no rule can decide; these are the only reads that stand before one.
"""

from datetime import UTC, datetime

import models
from auth import secrets


async def credential_of(email: str) -> models.Credential | None:
    """The credential behind an e-mail address, in any case: one statement, found or not."""
    if not email.isprintable():
        return None
    return await models.Credential.get_or_none(resident__email=email.strip().lower())


async def redeem(code: str) -> models.InvitationCode | None:
    """Use up an invitation code within the caller's transaction.

    None for a code that is unknown, used, expired or revoked: the caller cannot tell which.
    """
    found = models.InvitationCode.filter(hash=secrets.digest_code(code))
    invitation = await found.select_for_update().get_or_none()
    now = datetime.now(UTC)
    if invitation is None or invitation.used_at or invitation.revoked_at:
        return None
    if invitation.expires_at <= now:
        return None
    invitation.used_at = now
    await invitation.save(update_fields=["used_at"])
    return invitation
