"""Passwords in, argon2id hashes out; computed off the event loop, a bounded number at once."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
UNKNOWN_ACCOUNT = HASHER.hash("no account has this password, yet checking it takes as long")
AT_ONCE = 2
WAITING = 64
WAIT_SECONDS = 10.0

T = TypeVar("T")


class Busy(Exception):
    """More passwords wait to be checked than the process will hold; try again later."""

    extensions: ClassVar = {"code": "BUSY"}

    def __init__(self) -> None:
        super().__init__("Too many are signing in at this moment; try again.")


class Hashing:
    """Runs hashes in `AT_ONCE` threads (19 MiB each); holds at most `WAITING` callers."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")
        self._callers = 0

    async def run(self, work: Callable[[], T]) -> T:
        """The result of `work`. Raises `Busy` when the queue is full or the wait too long."""
        if self._callers >= WAITING:
            raise Busy
        self._callers += 1
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except TimeoutError as error:
            raise Busy from error
        finally:
            self._callers -= 1


_hashing = Hashing()


async def hash_password(password: str) -> str:
    """The argon2id hash (m=19456, t=2, p=1). Raises `Busy`."""
    return await _hashing.run(lambda: HASHER.hash(password))


async def verify(password: str, stored: str | None) -> bool:
    """Whether `password` made `stored`; for an unknown account it takes as long. Raises `Busy`."""
    fits = await _hashing.run(lambda: _fits(stored or UNKNOWN_ACCOUNT, password))
    return fits and stored is not None


def _fits(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (Argon2Error, InvalidHashError):
        return False
