"""A round goes on by itself, whatever happens in it, and stops when it is told to."""

import asyncio
from datetime import datetime

import structlog

import server.round
from models.transaction import Retry
from server.round import Round, going


async def test_a_round_never_overlaps_itself() -> None:
    under_way, most, done = 0, 0, 0

    async def do(_now: datetime) -> None:
        nonlocal under_way, most, done
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.02)
        under_way -= 1
        done += 1

    async with going([Round("slow", 0.001, do)]):
        await asyncio.sleep(0.2)
    assert (under_way, most) == (0, 1)
    assert done > 2


async def test_a_round_that_fails_is_told_once_and_goes_on_and_the_words_are_not_told() -> None:
    failures = [ValueError("secret words"), Retry(), TimeoutError("secret words")]
    done = asyncio.Event()

    async def do(_now: datetime) -> None:
        if failures:
            raise failures.pop()
        done.set()

    with structlog.testing.capture_logs() as logs:
        async with going([Round("frail", 0.001, do)]):
            await asyncio.wait_for(done.wait(), 5)
            await asyncio.sleep(0.01)
    assert [(each["event"], each["round"]) for each in logs] == [
        ("a round fails", "frail"),
        ("a round works again", "frail"),
    ]
    assert logs[0]["error"] == "TimeoutError"
    assert "secret words" not in str(logs)


async def test_one_round_that_hangs_holds_up_no_other_and_not_the_stop() -> None:
    others, broken_off = 0, False

    async def hang(_now: datetime) -> None:
        nonlocal broken_off
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            broken_off = True
            raise

    async def other(_now: datetime) -> None:
        nonlocal others
        others += 1

    started = asyncio.get_running_loop().time()
    async with going([Round("hangs", 1, hang), Round("other", 0.001, other)]):
        await asyncio.sleep(0.1)
    assert others > 3
    assert broken_off
    assert asyncio.get_running_loop().time() - started < server.round.GRACE_SECONDS + 2
