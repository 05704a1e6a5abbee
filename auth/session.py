"""Sessions: a family of opaque tokens, opened at sign-in, rotated, revoked as a whole."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import models
from auth import secrets
from models.forgetting import forget
from models.transaction import transaction

ACCESS_LIFETIME = timedelta(minutes=10)
REFRESH_LIFETIME = timedelta(days=30)
SESSION_LIFETIME = timedelta(days=180)
GRACE = timedelta(seconds=10)
MOST_SESSIONS = 50


@dataclass(frozen=True)
class Tokens:
    """A pair of tokens in clear: the only moment they are."""

    session_id: UUID
    resident_id: UUID
    access: str
    refresh: str
    access_expires_at: datetime


@dataclass(frozen=True)
class Rotation:
    """The outcome of a refresh: new tokens, or whose session ended because a token came twice."""

    tokens: Tokens | None = None
    ended_resident_id: UUID | None = None


async def open_session(
    resident_id: UUID, client: str, *, access_lifetime: timedelta = ACCESS_LIFETIME
) -> Tokens:
    """Open a session within the caller's transaction; `client` is what its owner will read."""
    now = datetime.now(UTC)
    await _end_surplus(resident_id)
    session = await models.Session.create(
        resident_id=resident_id,
        client=client[:200],
        last_used_at=now,
        expires_at=now + SESSION_LIFETIME,
    )
    return await _issue(session, now, access_lifetime)


async def rotate(refresh_token: str) -> Rotation:
    """Exchange a refresh token for a new pair.

    A token used before ends its whole session, unless the first use is under ten seconds old: then
    its answer was probably lost on the way, and a new pair is given.
    """
    now = datetime.now(UTC)
    hash = secrets.digest(refresh_token)
    async with transaction():
        token = await models.SessionToken.get_or_none(hash=hash, kind=models.TokenKind.REFRESH)
        if token is None:
            return Rotation()
        session = await models.Session.select_for_update().get(id=token.session_id)
        await token.refresh_from_db()
        if session.revoked_at or min(token.expires_at, session.expires_at) <= now:
            return Rotation()
        if token.used_at and now - token.used_at > GRACE:
            await end(session.id)
            return Rotation(ended_resident_id=session.resident_id)
        return Rotation(tokens=await _renew(session, token, now))


async def end(session_id: UUID) -> None:
    """Revoke one session; its tokens open nothing from now on."""
    await models.Session.filter(id=session_id, revoked_at=None).update(revoked_at=datetime.now(UTC))


async def end_others(resident_id: UUID, kept_session_id: UUID) -> None:
    """Revoke every session of a resident but one."""
    others = models.Session.filter(resident_id=resident_id, revoked_at=None)
    await others.exclude(id=kept_session_id).update(revoked_at=datetime.now(UTC))


async def forget_tokens(expired_before: datetime, *, limit: int) -> int:
    """Forget the tokens that expired before a moment, at most `limit`; gives how many."""
    return await forget(models.SessionToken, "expires_at", expired_before, limit=limit)


async def _end_surplus(resident_id: UUID) -> None:
    """Make room for one session more: the oldest end."""
    standing = models.Session.filter(resident_id=resident_id, revoked_at=None).order_by("-id")
    surplus = await standing.offset(MOST_SESSIONS - 1).limit(MOST_SESSIONS).values_list("id")
    for (session_id,) in surplus:
        await end(session_id)


async def _renew(session: models.Session, used: models.SessionToken, now: datetime) -> Tokens:
    used.used_at = used.used_at or now
    await used.save(update_fields=["used_at"])
    session.last_used_at = now
    await session.save(update_fields=["last_used_at"])
    await models.SessionToken.filter(session_id=session.id, expires_at__lt=now).delete()
    return await _issue(session, now, ACCESS_LIFETIME)


async def _issue(session: models.Session, now: datetime, access_lifetime: timedelta) -> Tokens:
    access, refresh = secrets.new_token("nba"), secrets.new_token("nbr")
    lifetimes = (
        (models.TokenKind.ACCESS, access, access_lifetime),
        (models.TokenKind.REFRESH, refresh, REFRESH_LIFETIME),
    )
    await models.SessionToken.bulk_create(
        models.SessionToken(
            session_id=session.id, kind=kind, hash=secrets.digest(token), expires_at=now + lifetime
        )
        for kind, token, lifetime in lifetimes
    )
    return Tokens(session.id, session.resident_id, access, refresh, now + access_lifetime)
