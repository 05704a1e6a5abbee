"""The wire bears what nobody takes, and says so."""

import asyncio

import redis.asyncio

from realtime import backend
from tests.realtime import stage
from tests.realtime.conftest import Hubs


async def test_messages_nobody_takes_are_bounded_and_told_of_as_a_gap(hubs: Hubs) -> None:
    gaps: list[str] = []
    wire = backend.Backend(hubs.url, hubs.prefix, gaps.append)
    channel = f"{hubs.prefix}:flood"
    await wire.connect()
    try:
        await wire.subscribe(channel)
        await stage.until(lambda: gaps == [channel])
        async with (
            redis.asyncio.Redis.from_url(hubs.url) as client,
            client.pipeline(transaction=False) as pipeline,
        ):
            for number in range(backend.QUEUE_SIZE + 5):
                pipeline.publish(channel, str(number))
            await pipeline.execute()

        await stage.until(lambda: len(gaps) == 6)
        assert gaps == [channel] * 6
        assert wire._queue.qsize() == backend.QUEUE_SIZE
        assert (await wire.next_published()).message == "0"
        assert wire.connected
    finally:
        await wire.disconnect()


async def test_many_messages_go_at_once_each_to_its_channel(hubs: Hubs) -> None:
    wire = backend.Backend(hubs.url, hubs.prefix, lambda _channel: None)
    messages = {f"{hubs.prefix}:many:{number}": str(number) for number in range(20)}
    async with (
        redis.asyncio.Redis.from_url(hubs.url) as client,
        client.pubsub(ignore_subscribe_messages=True) as heard,
    ):
        await heard.subscribe(*messages)
        await wire.publish_all(messages)
        told: dict[str, str] = {}
        async with asyncio.timeout(5):
            while len(told) < len(messages):
                if message := await heard.get_message(timeout=1):
                    told[message["channel"].decode()] = message["data"].decode()
        assert told == messages
    await wire.disconnect()
