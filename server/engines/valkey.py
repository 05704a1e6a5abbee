"""An embedded Valkey, the Redis protocol: it only rings doorbells, so it keeps nothing."""

import contextlib
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from server.engines.account import Account, reachable
from server.engines.folder import EngineError
from server.engines.port import free_port
from server.engines.process import Process, stop, stop_leftover, undisturbed, wait_until
from server.engines.program import find_valkey

START_SECONDS = 20
SETTINGS = """bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
save ""
appendonly no
set-proc-title no
maxmemory 256mb
maxmemory-policy noeviction
"""


@contextmanager
def valkey(home: Path, account: Account) -> Iterator[str]:
    """The address of a running Valkey that works in `home/valkey`. Raises `EngineError`."""
    found = find_valkey()
    program = reachable(found.path, found.keep, home, account)
    folder = home / "valkey"
    folder.mkdir(exist_ok=True)
    account.own(folder)
    _stop_earlier(folder)
    process, address = _start(folder, program, account)
    try:
        yield address
    finally:
        with undisturbed():
            stop(process, signal.SIGTERM)


def _stop_earlier(folder: Path) -> None:
    """End what a killed start left running."""
    with contextlib.suppress(FileNotFoundError, ValueError):
        pid = int((folder / "pid").read_text())
        stop_leftover(pid, str(folder), (signal.SIGTERM, signal.SIGKILL))


def _start(folder: Path, program: Path, account: Account) -> tuple[Process, str]:
    """Start the server; three attempts, as another program may take the port meanwhile."""
    settings = folder / "settings"
    for _ in range(3):
        port, password = free_port(), secrets.token_urlsafe(24)
        settings.write_text(SETTINGS.format(port=port, password=password, folder=folder))
        account.own(settings)
        process = account.start([str(program), str(settings)], folder / "log")
        (folder / "pid").write_text(str(process.pid))
        address = f"redis://:{password}@127.0.0.1:{port}/0"
        if _answers_in_time(address, process):
            return process, address
        stop(process, signal.SIGTERM)
    last = ((folder / "log").read_text().splitlines() or ["it gave no reason"])[-1]
    raise EngineError(f"Valkey does not start in {folder}: {last.strip()}.")


def _answers_in_time(address: str, process: Process) -> bool:
    """Whether the server answers before it gives up, or we do."""
    with redis.Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1) as client:
        ended = wait_until(lambda: process.poll() is not None or _answers(client), START_SECONDS)
    return ended and process.poll() is None


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
