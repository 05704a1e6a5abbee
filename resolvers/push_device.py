"""Devices that take web push: registered by their owner, told of ids and never of words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import base64url, secrets
from resolvers.context import Context
from resolvers.outside import Outside
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.relation import Onward
from resolvers.work import Work, perform

MOST, LONGEST = 10, 1_000
KEY_BYTES, SECRET_BYTES = 65, 16
MOST_FAILURES = 10


@dataclass(frozen=True)
class Push:
    """A notification on its way to a device."""

    notification_id: UUID
    reason: models.Reason
    device: models.PushDevice


of_residents = Onward(
    "The devices of the person that take web push, newest first.", models.PushDevice, "resident_id"
)


async def push_keys(residents: Sequence[models.Resident], context: Context) -> list[str | None]:
    """The key to give to `PushManager.subscribe`; null where this server sends no web push."""
    key = None if context.outside is None else context.outside.push_key
    return [key for _ in residents]


async def register_push_device(
    context: Context,
    *,
    endpoint: Annotated[str, Doc("The `endpoint` of the browser's `PushSubscription`.")],
    p256dh: Annotated[str, Doc("Its key `p256dh`, in base64url.")],
    auth: Annotated[str, Doc("Its key `auth`, in base64url.")],
) -> models.PushDevice:
    """Have a browser told at once of what its owner wants to know at once; at most 10 a person.

    What is sent says why and the id of the notification, encrypted for that browser alone.
    """
    outside = _outside(context)
    if len(endpoint) > LONGEST:
        raise Refusal(RefusalCode.TOO_LONG, f"Write at most {LONGEST} characters.", "endpoint")
    try:
        await outside.check(endpoint)
    except ValueError as error:
        raise Refusal(RefusalCode.INVALID, str(error), "endpoint") from None
    given = {
        "endpoint": endpoint,
        "public_key": _key(p256dh, "p256dh", KEY_BYTES),
        "auth_secret": _key(auth, "auth", SECRET_BYTES),
    }
    given["client"] = context.client
    made: models.PushDevice = await perform(context, _register, given, None)
    return made


async def remove_push_device(
    work: Work, *, device_id: Annotated[UUID, Doc("Which device.")]
) -> models.PushDevice:
    """Tell a device no more, at once."""
    device = await work.find(models.PushDevice, device_id, "device")
    await device.delete()
    return device


async def open_push(notification_id: UUID, device_id: UUID) -> Push | None:
    """What to send, if it was not read and the device still takes it."""
    device = await models.PushDevice.get_or_none(id=device_id)
    note = await models.Notification.get_or_none(id=notification_id, read_at=None)
    if device is None or note is None or device.resident_id != note.resident_id:
        return None
    return Push(note.id, note.reason, device)


async def settle(device: models.PushDevice, *, went: bool, is_gone: bool) -> None:
    """Write down what came of it: a device that is gone, or fails too often, is removed."""
    rows = models.PushDevice.filter(id=device.id)
    failures = 0 if went else device.failure_count + 1
    if is_gone or failures >= MOST_FAILURES:
        await rows.delete()
    elif failures != device.failure_count:
        await rows.update(failure_count=failures)


async def _register(
    work: Work, *, endpoint: str, public_key: str, auth_secret: str, client: str
) -> models.PushDevice:
    """The device of this address from now on, whoever had it before."""
    account = await work.visible(models.Resident).get()
    hash = secrets.digest(endpoint)
    await models.PushDevice.filter(hash=hash).delete()
    if await work.visible(models.PushDevice).count() >= MOST:
        raise Refusal(RefusalCode.CONFLICT, f"{MOST} devices take push; remove one of them first.")
    return await models.PushDevice.create(
        resident_id=account.id,
        client=client[:200],
        hash=hash,
        endpoint=endpoint,
        public_key=public_key,
        auth_secret=auth_secret,
    )


def _outside(context: Context) -> Outside:
    if context.outside is None or context.outside.push_key is None:
        raise not_found("web push on this server")
    return context.outside


def _key(given: str, field: str, size: int) -> str:
    """A key in base64url without padding. Raises `Refusal` INVALID."""
    try:
        raw = base64url.read(given.rstrip("="))
    except ValueError:
        raw = b""
    if len(raw) != size:
        raise Refusal(RefusalCode.INVALID, f"This is no key of {size} bytes.", field)
    return base64url.write(raw)
