"""Webhooks arrive: signed, in order, to the right place, and never what may not be told."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import models
import resolvers.webhook_delivery
from resolvers import parcel, webhook
from resolvers.webhook_kind import WebhookKind
from server.address import Gate
from server.delivery import Courier
from tests.server.receiver import Receiver
from tests.server.town import AT_ONCE, KEY, State, Town, rounds, states
from tests.world import NOW


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


async def test_when_the_rights_of_its_maker_end_it_pauses_and_nothing_is_told(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url)
    await town.share()
    await courier.collect(datetime.now(UTC))
    await models.Staff.filter(id=town.world.staff["manager"]).update(ended_at=NOW)
    await rounds(courier, 2)
    assert (receiver.received, await states()) == ([], [State.PENDING])
    assert (await models.Webhook.get()).paused_at is not None


async def test_a_webhook_reaches_as_far_as_its_maker(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    manager = models.Staff.filter(id=town.world.staff["manager"])
    await town.webhook(receiver.url)
    await manager.update(unit_id=town.world.units["roads"])
    share = await town.share()
    await models.PostShare.filter(id=share.id).update(unit_id=town.world.units["care"])
    await rounds(courier)
    assert (receiver.received, await states()) == ([], [State.WITHDRAWN])


async def test_redelivery_looks_again_at_what_may_be_told(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url, WebhookKind.SHARE_GRANTED)
    share = await town.share()
    await rounds(courier)
    delivery = await models.WebhookDelivery.get()
    redeliver = resolvers.webhook_delivery.redeliver
    await town.act("manager", redeliver, delivery_id=delivery.id)
    await rounds(courier)
    assert [each["id"] for each in receiver.told] == [str(delivery.event_id)] * 2
    await town.revoke(share)
    await town.act("manager", redeliver, delivery_id=delivery.id)
    await rounds(courier)
    assert (len(receiver.received), await states()) == (2, [State.WITHDRAWN])


async def test_an_event_that_is_no_longer_kept_is_not_told(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url)
    await town.share()
    await courier.collect(datetime.now(UTC))
    await models.Event.all().delete()
    await rounds(courier)
    assert (receiver.received, await states()) == ([], [State.WITHDRAWN])


async def test_two_workers_send_nothing_twice(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url)
    for audience in models.Audience:
        await town.share(audience)
    async with Courier(KEY, Gate(private=True), AT_ONCE) as other:
        await asyncio.gather(*(each.collect(datetime.now(UTC)) for each in (courier, other)))
        await asyncio.gather(*(rounds(each, 2) for each in (courier, other)))
    assert len({each["id"] for each in receiver.told}) == len(receiver.told) == 3


async def test_what_was_picked_by_a_worker_that_died_is_picked_again(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    hook = await town.webhook(receiver.url)
    await town.share()
    await courier.collect(datetime.now(UTC))
    now = datetime.now(UTC)
    assert await parcel.pick(hook.id, now) is not None
    assert await parcel.pick(hook.id, now + timedelta(seconds=29)) is None
    assert await parcel.pick(hook.id, now + timedelta(seconds=31)) is not None


async def test_another_organisation_is_told_nothing(
    town: Town, receiver: Receiver, courier: Courier
) -> None:
    await town.webhook(receiver.url, persona="centre_manager", organisation="centre")
    await town.share()
    assert await rounds(courier) == 0
    assert await models.WebhookDelivery.all().count() == 0
