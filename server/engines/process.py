"""Processes: which is still there, and how one is stopped within a limit."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from server.engines.folder import EngineError

Process = subprocess.Popen[bytes]


def wait_until(ready: Callable[[], bool], seconds: float) -> bool:
    """Ask `ready` every 10 ms; whether it said yes within `seconds`."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def command_of(pid: int) -> str:
    """The command line of a running process, empty when there is none (or only its zombie)."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, UnicodeDecodeError):
            return ""
    found = shutil.which("ps") or "/bin/ps"
    answer = subprocess.run(  # noqa: S603 (a number is all that varies)
        [found, "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, timeout=5
    )
    return answer.stdout.strip()


def stop(process: Process, polite: signal.Signals, seconds: float = 10) -> None:
    """Stop a child of ours: `polite` first, SIGKILL when it takes longer than `seconds`."""
    if process.poll() is not None:
        return
    process.send_signal(polite)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def stop_leftover(pid: int, mark: str, signals: tuple[signal.Signals, ...]) -> None:
    """Stop what a killed start left behind, if `pid` is a process with `mark` in its command.

    Each signal gets 10 seconds. Raises `EngineError` when it lives through all of them.
    """
    for number in signals:
        if mark not in command_of(pid):
            return
        os.kill(pid, number)
        wait_until(lambda: mark not in command_of(pid), 10)
    if mark in command_of(pid):
        raise EngineError(f"Process {pid} of an earlier start does not stop: stop it by hand.")


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no second Ctrl-C break off the stopping of engines."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
