"""The password of the account, asked again before what cannot be taken back."""

from typing import Annotated

from typing_extensions import Doc

import models
from auth import passwords
from resolvers.context import Context
from resolvers.refusal import Refusal, RefusalCode

Password = Annotated[str, Doc("The password of the account.")]


async def check_password(context: Context, password: str, field: str = "password") -> None:
    """Raises `Refusal` LOGIN_REFUSED for a password that is not the viewer's."""
    mine = models.Credential.filter(resident_id__in=context.viewer.myself)
    credential = await mine.get_or_none()
    if not await passwords.verify(password, credential.password_hash if credential else None):
        words = "This is not the password of this account."
        raise Refusal(RefusalCode.LOGIN_REFUSED, words, field)
