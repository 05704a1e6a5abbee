"""How tokens of an organisation are made: anew, or as the successor of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from typing_extensions import Doc

import models
from auth import secrets
from auth.scope import PARTNER, Scope
from auth.tokens import known
from auth.viewer import Office
from resolvers.api_token import WhichToken, managed_token
from resolvers.context import Context
from resolvers.office import managed
from resolvers.organisation import Which
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.text import checked_line
from resolvers.work import Work, perform

LIFETIME = timedelta(days=366)
NAME, MOST = 60, 50
WEEK = 168
SHOWN = 13  # letters of the secret by which it is recognised, the published prefix among them


@dataclass(frozen=True)
class NewToken:
    """A token with its secret in clear: the only moment it is."""

    secret: str
    token: models.ApiToken


async def create_token(
    context: Context,
    *,
    organisation_id: Which,
    name: Annotated[str, Doc("What it is for, 60 characters at most.")],
    scopes: Annotated[list[str], Doc("What it opens, such as `shares:read`; one at least.")],
    neighbourhood_ids: Annotated[
        list[UUID] | None, Doc("Only for these; left out: for all that are covered.")
    ] = None,
    expires_at: Annotated[datetime, Doc("When it ends by itself, 366 days from now at most.")],
) -> NewToken:
    """Make a token for a program. Its secret is shown this once and is not kept.

    It opens no more than its maker's rights, for the unit of its maker, and never makes tokens.
    """
    given = {
        "organisation_id": organisation_id,
        "name": checked_line(name, "name", NAME),
        "scopes": _checked_scopes(scopes),
        "neighbourhood_ids": _checked_places(neighbourhood_ids),
        "expires_at": _checked_end(expires_at),
    }
    answer = await perform(context, _create, given, None)
    assert isinstance(answer, NewToken)
    return answer


async def rotate_token(
    context: Context,
    *,
    token_id: WhichToken,
    overlap_hours: Annotated[int, Doc("For how long both open, 0 to 168 hours.")] = 24,
) -> NewToken:
    """Make the successor of a token, for as long as that was made for; it ends after the overlap.

    The successor opens what the token does, as far as its maker's rights go today.
    """
    if not 0 <= overlap_hours <= WEEK:
        raise Refusal(RefusalCode.INVALID, f"Choose 0 to {WEEK} hours.", "overlap_hours")
    given = {"token_id": token_id, "overlap": timedelta(hours=overlap_hours)}
    answer = await perform(context, _rotate, given, None)
    assert isinstance(answer, NewToken)
    return answer


async def _create(
    work: Work,
    *,
    organisation_id: UUID,
    name: str,
    scopes: frozenset[Scope],
    neighbourhood_ids: Sequence[UUID] | None,
    expires_at: datetime,
) -> NewToken:
    office = await managed(work, organisation_id)
    if not scopes <= office.scopes:
        raise forbidden("A token opens no more than its maker may.")
    if neighbourhood_ids is not None and not {*neighbourhood_ids} <= office.covers:
        raise not_found("neighbourhood")
    await _check_room(work, organisation_id, MOST)
    return await _issue(
        office,
        name=name,
        unit_id=office.unit_id,
        scopes=sorted(scopes),
        neighbourhood_ids=neighbourhood_ids,
        expires_at=expires_at,
    )


async def _rotate(work: Work, *, token_id: UUID, overlap: timedelta) -> NewToken:
    old, office = await managed_token(work, token_id)
    now = datetime.now(UTC)
    if old.revoked_at is not None or old.expires_at <= now:
        raise Refusal(RefusalCode.CONFLICT, "This token has ended.", "token_id")
    if await work.visible(models.ApiToken).filter(replaces_id=old.id).exists():
        raise Refusal(RefusalCode.CONFLICT, "This token was rotated already.", "token_id")
    await _check_room(work, old.organisation_id, 2 * MOST)
    limits = None if old.neighbourhood_ids is None else office.covers & {*old.neighbourhood_ids}
    successor = await _issue(
        office,
        name=old.name,
        unit_id=old.unit_id,
        scopes=sorted(known(old.scopes) & PARTNER & office.scopes),
        neighbourhood_ids=None if limits is None else sorted(limits),
        expires_at=now + min(old.expires_at - old.created_at, LIFETIME),
        replaces_id=old.id,
    )
    old.expires_at = min(old.expires_at, now + overlap)
    await old.save(update_fields=["expires_at"])
    work.recheck(old.id)
    return successor


async def _issue(office: Office, **given: Any) -> NewToken:
    secret = secrets.new_partner_token()
    token = await models.ApiToken.create(
        organisation_id=office.organisation_id,
        issued_by_id=office.staff_id,
        prefix=secret[:SHOWN],
        last_four=secret[-4:],
        hash=secrets.digest(secret),
        **given,
    )
    return NewToken(secret, token)


async def _check_room(work: Work, organisation_id: UUID, most: int) -> None:
    """At most so many tokens stand at once. The organisation is locked: no two count together."""
    standing = work.visible(models.ApiToken).filter(
        organisation_id=organisation_id, revoked_at=None, expires_at__gt=datetime.now(UTC)
    )
    if await standing.count() >= most:
        words = f"{most} tokens of the organisation stand; revoke one first."
        raise Refusal(RefusalCode.CONFLICT, words)


def _checked_scopes(scopes: Sequence[str]) -> frozenset[Scope]:
    """Raises `Refusal` INVALID for none at all, and for one that no token carries."""
    chosen = PARTNER & known(scopes)
    if not chosen or {*scopes} != {scope.value for scope in chosen}:
        words = f"Choose among {', '.join(sorted(PARTNER))}."
        raise Refusal(RefusalCode.INVALID, words, "scopes")
    return chosen


def _checked_end(expires_at: datetime) -> datetime:
    """The moment, in UTC where no zone is said. Raises `Refusal` INVALID."""
    moment = expires_at if expires_at.tzinfo else expires_at.replace(tzinfo=UTC)
    now = datetime.now(UTC)
    if not now < moment <= now + LIFETIME:
        words = f"Choose a moment in the next {LIFETIME.days} days."
        raise Refusal(RefusalCode.INVALID, words, "expires_at")
    return moment


def _checked_places(ids: Sequence[UUID] | None) -> list[UUID] | None:
    """Each once; raises `Refusal` INVALID for an empty list, which would open nothing."""
    if ids is not None and not ids:
        words = "Name one at least, or leave this out for all that are covered."
        raise Refusal(RefusalCode.INVALID, words, "neighbourhood_ids")
    return None if ids is None else sorted({*ids})
