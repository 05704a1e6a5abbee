"""A town of its own to break: PostgreSQL, Valkey, and servers whose ports stay theirs."""

import asyncio
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from server.engines.account import Account, find_account, find_home
from server.engines.port import free_port
from server.engines.postgres import postgres
from server.engines.process import Process, command_of, stop, wait_until
from server.engines.valkey import valkey
from tests.faults.people import People, populate

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 30.0
STOP_SECONDS = 15.0
PREFIX = "faults"


@dataclass
class Engine:
    """One engine that can be killed and started again as it was: same port, same data."""

    mark: Path
    command: list[str]
    account: Account
    address: str
    again: list[Process] = field(default_factory=list)

    @property
    def pid(self) -> int:
        """Its first process."""
        if self.again:
            return self.again[-1].pid
        return int(self.mark.read_text().partition("\n")[0])

    def start(self) -> None:
        """Start it again; it may not answer at once."""
        log = self.mark.with_name(f"log-{len(self.again)}")
        self.again.append(self.account.start(self.command, log))

    def send(self, number: signal.Signals) -> None:
        """Send a signal to its first process."""
        os.kill(self.pid, number)

    def end(self, number: signal.Signals) -> None:
        """Send a signal and wait until the process is gone."""
        pid = self.pid
        os.kill(pid, number)
        assert wait_until(lambda: self._is_gone(pid), STOP_SECONDS), "it does not end"

    def close(self) -> None:
        """Stop what was started again."""
        for process in self.again:
            stop(process, signal.SIGINT)

    def _is_gone(self, pid: int) -> bool:
        polled = [process.poll() for process in self.again]
        return polled[-1] is not None if polled else not command_of(pid)


@dataclass
class Node:
    """One server on a port that stays its own, killed and started at will."""

    port: int
    environment: dict[str, str]
    log: Path
    module: str = "server"
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; `answer` waits until it serves."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module, "serve"],
                cwd=ROOT,
                env={**os.environ, **self.environment, "PORT": str(self.port)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def answer(self) -> None:
        """Wait until it serves. Raises `TimeoutError`."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            try:
                httpx.get(f"http://{self.address}/healthz", timeout=1, trust_env=False)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the server did not answer")

    def kill(self) -> None:
        """SIGKILL: nothing is said to anybody."""
        assert self.process
        self.process.kill()
        self.process.wait(STOP_SECONDS)

    def close(self) -> None:
        """End it, if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.kill()


@dataclass
class Town:
    """All that runs, and who lives there."""

    postgres: Engine
    valkey: Engine
    nodes: list[Node]
    people: People


@contextmanager
def build(directory: Path, nodes: int, module: str = "server") -> Iterator[Town]:
    """Start engines that keep what is acknowledged, write the people, start the servers.

    Enter it from the main thread: engines end with the thread that started them.
    """
    with ExitStack() as stack:
        account = find_account(directory)
        home = find_home(directory, account)
        database_url = stack.enter_context(postgres(home, account, durable=True))
        redis_url = stack.enter_context(valkey(home, account))
        engines = _postgres(home, account, database_url), _valkey(home, account, redis_url)
        for engine in engines:
            stack.callback(engine.close)
        people = asyncio.run(populate(database_url))
        started = [_node(directory, module, *engines) for _ in range(nodes)]
        for node in started:
            stack.callback(node.close)
            node.start()
        for node in started:
            node.answer()
        yield Town(*engines, started, people)


def _postgres(home: Path, account: Account, address: str) -> Engine:
    cluster = home / "postgres/cluster"
    command = shlex.split((cluster / "postmaster.opts").read_text())
    return Engine(cluster / "postmaster.pid", command, account, address)


def _valkey(home: Path, account: Account, address: str) -> Engine:
    mark = home / "valkey/pid"
    return Engine(mark, command_of(int(mark.read_text())).split(), account, address)


def _node(directory: Path, module: str, postgres: Engine, valkey: Engine) -> Node:
    environment = {
        "DATABASE_URL": postgres.address,
        "REDIS_URL": valkey.address,
        "NOABER_ENVIRONMENT": "test",
        "NOABER_CHANNEL_PREFIX": PREFIX,
        "NOABER_SECRET": "5e" * 32,
        "NOABER_RATES": "1000",
    }
    port = free_port()
    return Node(port, environment, directory / f"server-{port}.log", module)
