"""The webhook: where an organisation is told of what happens, and the log of its deliveries."""

from datetime import datetime
from uuid import UUID

import strawberry

import models
import resolvers.webhook
import resolvers.webhook_delivery
from resolvers.webhook_kind import WebhookKind
from schema.enums import describe
from schema.field import batch, field
from schema.node import Node, read_off
from schema.page import Connection
from schema.staff import Staff

describe(
    WebhookKind,
    "What a webhook tells of, each by the scope that reads it.",
    {
        WebhookKind.SHARE_GRANTED: "`share.granted`: a resident shared a post. By `shares:read`.",
        WebhookKind.SHARE_ENDED: "`share.ended`: revoked or expired: forget it. By `shares:read`.",
        WebhookKind.SHARED_COMMENTS_CHANGED: (
            "`shared_comments.changed`: other comments go along with a share. By `shares:read`."
        ),
        WebhookKind.CASE_CHANGED: "`case.changed`: it came in or took a step. By `cases:read`.",
        WebhookKind.REFERRAL_CHANGED: (
            "`referral.changed`: another organisation is asked in. By `cases:read`."
        ),
        WebhookKind.REPLY_ADDED: (
            "`reply.added`: somebody wrote under an announcement. By `announcements:read`."
        ),
        WebhookKind.REPLY_EDITED: "`reply.edited`: its words changed. By `announcements:read`.",
        WebhookKind.REPLY_REMOVED: "`reply.removed`: forget it. By `announcements:read`.",
        WebhookKind.VOLUNTEER_CHANGED: (
            "`volunteer.changed`: somebody consented, or took it back. By `volunteers:read`."
        ),
        WebhookKind.CONTACT_CHANGED: (
            "`contact.changed`: a volunteer was written to, or answered. By `volunteers:read`."
        ),
    },
)
describe(
    models.DeliveryState,
    "Where a delivery stands.",
    {
        models.DeliveryState.PENDING: "It is tried, or tried again, at `nextAttemptAt`.",
        models.DeliveryState.DELIVERED: "The receiver answered with a status of 200 to 299.",
        models.DeliveryState.FAILED: "It was tried 8 times over 31 hours.",
        models.DeliveryState.WITHDRAWN: "What it told of may not be told any more.",
    },
)


@strawberry.type(description="One event on its way to one address: ids only, never words.")
class WebhookDelivery:
    """Read off `models.WebhookDelivery`."""

    id: UUID = field("Its id, as the header `Noaber-Delivery` carries it.")
    event_id: UUID = field("The event: the same for each attempt and each webhook.")
    kind: WebhookKind = field("What happened.")
    subject_id: UUID = field("The share, case, reply, volunteer... that it is about.")
    state: models.DeliveryState = field("Where it stands.")
    attempts: int = field("How often it was tried.")
    status: int | None = field("The status that the receiver last answered, if it did.")
    error: str | None = field("What went wrong the last time, if it did.")
    created_at: datetime = field("When it was made.")
    next_attempt_at: datetime = field("When it is tried, while it is PENDING.")
    delivered_at: datetime | None = field("When it last arrived, if it did.")


@strawberry.type(description="An address that is told of what happens to what is shared.")
class Webhook(Node):
    """Read off `models.Webhook`."""

    is_type_of = read_off(models.Webhook)
    id: UUID = field("Its id.")
    url: str = field("Where the requests go.")
    kinds: list[WebhookKind] = field("What it is told of.")
    issued_by: Staff | None = batch(resolvers.webhook.issuers)
    created_at: datetime = field("When it was made.")
    failure_count: int = field("How many attempts have failed in a row; at 20 it pauses.")
    paused_at: datetime | None = field("Since when it is told nothing, if so: resume it.")
    deliveries: Connection[WebhookDelivery] = batch(resolvers.webhook_delivery.of_webhooks)


@strawberry.type(description="A webhook with its secret: keep it, it is not shown again.")
class NewWebhook:
    """Read off `resolvers.webhook.NewWebhook`."""

    secret: str = field("Verify each request with it: HMAC-SHA256 of the time, a dot and the body.")
    webhook: Webhook = field("The webhook.")
