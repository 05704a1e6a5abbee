"""The viewer's own account: e-mail, phone, language, password."""

import re
from datetime import UTC, datetime
from typing import Annotated

from typing_extensions import Doc

import models
from auth import passwords, session
from auth.visibility import visible
from resolvers import age
from resolvers.context import Context
from resolvers.password import check_password
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.registration import NewPassword, checked_password
from resolvers.relation import row_of
from resolvers.work import Work, perform

PHONE = re.compile(r"\+?[0-9][0-9 ./()-]{5,28}")


@row_of(models.Resident)
async def viewer(context: Context) -> models.Resident | None:
    """The account of whoever asks; null when signed out."""
    return await visible(models.Resident, context.viewer).get_or_none(id__in=context.viewer.myself)


async def update_account(
    work: Work,
    *,
    phone: Annotated[
        str | None, Doc("A phone number; empty removes it. No neighbour sees it.")
    ] = None,
    language: Annotated[models.Language | None, Doc("The language to be written to in.")] = None,
    age_band: Annotated[
        models.AgeBand | None, Doc("Whether of age: asked for neighbourly help, and shown to none.")
    ] = None,
) -> models.Resident:
    """Change the viewer's own account."""
    resident = await _account(work)
    if phone is not None:
        if phone.strip() and not PHONE.fullmatch(phone.strip()):
            raise Refusal(RefusalCode.INVALID, "This is no phone number.", "phone")
        resident.phone = phone.strip() or None
    if language is not None:
        resident.language = language
    if age_band is not None:
        await age.say_age_band(work, resident, age_band)
    await resident.save(update_fields=["phone", "language", "age_band"])
    return resident


async def change_password(
    context: Context,
    *,
    current_password: Annotated[str, Doc("The password as it is now.")],
    new_password: NewPassword,
) -> models.Resident:
    """Choose another password; every other session of the viewer ends at once."""
    await check_password(context, current_password, "current_password")
    hash = await passwords.hash_password(checked_password(new_password, "new_password"))
    resident = await perform(context, _change_password, {"password_hash": hash}, None)
    assert isinstance(resident, models.Resident)
    return resident


async def _change_password(work: Work, *, password_hash: str) -> models.Resident:
    resident = await _account(work)
    assert work.viewer.session_id is not None
    await models.Credential.filter(resident_id=resident.id).update(
        password_hash=password_hash, changed_at=datetime.now(UTC)
    )
    await session.end_others(resident.id, work.viewer.session_id)
    work.recheck(resident.id)
    return resident


async def _account(work: Work) -> models.Resident:
    found = work.visible(models.Resident).select_for_update()
    resident = await found.get_or_none(id__in=work.viewer.myself)
    if resident is None:
        raise not_found("account")
    return resident
