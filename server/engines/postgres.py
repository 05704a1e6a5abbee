"""An embedded PostgreSQL: one cluster in a folder, on a free port of 127.0.0.1."""

import asyncio
import secrets
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from server.engines.account import Account, reachable
from server.engines.folder import EngineError
from server.engines.port import free_port
from server.engines.process import (
    Process,
    command_of,
    stop,
    stop_leftover,
    undisturbed,
    wait_until,
)
from server.engines.program import find_postgres

USER = "noaber"
DATABASE = "noaber"
START_SECONDS = 60  # a recovery after a crash takes its time
# the log is for starting and crashing only: statements and their values are personal data
SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "log_min_messages=fatal",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
)
SWITCHES = ("-U", USER, "-E", "UTF8", "--auth=scram-sha-256", "--no-sync")
SWIFT = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def postgres(home: Path, account: Account, *, durable: bool) -> Iterator[str]:
    """The address of a running PostgreSQL whose cluster lies in `home/postgres`.

    Without `durable` it is faster, and lost when the machine stops. Raises `EngineError`.
    """
    found = find_postgres()
    program = reachable(found.path, found.keep, home, account)
    folder = home / "postgres"
    _prepare(folder, program, account)
    process, port = _start(folder, program, account, SETTINGS if durable else SETTINGS + SWIFT)
    try:
        password = (folder / "password").read_text()
        address = f"postgres://{USER}:{password}@127.0.0.1:{port}"
        asyncio.run(_make_database(f"{address}/postgres"))
        yield f"{address}/{DATABASE}"
    finally:
        with undisturbed():
            stop(process, signal.SIGINT)


def _prepare(folder: Path, program: Path, account: Account) -> None:
    """Make the cluster, or make sure that the one which is there can be used."""
    cluster = folder / "cluster"
    if not cluster.exists():
        _initialise(folder, program, account)
        return
    made_by = int((cluster / "PG_VERSION").read_text())
    version = _version(program, account)
    if made_by != version:
        raise EngineError(
            f"The data in {cluster} are of PostgreSQL {made_by} and this is PostgreSQL {version}: "
            "move that folder away to start anew, or set DATABASE_URL."
        )
    _stop_earlier(cluster)


def _initialise(folder: Path, program: Path, account: Account) -> None:
    """Run initdb beside the final place: a cluster that is there is always a whole one."""
    fresh = folder / "unfinished"
    shutil.rmtree(fresh, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    account.own(folder)
    password = folder / "password"
    password.write_text(secrets.token_urlsafe(24))
    account.own(password)
    builtin = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    locale = builtin if _version(program, account) >= 17 else ("--locale=C.UTF-8",)
    initdb = [str(program.with_name("initdb")), "-D", str(fresh), "--pwfile", str(password)]
    answer = account.run([*initdb, *SWITCHES, *locale])
    if answer.returncode != 0:
        raise EngineError(f"PostgreSQL could not make {folder}: {_reason(answer.stderr)}.")
    fresh.rename(folder / "cluster")


def _version(program: Path, account: Account) -> int:
    """The major version that `postgres --version` tells."""
    answer = account.run([str(program), "--version"]).stdout
    return int(answer.split(")", 1)[-1].split(".")[0])


def _stop_earlier(cluster: Path) -> None:
    """End what a killed start left running, and its mark where another process took its number."""
    mark = cluster / "postmaster.pid"
    if not mark.exists():
        return
    first = mark.read_text().partition("\n")[0].strip()
    pid = int(first) if first.isdigit() else 0
    stop_leftover(pid, str(cluster), (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL))
    if pid and command_of(pid):
        mark.unlink(missing_ok=True)


def _start(
    folder: Path, program: Path, account: Account, settings: tuple[str, ...]
) -> tuple[Process, int]:
    """Start the server; three attempts, as another program may take the port meanwhile."""
    log = folder / "log"
    cluster = folder / "cluster"
    switches = [word for setting in settings for word in ("-c", setting)]
    for _ in range(3):
        port = free_port()
        command = [str(program), "-D", str(cluster), "-p", str(port), *switches]
        process = account.start(command, log)
        if _answers_in_time(cluster, process):
            return process, port
        stop(process, signal.SIGQUIT)
    raise EngineError(f"PostgreSQL does not start in {cluster}: {_reason(log.read_text())}.")


def _answers_in_time(cluster: Path, process: Process) -> bool:
    """Whether the server accepts connections before it gives up, or we do."""
    ended = wait_until(
        lambda: process.poll() is not None or _accepts(cluster, process.pid), START_SECONDS
    )
    return ended and process.poll() is None


def _accepts(cluster: Path, pid: int) -> bool:
    mark = cluster / "postmaster.pid"
    lines = mark.read_text().splitlines() if mark.exists() else []
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"


async def _make_database(address: str) -> None:
    connection = await asyncpg.connect(address, timeout=10)
    try:
        if not await connection.fetchval("select 1 from pg_database where datname = $1", DATABASE):
            await connection.execute(f"create database {DATABASE}")
    finally:
        await connection.close()


def _reason(text: str) -> str:
    """The first line that tells of an error, without its level."""
    lines = [line for line in text.splitlines() if "FATAL" in line or "error:" in line]
    told = (lines or text.splitlines() or ["it gave no reason"])[0]
    return told.split("FATAL:")[-1].split("error:")[-1].strip().rstrip(".")
