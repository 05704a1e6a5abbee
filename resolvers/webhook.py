"""Webhooks: where an organisation wants to be told of what happens, and of what."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.scope import Scope
from auth.viewer import Office
from auth.visibility import visible
from realtime import outbox
from resolvers.context import Context
from resolvers.grant import SCOPES
from resolvers.outside import Outside
from resolvers.page import Page, Window, page_of
from resolvers.paging import After, Before, First, Last
from resolvers.refusal import Refusal, RefusalCode, forbidden, not_found
from resolvers.relation import One
from resolvers.webhook_kind import WebhookKind
from resolvers.work import Work, perform

MOST, LONGEST = 10, 500

Which = Annotated[UUID, Doc("Which webhook.")]


@dataclass(frozen=True)
class NewWebhook:
    """A webhook and its signing secret, which is shown this once."""

    secret: str
    webhook: models.Webhook


async def webhooks(
    context: Context,
    *,
    organisation_id: Annotated[UUID, Doc("Of which organisation.")],
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[models.Webhook]:
    """Where the organisation is told of what happens, newest first."""
    context.office(organisation_id, Scope.WEBHOOKS_MANAGE)
    rows = visible(models.Webhook, context.viewer)
    rows = rows.filter(organisation_id=organisation_id, removed_at__isnull=True)
    return await page_of(rows, Window(first, after, last, before))


issuers = One(
    "Who made or last resumed it, with whose rights it acts; null for a token that asks.",
    models.Staff,
    "issued_by_id",
)


async def create_webhook(
    context: Context,
    *,
    organisation_id: Annotated[UUID, Doc("Which organisation is to be told.")],
    url: Annotated[
        str, Doc("Where: an https address on a public network, at port 443 or 8443, no password.")
    ],
    kinds: Annotated[list[WebhookKind], Doc("Of what. Each asks for the scope to read it.")],
) -> NewWebhook:
    """Have an organisation told of what happens, by a signed request that holds ids and no words.

    At most 10 an organisation. It acts with the rights of whoever makes it, as they are at each
    moment, and pauses when these end. The secret that it signs with is shown this once.
    """
    context.office(organisation_id, Scope.WEBHOOKS_MANAGE)
    outside = _outside(context)
    if not kinds:
        raise Refusal(RefusalCode.INVALID, "Say of what it is to be told.", "kinds")
    await _check(outside, url)
    given = {"organisation_id": organisation_id, "url": url, "kinds": list(dict.fromkeys(kinds))}
    made = await perform(context, _create, given, None)
    return NewWebhook(secret_of(outside.signing_key, made), made)


async def rotate_webhook_secret(context: Context, *, webhook_id: Which) -> NewWebhook:
    """Sign with a new secret from now on, which is shown this once; the old one ends at once."""
    outside = _outside(context)
    rotated = await perform(context, _rotate, {"webhook_id": webhook_id}, None)
    return NewWebhook(secret_of(outside.signing_key, rotated), rotated)


async def resume_webhook(work: Work, *, webhook_id: Which) -> models.Webhook:
    """Tell again, and of all that happened in the meantime and may still be told.

    From now on it acts with the rights of whoever resumes it.
    """
    found, office = await managed(work, webhook_id)
    found.issued_by_id, found.token_id = await _maker(office)
    found.paused_at, found.failure_count = None, 0
    await found.save()
    waiting = models.WebhookDelivery.filter(webhook_id=found.id, state=models.DeliveryState.PENDING)
    await waiting.update(next_attempt_at=datetime.now(UTC))
    return found


async def remove_webhook(work: Work, *, webhook_id: Which) -> models.Webhook:
    """Tell no more, at once; what was waiting is not sent."""
    found = await work.find(models.Webhook, webhook_id, "webhook")
    if found.removed_at is not None:
        raise not_found("webhook")
    found.removed_at = datetime.now(UTC)
    await found.save()
    waiting = models.WebhookDelivery.filter(webhook_id=found.id, state=models.DeliveryState.PENDING)
    await waiting.update(state=models.DeliveryState.WITHDRAWN)
    return found


def secret_of(signing_key: bytes, webhook: models.Webhook) -> str:
    """The secret a webhook signs with: made anew each time it is needed, stored nowhere."""
    name = f"webhook:{webhook.id}:{webhook.secret_version}".encode()
    return f"whsec_{hmac.new(signing_key, name, hashlib.sha256).hexdigest()}"


async def managed(work: Work, webhook_id: UUID) -> tuple[models.Webhook, Office]:
    """A standing webhook, locked, and the office of whoever may read all that it tells.

    Raises `Refusal` NOT_FOUND, and FORBIDDEN naming the scope that is missing.
    """
    found = await work.find(models.Webhook, webhook_id, "webhook")
    if found.removed_at is not None:
        raise not_found("webhook")
    office = work.office(found.organisation_id, Scope.WEBHOOKS_MANAGE)
    _demand(office, map(WebhookKind, found.kinds))
    return found, office


async def _create(
    work: Work, *, organisation_id: UUID, url: str, kinds: list[WebhookKind]
) -> models.Webhook:
    office = work.office(organisation_id, Scope.WEBHOOKS_MANAGE)
    _demand(office, kinds)
    await work.find(models.Organisation, organisation_id, "organisation")
    rows = work.visible(models.Webhook).filter(organisation_id=organisation_id)
    if await rows.filter(removed_at__isnull=True).count() >= MOST:
        raise Refusal(RefusalCode.CONFLICT, f"There are {MOST} webhooks already: remove one first.")
    issued_by_id, token_id = await _maker(office)
    return await models.Webhook.create(
        organisation_id=organisation_id,
        issued_by_id=issued_by_id,
        token_id=token_id,
        url=url,
        kinds=[kind.value for kind in kinds],
        told_sequence=(await outbox.position(organisation_id)).last,
    )


async def _rotate(work: Work, *, webhook_id: UUID) -> models.Webhook:
    found, _ = await managed(work, webhook_id)
    found.secret_version += 1
    await found.save()
    return found


async def _maker(office: Office) -> tuple[UUID, UUID | None]:
    """The member of staff who answers for what this office makes, and its token if it is one."""
    if office.staff_id is not None:
        return office.staff_id, None
    token = await models.ApiToken.get(id=office.token_id)
    return token.issued_by_id, token.id


def _demand(office: Office, kinds: Iterable[WebhookKind]) -> None:
    for kind in kinds:
        if SCOPES[kind] not in office.scopes:
            raise forbidden(f"This needs the scope {SCOPES[kind].value}.")


def _outside(context: Context) -> Outside:
    if context.outside is None:
        raise forbidden("This server sends nothing out: it was given no secret to sign with.")
    return context.outside


async def _check(outside: Outside, url: str) -> None:
    if len(url) > LONGEST:
        raise Refusal(RefusalCode.TOO_LONG, f"Write at most {LONGEST} characters.", "url")
    try:
        await outside.check(url)
    except ValueError as error:
        raise Refusal(RefusalCode.INVALID, str(error), "url") from None
