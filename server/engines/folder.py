"""The data directory: writable, and in the hands of one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class EngineError(Exception):
    """An engine or its folder cannot be used; the message is one sentence for a person."""


def make_folder(path: Path) -> None:
    """Make a folder with those above it. Raises `EngineError` where we may not."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(f"The folder {path} cannot be made: {error.strerror}.") from None


@contextmanager
def held(directory: Path) -> Iterator[None]:
    """Hold the data directory for this process; the kernel lets go when the process ends.

    Raises `EngineError` when the folder is not writable or another process holds it.
    """
    make_folder(directory)
    try:
        lock = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise EngineError(f"The folder {directory} is not writable: {error.strerror}.") from None
    try:
        _take(lock, directory)
        yield
    finally:
        os.close(lock)


def _take(lock: int, directory: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(lock, 20, 0).decode().strip() or "unknown"
        raise EngineError(
            f"Process {holder} already uses {directory}: "
            "stop it, or choose another folder with NOABER_DATA_DIRECTORY."
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
