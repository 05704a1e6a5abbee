"""Webhooks of the town for the tests about them, and the documents that change them."""

from typing import Any

import models
from auth.scope import Scope
from models.base import uuid7
from models.transaction import transaction
from realtime import events, outbox
from resolvers.grant import SCOPES
from resolvers.webhook_kind import WebhookKind
from tests.inside import Ask
from tests.world import NOW, World

KEY = bytes.fromhex("5e" * 32)
URL = "http://127.0.0.1:9000/hook"
CREATE = """
mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) {
  webhook { secret webhook { id url kinds pausedAt failureCount issuedBy { name } } }
  errors { code field message }
} }
"""
ROTATE = """
mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) {
  webhook { secret webhook { id } } errors { code message } } }
"""
RESUME = """
mutation ($input: ResumeWebhookInput!) { resumeWebhook(input: $input) {
  webhook { id pausedAt failureCount } errors { code message } } }
"""
REMOVE = """
mutation ($input: RemoveWebhookInput!) { removeWebhook(input: $input) {
  deletedId errors { code message } } }
"""
REDELIVER = """
mutation ($input: RedeliverInput!) { redeliver(input: $input) {
  delivery { id state attempts } errors { code message } } }
"""
LIST = """
query ($id: ID!) { webhooks(organisationId: $id) { nodes {
  id url deliveries { nodes { kind subjectId state attempts status error eventId } } } } }
"""
MANAGE = Scope.WEBHOOKS_MANAGE


async def done(ask: Ask, persona: str, document: str, **given: Any) -> dict[str, Any]:
    """The payload of a mutation."""
    answer = await ask(persona, document, input={k: _plain(v) for k, v in given.items()})
    assert answer.errors is None, answer.errors
    assert answer.data is not None
    [payload] = answer.data.values()
    return dict(payload)


def _plain(value: Any) -> Any:
    return [str(each) for each in value] if isinstance(value, list) else str(value)


async def created(ask: Ask, world: World, persona: str = "manager", **given: Any) -> dict[str, Any]:
    """The payload of `createWebhook` for the town."""
    usual = {"url": URL, "kinds": [WebhookKind.SHARE_GRANTED]}
    town = {"organisationId": world.organisations["town"]}
    return await done(ask, persona, CREATE, **(town | usual | given))


async def made(world: World, persona: str = "manager", **given: Any) -> models.Webhook:
    """A webhook of the town."""
    usual: dict[str, Any] = {"url": URL, "kinds": ["SHARE_GRANTED"], "told_sequence": 0}
    return await models.Webhook.create(
        organisation_id=world.organisations["town"],
        issued_by_id=world.staff[persona],
        **(usual | given),
    )


async def logged(
    hook: models.Webhook, kind: str = "SHARE_GRANTED", **given: Any
) -> models.WebhookDelivery:
    """A delivery of a webhook, long over, of an event about the first place that is covered."""
    event = await _event(hook, models.EventKind(kind))
    usual: dict[str, Any] = {
        "state": models.DeliveryState.FAILED,
        "attempts": 8,
        "status": 500,
        "error": "500.",
    }
    return await models.WebhookDelivery.create(
        webhook_id=hook.id,
        organisation_id=hook.organisation_id,
        event_id=event.id,
        sequence=event.sequence,
        kind=event.kind,
        subject_id=event.subject_id,
        **(usual | {"next_attempt_at": NOW} | given),
    )


async def _event(hook: models.Webhook, kind: models.EventKind) -> models.Event:
    organisation = hook.organisation_id
    place = await models.Coverage.filter(organisation_id=organisation).order_by("id").first()
    assert place is not None
    told = events.GrantEvent(
        kind=kind,
        stream_id=organisation,
        neighbourhood_id=place.neighbourhood_id,
        subject_id=uuid7(),
        organisation_id=organisation,
        scope=SCOPES[kind].value,
    )
    async with transaction():
        await outbox.announce_all([told])
    return await models.Event.get(subject_id=told.subject_id)
