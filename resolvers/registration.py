"""How a resident comes in: by the code of a letter, or by the invitation of a housemate."""

import re
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import account, passwords, session
from resolvers.context import Context
from resolvers.membership import DISPLAY_NAME, enter_household
from resolvers.moderation_decision import was_removed
from resolvers.refusal import Refusal, RefusalCode
from resolvers.text import checked_line
from resolvers.work import Work, perform

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
PASSWORD_LEAST, PASSWORD_MOST = 10, 200

Code = Annotated[str, Doc("The code of the letter, or of a housemate's invitation.")]
DisplayName = Annotated[str, Doc("The name neighbours will read, at most 60 characters.")]
NewPassword = Annotated[str, Doc("The password, 10 to 200 characters.")]


async def register(
    context: Context,
    *,
    code: Code,
    email: Annotated[str, Doc("The e-mail address to sign in with; no neighbour sees it.")],
    password: NewPassword,
    display_name: DisplayName,
    language: Annotated[
        models.Language, Doc("The language to be written to in.")
    ] = models.Language.NL,
) -> session.Tokens:
    """Make an account with an invitation code, and sign in.

    A code that is unknown, expired, used or revoked, and an address that has an account, get the
    same answer after the same work.
    """
    given = {
        "code": code,
        "email": checked_email(email),
        "password_hash": await passwords.hash_password(checked_password(password)),
        "display_name": checked_line(display_name, "display_name", DISPLAY_NAME),
        "language": language,
    }
    try:
        answer = await perform(context, _register, given, None)
    except Refusal as refusal:
        raise refused() from refusal
    assert isinstance(answer, session.Tokens)
    return answer


async def join_neighbourhood(
    work: Work, *, code: Code, display_name: DisplayName
) -> models.Membership:
    """Become a member of one more neighbourhood with an invitation code."""
    assert work.viewer.resident_id is not None
    name = checked_line(display_name, "display_name", DISPLAY_NAME)
    invitation = await account.redeem(code)
    if invitation is None or not await _may_join(work, invitation.neighbourhood_id):
        words = "This code opens nothing for you."
        raise Refusal(RefusalCode.INVITATION_REFUSED, words, "code")
    work.recheck(work.viewer.resident_id)
    return await _settle(invitation, work.viewer.resident_id, name)


def checked_email(email: str) -> str:
    """The address in lower case. Raises `Refusal` INVALID."""
    clean = email.strip().lower()
    if len(clean) > 254 or not clean.isprintable() or not EMAIL.fullmatch(clean):
        raise Refusal(RefusalCode.INVALID, "This is no e-mail address.", "email")
    return clean


def checked_password(password: str, field: str = "password") -> str:
    """The password as it is. Raises `Refusal` INVALID for one too short or too long."""
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST:
        words = f"Choose {PASSWORD_LEAST} to {PASSWORD_MOST} characters."
        raise Refusal(RefusalCode.INVALID, words, field)
    return password


async def _register(
    work: Work,
    *,
    code: str,
    email: str,
    password_hash: str,
    display_name: str,
    language: models.Language,
) -> session.Tokens:
    invitation = await account.redeem(code)
    if invitation is None:
        raise refused()
    resident_id = await open_account(email, password_hash, language)
    await _settle(invitation, resident_id, display_name)
    return await session.open_session(resident_id, work.client)


async def open_account(email: str, password_hash: str, language: models.Language) -> UUID:
    """A new account with its credential and its stream, within the caller's transaction."""
    resident = await models.Resident.create(email=email, language=language)
    await models.Credential.create(
        resident_id=resident.id, password_hash=password_hash, changed_at=datetime.now(UTC)
    )
    await models.Stream.create(id=resident.id, kind=models.StreamKind.RESIDENT)
    return resident.id


async def _settle(
    invitation: models.InvitationCode, resident_id: UUID, display_name: str
) -> models.Membership:
    """Give the resident a verified membership behind the invited door."""
    household = await enter_household(invitation.household_id)
    membership = await _waiting(household.neighbourhood_id, resident_id)
    membership.household_id, membership.street = household.id, household.street
    membership.display_name = display_name
    membership.state = models.MembershipState.ACTIVE
    membership.verification = models.Verification(invitation.kind.value)
    membership.verified_at = datetime.now(UTC)
    await membership.save()
    return membership


async def _may_join(work: Work, neighbourhood_id: UUID) -> bool:
    """Whether the viewer is not there yet, and was not sent away by the moderators."""
    [resident_id] = work.viewer.myself
    is_there = work.viewer.standing_in(neighbourhood_id) is not None
    return not (is_there or await was_removed(resident_id, neighbourhood_id))


async def _waiting(neighbourhood_id: UUID, resident_id: UUID) -> models.Membership:
    """The membership that waits to be verified there, or a new one."""
    place = {"neighbourhood_id": neighbourhood_id, "resident_id": resident_id}
    waiting = models.Membership.filter(**place, state=models.MembershipState.PENDING)
    return await waiting.get_or_none() or models.Membership(**place)


def refused() -> Refusal:
    """The one answer to a code, or an address with it, that opens nothing."""
    words = "This code cannot be used, or not with this e-mail address."
    return Refusal(RefusalCode.REGISTRATION_REFUSED, words)
