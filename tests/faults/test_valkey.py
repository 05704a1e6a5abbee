"""Valkey is killed, frozen, emptied and lied through; it only rings, so nothing is lost."""

import asyncio
import os
import signal

import pytest
import redis.asyncio

from tests.faults.conftest import Begin
from tests.faults.form import Form
from tests.faults.town import PREFIX, Town

pytestmark = pytest.mark.faults
NODES = 2
LATE_SECONDS = 3.0  # a look at the streams every second makes good for bells that nobody hears


async def command(town: Town, *words: str | bytes) -> None:
    """Have Valkey do something."""
    async with redis.asyncio.Redis.from_url(town.valkey.address, socket_timeout=5) as client:
        await client.execute_command(*words)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("kind", ["pubsub", "normal"])
async def test_valkey_ends_its_connections(begin: Begin, town: Town, form: Form, kind: str) -> None:
    async with begin(f"Valkey CLIENT KILL TYPE {kind}") as trial:

        async def kill() -> None:
            for _ in range(5):
                await trial.in_flight()
                await command(town, "CLIENT", "KILL", "TYPE", kind)
                await asyncio.sleep(0.1)

        for _ in range(form.repeats):
            await trial.inject(kill)


async def test_valkey_is_killed_and_stays_away(begin: Begin, town: Town, form: Form) -> None:
    async with begin(f"Valkey kill -9, {form.away:.0f} s away") as trial:

        async def away() -> None:
            town.valkey.end(signal.SIGKILL)
            await asyncio.sleep(form.away)
            town.valkey.start()

        await trial.inject(away)
    assert trial.delay < LATE_SECONDS


async def test_valkey_is_frozen(begin: Begin, town: Town, form: Form) -> None:
    async with begin(f"Valkey SIGSTOP for {form.frozen:.0f} s") as trial:

        async def freeze() -> None:
            town.valkey.send(signal.SIGSTOP)
            await asyncio.sleep(form.frozen)
            town.valkey.send(signal.SIGCONT)

        await trial.inject(freeze)
    assert trial.delay < LATE_SECONDS


async def test_valkey_is_emptied(begin: Begin, town: Town, form: Form) -> None:
    async with begin("Valkey FLUSHALL") as trial:

        async def flush() -> None:
            await trial.in_flight()
            await command(town, "FLUSHALL")

        for _ in range(form.repeats):
            await trial.inject(flush)


async def test_somebody_publishes_junk(begin: Begin, town: Town, form: Form) -> None:
    stream_id = str(town.people.streams["home"])
    payloads = [
        *(b"", b"\xff\xfe\x00", b"recheck", b"null", b"{}", b":", os.urandom(65_536)),
        *(f"{stream_id}:{n}".encode() for n in ("-1", "0", "1", "9" * 18, "9" * 4_999, "1e9")),
    ]
    async with begin("junk on the channels of Valkey") as trial:

        async def lie() -> None:
            for channel in (f"stream:{stream_id}", "rights", "alive"):
                for payload in payloads:
                    await command(town, "PUBLISH", f"{PREFIX}:{channel}", payload)

        for _ in range(form.repeats):
            await trial.inject(lie)
