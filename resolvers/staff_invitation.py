"""How somebody comes to work for an organisation: by a code that is shown once and used once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import passwords, secrets, session
from resolvers import office, organisation, registration, staff, unit
from resolvers.context import Context
from resolvers.refusal import Refusal, RefusalCode
from resolvers.text import checked_line
from resolvers.work import Work, perform

LIFETIME = timedelta(days=14)
NAME, MOST_STAFF = 60, 500

Code = Annotated[str, Doc("The code that a manager of the organisation gave.")]


@dataclass(frozen=True)
class NewStaff:
    """An invitation with its code in clear: the only moment it is."""

    code: str
    staff: models.Staff


async def invite_staff(
    context: Context,
    *,
    organisation_id: organisation.Which,
    name: Annotated[
        str,
        Doc(
            "The name by which colleagues, and members of a neighbourhood, "
            "will know the person, 60 at most."
        ),
    ],
    role: staff.Role,
    unit_id: staff.ForUnit = None,
) -> NewStaff:
    """Make a code by which one more person comes to work for the organisation, within 14 days."""
    given = {
        "organisation_id": organisation_id,
        "name": checked_line(name, "name", NAME),
        "role": role,
        "unit_id": unit_id,
    }
    answer = await perform(context, _invite, given, None)
    assert isinstance(answer, NewStaff)
    return answer


async def join_organisation(work: Work, *, code: Code) -> models.Staff:
    """Take up an invitation to work for an organisation. Moderators of a neighbourhood may not."""
    assert work.viewer.resident_id is not None
    # one at a time for each account: what is counted below stays true
    await (
        work.visible(models.Resident).select_for_update(no_key=True).get(id=work.viewer.resident_id)
    )
    invited = await _redeem(code)
    if invited is None:
        words = "This code opens nothing for you."
        raise Refusal(RefusalCode.INVITATION_REFUSED, words, "code")
    await _check_free(work, invited)
    work.recheck(work.viewer.resident_id)
    return await _take_up(invited, work.viewer.resident_id)


async def register_staff(
    context: Context,
    *,
    code: Code,
    email: Annotated[str, Doc("The e-mail address to sign in with.")],
    password: registration.NewPassword,
    language: Annotated[
        models.Language, Doc("The language to be written to in.")
    ] = models.Language.NL,
) -> session.Tokens:
    """Make an account for somebody who works for an organisation and lives in no neighbourhood.

    A code that opens nothing, and an address that has an account, get the same answer after the
    same work.
    """
    given = {
        "code": code,
        "email": registration.checked_email(email),
        "password_hash": await passwords.hash_password(registration.checked_password(password)),
        "language": language,
    }
    try:
        answer = await perform(context, _register, given, None)
    except Refusal as refusal:
        raise registration.refused() from refusal
    assert isinstance(answer, session.Tokens)
    return answer


async def _invite(
    work: Work, *, organisation_id: UUID, name: str, role: models.StaffRole, unit_id: UUID | None
) -> NewStaff:
    office.check_reach(await office.managed(work, organisation_id), unit_id)
    await unit.check(work, organisation_id, unit_id)
    standing = work.visible(models.Staff).filter(organisation_id=organisation_id, ended_at=None)
    if await standing.count() >= MOST_STAFF:
        words = f"{MOST_STAFF} people work there or are invited: end somebody's work first."
        raise Refusal(RefusalCode.CONFLICT, words)
    return await invited(organisation_id, name, role, unit_id)


async def invited(
    organisation_id: UUID, name: str, role: models.StaffRole, unit_id: UUID | None = None
) -> NewStaff:
    """Somebody who may come to work there by a code, within the caller's transaction."""
    code = secrets.new_code()
    row = await models.Staff.create(
        organisation_id=organisation_id,
        unit_id=unit_id,
        role=role,
        name=name,
        invitation_hash=secrets.digest_code(code),
        invitation_expires_at=datetime.now(UTC) + LIFETIME,
    )
    return NewStaff(code, row)


async def _register(
    work: Work, *, code: str, email: str, password_hash: str, language: models.Language
) -> session.Tokens:
    invited = await _redeem(code)
    if invited is None:
        raise registration.refused()
    resident_id = await registration.open_account(email, password_hash, language)
    await _take_up(invited, resident_id)
    return await session.open_session(resident_id, work.client)


async def _redeem(code: str) -> models.Staff | None:
    """The invitation behind a code, locked; None for one unknown, used, ended or expired."""
    found = models.Staff.filter(invitation_hash=secrets.digest_code(code), ended_at=None)
    now = datetime.now(UTC)
    return await found.filter(invitation_expires_at__gt=now).select_for_update().get_or_none()


async def _check_free(work: Work, invited: models.Staff) -> None:
    """Raises `Refusal` CONFLICT for who works there already, in too many places, or moderates."""
    if work.viewer.moderates:
        words = "Who moderates a neighbourhood does not work for an organisation as well."
        raise Refusal(RefusalCode.CONFLICT, words)
    mine = work.visible(models.Staff).filter(
        resident_id=work.viewer.resident_id, ended_at__isnull=True
    )
    where = await mine.values_list("organisation_id", flat=True)
    if invited.organisation_id in where:
        raise Refusal(RefusalCode.CONFLICT, "You work for this organisation already.", "code")
    if len(where) >= office.MOST:
        raise Refusal(RefusalCode.CONFLICT, f"One works for {office.MOST} organisations at most.")


async def _take_up(invited: models.Staff, resident_id: UUID) -> models.Staff:
    invited.resident_id = resident_id
    invited.invitation_hash = invited.invitation_expires_at = None
    await invited.save(update_fields=["resident_id", "invitation_hash", "invitation_expires_at"])
    return invited
