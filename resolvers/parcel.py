"""A delivery on its way: picked, checked once more, and what came of the attempt."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from tortoise.queryset import QuerySet

import models
from auth import office
from auth.viewer import Viewer
from auth.visibility import visible
from models.database import connection
from models.transaction import transaction
from resolvers import grant_event
from resolvers.patience import Patience

# longer than an attempt may take: a process that dies with a parcel leaves it to the next
LEASE = timedelta(seconds=30)
DUE_AT_ONCE, LOOKED_AT_ONCE = 200, 50

DUE = """
select distinct w.id, w.organisation_id from webhook w
join webhook_delivery d on d.webhook_id = w.id
where d.state = 'PENDING' and d.next_attempt_at <= $1
  and w.removed_at is null and w.paused_at is null
limit $2
"""


@dataclass(frozen=True)
class Parcel:
    """One delivery, ready to be sent: `body` is JSON, ids and no words."""

    delivery: models.WebhookDelivery
    webhook: models.Webhook
    body: bytes


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: the status of the answer, or why there is none."""

    status: int | None = None
    error: str | None = None

    @property
    def is_delivered(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def words(self) -> str | None:
        """What went wrong, in a sentence of ours."""
        if self.is_delivered:
            return None
        return self.error or f"It answered {self.status}."


async def due(now: datetime) -> list[tuple[UUID, UUID]]:
    """The webhooks that something is due for, each with its organisation."""
    rows = await connection().execute_query_dict(DUE, [now, DUE_AT_ONCE])
    return [(row["id"], row["organisation_id"]) for row in rows]


async def pick(webhook_id: UUID, now: datetime) -> Parcel | None:
    """The first delivery that is due and may still be told; nobody else picks it for a while.

    What may not be told any more is withdrawn; a webhook whose maker's rights ended is paused.
    """
    async with transaction():
        viewer = await office.viewer_of(webhook_id)
        if viewer is None:
            await pause(webhook_id, now)
            return None
        hooks = visible(models.Webhook, viewer).filter(paused_at__isnull=True)
        hook = await hooks.get_or_none(id=webhook_id, removed_at__isnull=True)
        waiting = visible(models.WebhookDelivery, viewer).filter(
            webhook_id=webhook_id, state=models.DeliveryState.PENDING, next_attempt_at__lte=now
        )
        first = waiting.order_by("sequence").limit(LOOKED_AT_ONCE)
        for delivery in await first.select_for_update(skip_locked=True) if hook else ():
            assert hook is not None
            event = await _tellable(viewer, delivery)
            if event is not None:
                await _mark(delivery, next_attempt_at=now + LEASE)
                return Parcel(delivery, hook, _body(event))
            await _mark(delivery, state=models.DeliveryState.WITHDRAWN, error=None, status=None)
    return None


async def settle(parcel: Parcel, outcome: Outcome, patience: Patience, now: datetime) -> None:
    """Write down what came of an attempt, and when there is to be another."""
    attempts = parcel.delivery.attempts + 1
    written = {"attempts": attempts, "status": outcome.status, "error": outcome.words}
    async with transaction():
        if outcome.is_delivered:
            state = models.DeliveryState.DELIVERED
            await _mark(parcel.delivery, **written, state=state, delivered_at=now)
            if parcel.webhook.failure_count:
                await _release(parcel.webhook, now)
            return
        if (wait := patience.wait(attempts)) is None:
            await _mark(parcel.delivery, **written, state=models.DeliveryState.FAILED)
        else:
            await _mark(parcel.delivery, **written, next_attempt_at=now + wait)
        await _hold(parcel, patience, now)


async def pause(webhook_id: UUID, now: datetime) -> None:
    """Tell no more until somebody resumes it; what happens meanwhile is told then."""
    await models.Webhook.filter(id=webhook_id, paused_at__isnull=True).update(paused_at=now)


async def _tellable(viewer: Viewer, delivery: models.WebhookDelivery) -> models.Event | None:
    """The event, if the viewer may hear of it and see what it is about, as of now."""
    event = await visible(models.Event, viewer).get_or_none(id=delivery.event_id)
    if event is None or delivery.kind in grant_event.ENDINGS:
        return event
    rows = visible(grant_event.ROWS[delivery.kind], viewer)
    return event if await rows.filter(id=delivery.subject_id).exists() else None


def _body(event: models.Event) -> bytes:
    subject, _, verb = event.kind.value.lower().rpartition("_")
    told = {
        "id": str(event.id),
        "type": f"{subject}.{verb}",
        "at": event.created_at,
        "organisationId": str(event.organisation_id),
        "subjectId": str(event.subject_id),
    }
    return orjson.dumps(told, option=orjson.OPT_UTC_Z)


async def _hold(parcel: Parcel, patience: Patience, now: datetime) -> None:
    """Let all else for a receiver that failed wait too; pause it when it failed too often."""
    hook = parcel.webhook
    failures = hook.failure_count + 1
    await models.Webhook.filter(id=hook.id).update(failure_count=failures)
    if failures >= patience.most_failures:
        await pause(hook.id, now)
    until = now + patience.rest(failures)
    others = _waiting(hook).exclude(id=parcel.delivery.id)
    await others.filter(next_attempt_at__lt=until).update(next_attempt_at=until)


async def _release(hook: models.Webhook, now: datetime) -> None:
    """A receiver that is well again gets at once what only waited for it."""
    await models.Webhook.filter(id=hook.id).update(failure_count=0)
    await _waiting(hook).filter(attempts=0).update(next_attempt_at=now)


async def _mark(delivery: models.WebhookDelivery, **columns: Any) -> None:
    """Change a delivery that is still waiting; one that was taken back stays so."""
    waiting = models.WebhookDelivery.filter(id=delivery.id, state=models.DeliveryState.PENDING)
    await waiting.update(**columns)


def _waiting(hook: models.Webhook) -> QuerySet[models.WebhookDelivery]:
    pending = models.DeliveryState.PENDING
    return models.WebhookDelivery.filter(webhook_id=hook.id, state=pending)
