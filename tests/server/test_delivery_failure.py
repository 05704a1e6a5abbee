"""Webhooks whose receiver fails are tried again, later and later, and hold up nobody else."""

import asyncio
from datetime import UTC, datetime

import pytest

import models
from resolvers import webhook
from server.address import Gate
from server.delivery import Courier
from tests.server.receiver import Receiver, listening
from tests.server.town import KEY, State, Town, rounds, states
from tests.world import NOW

WAITS = [(0, 5), (1, 30), (2, 120), (3, 600), (4, 3600), (5, 21_600), (6, 86_400)]


async def test_a_failure_is_tried_again_until_it_arrives(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url)
    await town.share()
    receiver.statuses = [500, 404, 301, 199]
    assert await rounds(courier, 5) == 1
    assert len({each.headers["noaber-delivery"] for each in receiver.received}) == 1
    delivery, hook = await models.WebhookDelivery.get(), await models.Webhook.get()
    assert (delivery.attempts, delivery.status, delivery.error) == (5, 204, None)
    assert (hook.failure_count, hook.paused_at) == (0, None)


async def test_a_redirect_is_not_followed(town: Town, receiver: Receiver, courier: Courier) -> None:
    async with listening() as other:
        receiver.statuses, receiver.more = [302], f"location: {other.url}\r\n"
        await town.webhook(receiver.url)
        await town.share()
        await rounds(courier)
        assert (len(receiver.received), other.received) == (1, [])
    delivery = await models.WebhookDelivery.get()
    assert (delivery.state, delivery.error) == (State.PENDING, "It answered 302.")


async def test_the_eighth_failure_is_the_last(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url)
    await town.share()
    receiver.statuses = [503] * 20
    await rounds(courier, 10)
    assert (len(receiver.received), await states()) == (8, [State.FAILED])


@pytest.mark.parametrize(("failures", "seconds"), WAITS)
async def test_each_failure_waits_longer(
    town: Town, receiver: Receiver, failures: int, seconds: int
) -> None:
    await town.webhook(receiver.url)
    await town.share()
    receiver.statuses = [500]
    async with Courier(KEY, Gate(private=True)) as patient:
        await patient.collect(NOW)
        await models.WebhookDelivery.all().update(attempts=failures)
        before = datetime.now(UTC)
        await patient.deliver(before)
        await patient.deliver(datetime.now(UTC))
    assert len(receiver.received) == 1
    waits = ((await models.WebhookDelivery.get()).next_attempt_at - before).total_seconds()
    assert seconds <= waits <= seconds * 1.2 + 2


async def test_while_a_receiver_fails_all_else_for_it_waits_and_follows_in_order(
    town: Town, receiver: Receiver
) -> None:
    await town.webhook(receiver.url)
    shares = [await town.share(audience) for audience in models.Audience]
    receiver.statuses = [500]
    async with Courier(KEY, Gate(private=True)) as patient:
        await rounds(patient, 3)
        assert len(receiver.received) == 1
        await models.WebhookDelivery.filter(attempts=1).update(next_attempt_at=NOW)
        await rounds(patient, 2)
    assert [each["subjectId"] for each in receiver.told[1:]] == [str(each.id) for each in shares]


async def test_after_twenty_failures_in_a_row_it_pauses_and_when_resumed_tells_all(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    hook = await town.webhook(receiver.url)
    shares = [await town.share(audience) for audience in models.Audience]
    receiver.statuses = [500] * 20
    await rounds(courier, 30)
    assert len(receiver.received) == 20
    assert (await models.Webhook.get()).paused_at is not None
    assert await states() == [State.FAILED, State.FAILED, State.PENDING]

    await town.revoke(shares[0])
    assert await rounds(courier, 2) == 0
    await town.act("manager", webhook.resume_webhook, webhook_id=hook.id)
    assert await rounds(courier, 2) == 2
    assert [each["type"] for each in receiver.told[20:]] == ["share.granted", "share.ended"]


async def test_a_receiver_that_hangs_is_given_up_and_holds_up_nobody_else(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    receiver.hangs = True
    async with listening() as quick:
        await town.webhook(receiver.url)
        await town.webhook(quick.url)
        await town.share()
        started = asyncio.get_running_loop().time()
        assert await rounds(courier) == 1
        assert asyncio.get_running_loop().time() - started < 2
        assert len(quick.received) == 1
    slow = await models.WebhookDelivery.get(state=State.PENDING)
    assert (slow.status, slow.error) == (None, "It did not answer in time.")


async def test_nobody_listening_is_a_failure_like_another(town: Town, courier: Courier) -> None:
    async with listening() as gone:
        await town.webhook(gone.url)
    await town.share()
    await rounds(courier)
    delivery = await models.WebhookDelivery.get()
    assert (delivery.state, delivery.error) == (State.PENDING, "It could not be reached.")
