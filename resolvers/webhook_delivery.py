"""The deliveries of a webhook: what it was told or is to be told, and how that went."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet
from typing_extensions import Doc

import models
from auth import office
from auth.viewer import Viewer
from auth.visibility import sees, visible
from models.base import floor
from models.database import connection
from models.forgetting import forget
from models.transaction import transaction
from realtime import events, outbox
from resolvers import parcel, webhook
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.patience import Patience
from resolvers.refusal import Refusal, RefusalCode, not_found
from resolvers.work import Work

READ_AT_ONCE, WEBHOOKS_AT_ONCE = 500, 200

BEHIND = """
select w.id from webhook w join stream s on s.id = w.organisation_id
where w.removed_at is null and w.paused_at is null and s.last_sequence > w.told_sequence
order by w.id limit $1
"""


async def of_webhooks(
    webhooks: Sequence[models.Webhook],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.WebhookDelivery]]:
    """What it was told or is to be told in the last 30 days, newest first.

    Of what the viewer may hear of: by scope, neighbourhood and unit.
    """
    window = Window(first, after)
    return await pages_of(
        _heard(context.viewer), window, "webhook_id", [each.id for each in webhooks]
    )


async def redeliver(
    work: Work, *, delivery_id: Annotated[UUID, Doc("Which delivery.")]
) -> models.WebhookDelivery:
    """Tell once more, if what it tells of may still be told; otherwise it is WITHDRAWN."""
    found = await work.find(models.WebhookDelivery, delivery_id, "delivery")
    hook, _ = await webhook.managed(work, found.webhook_id)
    if not await _heard(work.viewer).filter(id=found.id).exists():
        raise not_found("delivery")
    if hook.paused_at is not None:
        raise Refusal(RefusalCode.CONFLICT, "This webhook is paused: resume it first.")
    found.state = models.DeliveryState.PENDING
    found.attempts, found.next_attempt_at = 0, datetime.now(UTC)
    await found.save()
    return found


async def collect(patience: Patience, now: datetime) -> int:
    """Make the deliveries of what has happened since each webhook was last told; gives how many."""
    rows = await connection().execute_query_dict(BEHIND, [WEBHOOKS_AT_ONCE])
    return sum([await _collect(row["id"], patience, now) for row in rows])


async def forget_deliveries(before: datetime, *, limit: int) -> int:
    """Forget the deliveries made before a moment, at most `limit`; gives how many."""
    return await forget(models.WebhookDelivery, "id", floor(before), limit=limit)


async def _collect(webhook_id: UUID, patience: Patience, now: datetime) -> int:
    """Read on in the stream for one webhook, as far as it was written.

    What is told and how far it was read are of one transaction: nothing is lost, nothing is twice.
    """
    async with transaction():
        viewer = await office.viewer_of(webhook_id)
        if viewer is None:
            await parcel.pause(webhook_id, now)
            return 0
        standing = visible(models.Webhook, viewer).filter(
            id=webhook_id, paused_at__isnull=True, removed_at__isnull=True
        )
        hook = await standing.select_for_update(skip_locked=True).first()
        if hook is None:
            return 0
        stream = await outbox.position(hook.organisation_id)
        read = await outbox.read(hook.organisation_id, hook.told_sequence, READ_AT_ONCE)
        told = [each for each in read if each.event.kind in hook.kinds and sees(viewer, each.event)]
        due = now + patience.rest(hook.failure_count)
        made = [_delivery(hook, each, due) for each in told]
        await models.WebhookDelivery.bulk_create(made, ignore_conflicts=True)
        # where nothing is left to read, all that was there is trimmed
        hook.told_sequence = read[-1].sequence if read else stream.last
        await hook.save(update_fields=["told_sequence"])
        return len(made)


def _delivery(hook: models.Webhook, told: events.Told, due: datetime) -> models.WebhookDelivery:
    return models.WebhookDelivery(
        webhook_id=hook.id,
        organisation_id=hook.organisation_id,
        event_id=told.id,
        sequence=told.sequence,
        kind=told.event.kind,
        subject_id=told.event.subject_id,
        next_attempt_at=due,
    )


def _heard(viewer: Viewer) -> QuerySet[models.WebhookDelivery]:
    """The deliveries of the events that the viewer may hear of."""
    heard = visible(models.Event, viewer).values("id")
    return visible(models.WebhookDelivery, viewer).filter(event_id__in=Subquery(heard))
