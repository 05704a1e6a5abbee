"""Processes under measurement: started on a port of their own, weighed by the kernel, stopped."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from server.engines import Addresses
from server.engines.port import free_port

HOST = "127.0.0.1"
ROOT = Path(__file__).parent.parent
START_SECONDS = 90.0
STOP_SECONDS = 15.0
RUN_SECONDS = 400.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """A server that answers on `port` of this machine."""

    port: int
    pid: int


def cpu_seconds(pid: int) -> float:
    """Processor seconds, user and system, of all threads so far; in steps of 10 ms on Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def serving(module: str, *arguments: str, addresses: Addresses) -> Iterator[Process]:
    """Run a module as a server on these engines until the block ends."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "NOABER_LOG_LEVEL": "warning",
        "NOABER_RATES": "1000000",
        "PORT": str(port),
    }
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _await(port, process)
        yield Process(port, process.pid)
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def ask(module: str, task: Mapping[str, Any]) -> dict[str, Any]:
    """Run a module that reads a task and writes its answer, both JSON, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        input=orjson.dumps(task),
        stdout=subprocess.PIPE,
        timeout=RUN_SECONDS,
        check=True,
    )
    answer: dict[str, Any] = orjson.loads(done.stdout)
    return answer


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("a server stopped while it started")
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("a server did not listen")
