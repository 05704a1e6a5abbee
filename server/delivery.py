"""Sending: what is due to a webhook leaves, signed, to an address that was checked just now."""

import asyncio
import hashlib
import hmac
from collections import defaultdict
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

from resolvers import parcel, webhook, webhook_delivery
from resolvers.parcel import Outcome, Parcel
from resolvers.patience import Patience
from server.address import Gate, Refused
from server.caller import AT_ONCE, Caller, Late, Unreached

AGENT = "Noaber-Webhook/1"
ATTEMPT_SECONDS = 10.0
ROUND_SECONDS = 5.0  # after which a receiver that is slow lets the next round begin
AT_ONCE_OF_ONE = 3


class Courier:
    """Collects and sends what there is to tell; an async context manager, one a process."""

    def __init__(
        self,
        signing_key: bytes,
        gate: Gate,
        patience: Patience = Patience(),  # noqa: B008 — it never changes
        attempt_seconds: float = ATTEMPT_SECONDS,
    ) -> None:
        self._key, self._gate, self._patience = signing_key, gate, patience
        self._all = asyncio.Semaphore(AT_ONCE)
        self._caller = Caller(gate, attempt_seconds)

    async def __aenter__(self) -> Self:
        await self._caller.__aenter__()
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._caller.__aexit__(*failure)

    async def collect(self, now: datetime) -> int:
        """Make the deliveries of what has happened; gives how many."""
        return await webhook_delivery.collect(self._patience, now)

    async def deliver(self, now: datetime) -> int:
        """Send what is due, in the order of the stream for each webhook; gives how many arrived.

        A failure of one webhook holds up no other. Raises the first error that is not a receiver's.
        """
        of_one: dict[UUID, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(AT_ONCE_OF_ONE)
        )
        served = await asyncio.gather(
            *(self._serve(each, of_one[whose]) for each, whose in await parcel.due(now)),
            return_exceptions=True,
        )
        for each in served:
            if isinstance(each, BaseException):
                raise each
        return sum(each for each in served if isinstance(each, int))

    async def _serve(self, webhook_id: UUID, of_one: asyncio.Semaphore) -> int:
        """Send what is due to one webhook, until one fails or the round has lasted enough."""
        arrived = 0
        async with of_one, self._all:
            end = asyncio.get_running_loop().time() + ROUND_SECONDS
            while asyncio.get_running_loop().time() < end:
                sent = await parcel.pick(webhook_id, datetime.now(UTC))
                if sent is None:
                    break
                outcome = await self._post(sent)
                await parcel.settle(sent, outcome, self._patience, datetime.now(UTC))
                if not outcome.is_delivered:
                    break
                arrived += 1
        return arrived

    async def _post(self, sent: Parcel) -> Outcome:
        """One attempt. What the receiver says beyond its status is not read."""
        try:
            place = self._gate.place(sent.webhook.url)
            return Outcome(await self._caller.post(place, self._headers(sent), sent.body))
        except Refused as refused:
            return Outcome(error=str(refused))
        except Late:
            return Outcome(error="It did not answer in time.")
        except Unreached:
            return Outcome(error="It could not be reached.")

    def _headers(self, sent: Parcel) -> dict[bytes | str, bytes | str]:
        secret = webhook.secret_of(self._key, sent.webhook)
        moment = int(datetime.now(UTC).timestamp())
        return {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "Noaber-Delivery": str(sent.delivery.id),
            "Noaber-Signature": f"t={moment},v1={sign(secret, moment, sent.body)}",
        }


def sign(secret: str, moment: int, body: bytes) -> str:
    """HMAC-SHA256 in hex, by the secret as it was shown, of `moment.body`."""
    signed = f"{moment}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
