"""Signing in and out, and the sessions of the viewer."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import account, passwords, session
from auth.visibility import visible
from models.transaction import transaction
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.refusal import Refusal, RefusalCode
from resolvers.work import Work

Tokens = session.Tokens


async def of_residents(
    residents: Sequence[models.Resident],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.Session]]:
    """The devices that are signed in, newest first."""
    rows = visible(models.Session, context.viewer).filter(revoked_at__isnull=True)
    return await pages_of(rows, Window(first, after), "resident_id", [r.id for r in residents])


async def log_in(
    context: Context,
    *,
    email: Annotated[str, Doc("The e-mail address of the account.")],
    password: Annotated[str, Doc("The password.")],
) -> Tokens:
    """Sign in. An unknown address and a wrong password get the same answer in the same time."""
    credential = await account.credential_of(email)
    stored = None if credential is None else credential.password_hash
    if not await passwords.verify(password, stored) or credential is None:
        words = "This e-mail address and password do not belong together."
        raise Refusal(RefusalCode.LOGIN_REFUSED, words)
    async with transaction():
        return await session.open_session(credential.resident_id, context.client)


async def refresh_session(
    context: Context, *, refresh_token: Annotated[str, Doc("The refresh token, used once.")]
) -> Tokens:
    """Exchange a refresh token for a new pair; a token that comes twice ends its session."""
    rotation = await session.rotate(refresh_token)
    if rotation.ended_resident_id is not None:
        await context.hub.recheck(rotation.ended_resident_id)
    if rotation.tokens is None:
        raise Refusal(RefusalCode.SESSION_ENDED, "Sign in again.", "refresh_token")
    return rotation.tokens


async def revoke_session(
    work: Work, *, session_id: Annotated[UUID, Doc("Which session of the viewer.")]
) -> models.Session:
    """End one of the viewer's sessions, at once and on its open sockets too."""
    found = await work.find(models.Session, session_id, "session")
    await session.end(found.id)
    work.recheck(found.resident_id)
    return found


async def log_out(work: Work) -> models.Session:
    """End the session that asks."""
    assert work.viewer.session_id is not None
    return await revoke_session(work, session_id=work.viewer.session_id)
