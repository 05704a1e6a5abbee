"""A webhook acts as who made it: no wider, no longer, and with the rights of each moment."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import models
from auth import office
from auth.scope import PARTNER, Scope
from tests import partners as organisations
from tests.inside import Ask
from tests.resolvers.hook import MANAGE, RESUME, created, done, logged, made
from tests.world import NOW, World


async def scopes_of(webhook_id: UUID) -> set[Scope] | None:
    viewer = await office.viewer_of(webhook_id)
    return None if viewer is None else set(viewer.scopes)


async def test_it_acts_with_the_rights_of_its_maker_as_they_are_now(partners: World) -> None:
    hook = await made(partners)
    assert await scopes_of(hook.id) == set(PARTNER)
    staff = models.Staff.filter(id=partners.staff["manager"])
    await staff.update(unit_id=partners.units["roads"])
    viewer = await office.viewer_of(hook.id)
    assert viewer is not None
    assert (viewer.resident_id, viewer.offices[0].unit_id) == (None, partners.units["roads"])
    await staff.update(role=models.StaffRole.ANALYST)
    assert await scopes_of(hook.id) is None
    await staff.update(role=models.StaffRole.MANAGER, ended_at=NOW)
    assert await scopes_of(hook.id) is None


async def test_made_by_a_token_it_reaches_no_further_and_lives_no_longer(
    ask: Ask, partners: World
) -> None:
    scopes = {MANAGE, Scope.SHARES_READ}
    token = await organisations.token(partners, "narrow", scopes, places=("beside",))
    assert (await created(ask, partners, "narrow"))["errors"] == []
    hook = await models.Webhook.get()
    assert (hook.token_id, hook.issued_by_id) == (token.id, partners.staff["manager"])
    viewer = await office.viewer_of(hook.id)
    assert viewer is not None
    assert viewer.scopes == scopes
    assert viewer.covers == {partners.neighbourhoods["beside"]}

    later = await organisations.token(partners, "rotated", scopes, places=("beside",))
    await models.ApiToken.filter(id=later.id).update(replaces_id=token.id)
    await models.ApiToken.filter(id=token.id).update(expires_at=NOW - timedelta(seconds=1))
    viewer = await office.viewer_of(hook.id)
    assert viewer is not None
    assert viewer.token_id == later.id
    await models.ApiToken.filter(id=later.id).update(revoked_at=NOW)
    assert await scopes_of(hook.id) is None


async def test_whoever_resumes_it_answers_for_it_from_then_on(ask: Ask, partners: World) -> None:
    await models.Staff.filter(id=partners.staff["editor"]).update(role=models.StaffRole.MANAGER)
    hook = await made(partners, paused_at=NOW, failure_count=20)
    waiting = await logged(
        hook, state=models.DeliveryState.PENDING, next_attempt_at=NOW + timedelta(days=1)
    )
    await models.Staff.filter(id=partners.staff["manager"]).update(ended_at=NOW)
    payload = await done(ask, "editor", RESUME, webhookId=hook.id)
    assert payload["webhook"] == {"id": str(hook.id), "pausedAt": None, "failureCount": 0}
    await hook.refresh_from_db()
    await waiting.refresh_from_db()
    assert hook.issued_by_id == partners.staff["editor"]
    assert waiting.next_attempt_at <= datetime.now(UTC)
