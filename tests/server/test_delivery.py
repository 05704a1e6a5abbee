"""Webhooks arrive: signed, in order, again after a failure, and never what may not be told."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
import resolvers.post_share
from realtime.hub import Hub
from resolvers import webhook
from resolvers.context import Context
from resolvers.patience import Patience
from resolvers.webhook_kind import WebhookKind
from resolvers.work import perform
from server.address import Gate
from server.delivery import Courier
from server.settings import Settings
from tests.server.receiver import Receiver, listening
from tests.world import NOW, World

KEY = bytes.fromhex("5e" * 32)
AT_ONCE = Patience(waits=(timedelta(),) * 7, longest_rest=timedelta())
NEIGHBOURHOOD = models.Audience.NEIGHBOURHOOD
State = models.DeliveryState
WAITS = [(0, 5), (1, 30), (2, 120), (3, 600), (4, 3600), (5, 21_600), (6, 86_400)]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A partner's server."""
    async with listening() as started:
        yield started


@pytest.fixture
async def courier() -> AsyncIterator[Courier]:
    """A courier that waits for nothing and may call this machine."""
    async with Courier(KEY, Gate(private=True), AT_ONCE, attempt_seconds=0.5) as started:
        yield started


class Town:
    """What happens at the town, and its webhook."""

    def __init__(self, hub: Hub, world: World, settings: Settings) -> None:
        self.hub, self.world, self.settings = hub, world, settings
        self.id = world.organisations["town"]

    async def act(self, persona: str, verb: Any, **given: Any) -> Any:
        """Run a verb as a persona."""
        context = await Context(self.hub, self.world.people[persona].token).fresh()
        return await perform(context, verb, given, None)

    async def webhook(
        self, url: str, *kinds: WebhookKind, persona: str = "manager", organisation: str = "town"
    ) -> models.Webhook:
        """A webhook for these kinds; for shares when none is named."""
        given = {"organisation_id": self.world.organisations[organisation], "url": url}
        kinds = kinds or (WebhookKind.SHARE_GRANTED, WebhookKind.SHARE_ENDED)
        made: models.Webhook = await self.act(persona, webhook._create, **given, kinds=list(kinds))
        return made

    async def share(self, audience: models.Audience = NEIGHBOURHOOD) -> models.PostShare:
        """The resident shares a post with the town."""
        shared: models.PostShare = await self.act(
            "resident",
            resolvers.post_share.share_post,
            post_id=self.world.posts[audience],
            organisation_id=self.id,
            purpose=models.SharePurpose.IDEA,
            with_name=True,
        )
        return shared

    async def revoke(self, share: models.PostShare) -> None:
        """The resident takes a share back."""
        await self.act("resident", resolvers.post_share.revoke_share, share_id=share.id)


@pytest.fixture
def town(hub: Hub, partners: World, settings: Settings) -> Town:
    """The town of the small world."""
    return Town(hub, partners, settings)


async def rounds(courier: Courier, count: int = 1) -> int:
    """So many rounds of collecting and delivering; gives how many deliveries arrived."""
    arrived = 0
    for _ in range(count):
        await courier.collect(datetime.now(UTC))
        arrived += await courier.deliver(datetime.now(UTC))
    return arrived


async def states() -> list[State]:
    return [row.state for row in await models.WebhookDelivery.all().order_by("sequence")]


async def test_what_arrives_is_signed_and_holds_ids_alone(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    hook = await town.webhook(receiver.url)
    share = await town.share()
    assert await rounds(courier) == 1

    [came] = receiver.received
    event = await models.Event.get(kind="SHARE_GRANTED", stream_id=town.id)
    assert came.line == "POST /hook?from=noaber HTTP/1.1"
    assert came.told == {
        "id": str(event.id),
        "type": "share.granted",
        "at": event.created_at.isoformat().replace("+00:00", "Z"),
        "organisationId": str(town.id),
        "subjectId": str(share.id),
    }
    delivery = await models.WebhookDelivery.get()
    assert came.headers["noaber-delivery"] == str(delivery.id)
    assert came.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert came.headers["user-agent"] == "Noaber-Webhook/1"
    assert came.is_signed_by(webhook.secret_of(KEY, hook))
    assert not came.is_signed_by(webhook.secret_of(bytes(32), hook))
    assert (delivery.state, delivery.attempts, delivery.status) == (State.DELIVERED, 1, 204)


async def test_the_time_of_the_signature_is_now(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url)
    await town.share()
    await rounds(courier)
    moment = int(receiver.received[0].headers["noaber-signature"].split(",")[0].removeprefix("t="))
    assert abs(moment - datetime.now(UTC).timestamp()) < 10


async def test_all_arrives_once_and_in_order(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url)
    share = await town.share()
    shares = [share] + [await town.share(audience) for audience in list(models.Audience)[1:]]
    assert await rounds(courier, 3) == 3
    assert [each["subjectId"] for each in receiver.told] == [str(each.id) for each in shares]


async def test_only_what_was_asked_for_is_told(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url, WebhookKind.CASE_CHANGED)
    await town.share()
    await rounds(courier)
    assert [each["type"] for each in receiver.told] == ["case.changed"]


async def test_what_happened_before_is_not_told(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.share()
    await town.webhook(receiver.url)
    assert await rounds(courier) == 0
    assert (await models.Webhook.get()).told_sequence == 2


async def test_a_share_taken_back_before_it_was_told_is_withdrawn(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url)
    share = await town.share()
    await courier.collect(datetime.now(UTC))
    await town.revoke(share)
    await rounds(courier)
    assert await states() == [State.WITHDRAWN, State.DELIVERED]
    assert [each["type"] for each in receiver.told] == ["share.ended"]


async def test_it_is_looked_at_again_before_every_attempt(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url, WebhookKind.SHARE_GRANTED)
    share = await town.share()
    receiver.statuses = [500]
    await rounds(courier)
    await models.PostShare.filter(id=share.id).update(expires_at=NOW - timedelta(seconds=1))
    await rounds(courier, 2)
    assert (len(receiver.received), await states()) == (1, [State.WITHDRAWN])


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


async def test_a_name_that_moved_to_a_private_network_gets_nothing(
    town: Town, receiver: Receiver
) -> None:
    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    await town.webhook(f"https://partner.example:8443/{receiver.port}")
    await town.share()
    async with Courier(KEY, Gate(resolver=resolver), AT_ONCE) as strict:
        await rounds(strict)
    assert receiver.received == []
    delivery = await models.WebhookDelivery.get()
    assert (delivery.attempts, delivery.error) == (1, "This address is not on a public network.")


async def test_the_name_of_the_host_stands_in_the_handshake(town: Town) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()

    async def overhear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard.put(await reader.read(4096))
        writer.close()

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    server = await asyncio.start_server(overhear, "127.0.0.1", 0)
    async with server, Courier(KEY, Gate(True, resolver), AT_ONCE) as courier:
        port = server.sockets[0].getsockname()[1]
        await town.webhook(f"https://partner.example:{port}/")
        await town.share()
        await rounds(courier)
        assert b"partner.example" in await heard.get()
    assert (await models.WebhookDelivery.get()).error == "It could not be reached."
