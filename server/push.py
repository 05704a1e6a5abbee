"""Web push: ids for a browser, encrypted for it alone (RFC 8291), in our name (RFC 8292)."""

import time
from typing import Self
from uuid import UUID

import http_ece
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from auth import base64url
from resolvers import push_device
from resolvers.push_device import Push
from server.address import Gate, Place, Refused
from server.caller import Caller, Late, Unreached
from server.push_key import key_of

SECONDS = 10.0
LIFETIME = 12 * 60 * 60
GONE = frozenset({404, 410})


class PushFailed(Exception):
    """A push service did not take it for now."""


class Pusher:
    """Sends pushes; an async context manager, one a process. `contact` is a mailto: address."""

    def __init__(self, secret: bytes, gate: Gate, contact: str) -> None:
        self._vapid = Vapid02(key_of(secret))
        self._gate, self._contact = gate, contact
        self._caller = Caller(gate, SECONDS)

    async def __aenter__(self) -> Self:
        await self._caller.__aenter__()
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._caller.__aexit__(*failure)

    async def send(self, notification_id: UUID, device_id: UUID) -> bool:
        """Tell one device of one notification, if it still is to be told; gives whether it was.

        Raises `PushFailed` for what may go well later.
        """
        push = await push_device.open_push(notification_id, device_id)
        if push is None:
            return False
        status = await self._post(push)
        went = 200 <= status < 300
        await push_device.settle(push.device, went=went, is_gone=status in GONE)
        if not went and status not in GONE:
            raise PushFailed(str(status))
        return went

    async def _post(self, push: Push) -> int:
        """The status of one attempt; 0 when there was no answer, 410 for what may not be called."""
        try:
            place = self._gate.place(push.device.endpoint)
            return await self._caller.post(place, self._headers(place, push), encrypt(push))
        except Refused:
            return 410
        except (Late, Unreached):
            return 0

    def _headers(self, place: Place, push: Push) -> dict[bytes | str, bytes | str]:
        origin = f"{place.scheme}://{place.host}"
        claims = {"aud": origin, "sub": self._contact, "exp": int(time.time()) + LIFETIME}
        return {
            "TTL": str(LIFETIME),
            "Urgency": "normal",
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            # a push that waits still is replaced by its repeat
            "Topic": base64url.write(push.notification_id.bytes),
            "Authorization": self._vapid.sign(claims)["Authorization"],
        }


def encrypt(push: Push) -> bytes:
    """Why and which notification, as JSON, that only the browser reads."""
    told = orjson.dumps({"id": str(push.notification_id), "reason": push.reason.value})
    encrypted: bytes = http_ece.encrypt(
        told,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=base64url.read(push.device.public_key),
        auth_secret=base64url.read(push.device.auth_secret),
        version="aes128gcm",
    )
    return encrypted
