"""Passwords: slow on purpose, off the loop, and only so many at once."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from auth import passwords
from auth.passwords import Busy, Hashing

SECRET = "correct horse battery"


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Work that waits for this gate holds its thread; the gate opens when the test ends."""
    event = threading.Event()
    yield event
    event.set()


async def test_a_password_fits_its_own_hash_only() -> None:
    hash = await passwords.hash_password(SECRET)
    assert hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.verify(SECRET, hash) is True
    assert await passwords.verify(SECRET + " ", hash) is False
    assert hash != await passwords.hash_password(SECRET)


async def test_no_password_opens_an_account_that_is_not_there() -> None:
    dummy = "no account has this password, yet checking it takes as long"
    assert await passwords.verify(dummy, passwords.UNKNOWN_ACCOUNT) is True
    assert await passwords.verify(dummy, None) is False
    assert await passwords.verify("", None) is False


async def test_an_unknown_account_costs_one_whole_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    fits = passwords._fits

    def noted(stored: str, password: str) -> bool:
        checked.append(stored)
        return fits(stored, password)

    monkeypatch.setattr(passwords, "_fits", noted)
    await passwords.verify(SECRET, None)
    assert checked == [passwords.UNKNOWN_ACCOUNT]
    assert passwords.UNKNOWN_ACCOUNT.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_what_is_no_hash_fits_nothing() -> None:
    assert await passwords.verify(SECRET, "not a hash") is False


async def test_the_loop_keeps_turning_while_passwords_are_hashed() -> None:
    hashes = [asyncio.create_task(passwords.hash_password(SECRET)) for _ in range(6)]
    turns = 0
    while not all(task.done() for task in hashes):
        await asyncio.sleep(0.001)
        turns += 1
    assert turns >= 10


async def test_a_full_queue_refuses_at_once_and_serves_those_within(
    gate: threading.Event,
) -> None:
    hashing = Hashing()
    waiting = [asyncio.create_task(hashing.run(gate.wait)) for _ in range(passwords.WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Busy) as refusal:
        await hashing.run(lambda: True)
    assert refusal.value.extensions == {"code": "BUSY"}
    gate.set()
    assert await asyncio.gather(*waiting) == [True] * 64
    assert await hashing.run(lambda: "served") == "served"


async def test_who_waits_too_long_is_refused_and_leaves_the_queue(
    gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0.05)
    hashing, late = Hashing(), []
    holding = [asyncio.create_task(hashing.run(gate.wait)) for _ in range(passwords.AT_ONCE)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await hashing.run(lambda: late.append("ran"))
    assert {type(error) for error in await asyncio.gather(*holding, return_exceptions=True)} == {
        Busy
    }
    gate.set()
    assert await hashing.run(lambda: "served") == "served"
    assert late == []
