"""The engines: started, used again, recovered after a kill, and refused in one sentence."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import redis

from server.engines import Addresses, EngineError, running
from server.engines.port import claim, free_port
from server.engines.process import command_of, wait_until

ROOT = Path(__file__).parent.parent.parent
HOLDER = """
import sys
from pathlib import Path
from server.engines import running
with running(Path(sys.argv[1]), durable=False) as addresses:
    print(addresses.database_url, addresses.redis_url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that the account of the engines may enter."""
    made = Path(tempfile.mkdtemp(prefix="noaber-engines-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def start(folder: Path) -> tuple["subprocess.Popen[str]", Addresses]:
    """A process that holds engines in `folder` until its input ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    return holder, Addresses(*holder.stdout.readline().split())


def kill(holder: "subprocess.Popen[str]") -> None:
    """SIGKILL, as the kernel does when memory runs out."""
    holder.kill()
    holder.communicate()


def engines_of(folder: Path) -> dict[str, int]:
    """Process numbers of the engines as they wrote them down."""
    mark = folder / "engines/postgres/cluster/postmaster.pid"
    return {
        "postgres": int(mark.read_text().split()[0]) if mark.exists() else 0,
        "valkey": int((folder / "engines/valkey/pid").read_text()),
    }


def owner_of(folder: Path) -> dict[str, Any]:
    """How to start a process as the account that owns the engines."""
    if os.geteuid() != 0:
        return {}
    owner = (folder / "engines").stat()
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": [], "cwd": "/"}


def execute(addresses: Addresses, statement: str) -> object:
    """The value of a statement, on a connection of its own."""

    async def fetch() -> object:
        connection = await asyncpg.connect(addresses.database_url, timeout=5)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(fetch())


def answers(addresses: Addresses) -> bool:
    """Whether both engines answer."""
    with redis.Redis.from_url(addresses.redis_url, socket_timeout=5) as client:
        pong = client.ping()
    return pong is True and execute(addresses, "select 1") == 1


def test_a_second_start_finds_the_data_of_the_first(folder: Path) -> None:
    first, addresses = start(folder)
    execute(addresses, "create table kept as select 42 as number")
    assert answers(addresses)
    engines = engines_of(folder)
    first.communicate()
    assert [command_of(pid) for pid in engines.values()] == ["", ""]

    second, addresses = start(folder)
    assert execute(addresses, "select number from kept") == 42
    second.communicate()


def test_a_killed_start_leaves_no_process_and_recovers(folder: Path) -> None:
    first, addresses = start(folder)
    execute(addresses, "create table kept as select 42 as number")
    engines = engines_of(folder)
    kill(first)
    if sys.platform.startswith("linux"):
        assert wait_until(lambda: not any(command_of(pid) for pid in engines.values()), 10)

    second, addresses = start(folder)
    assert execute(addresses, "select number from kept") == 42
    assert answers(addresses)
    second.communicate()


def test_engines_that_outlived_their_parent_are_stopped_first(folder: Path) -> None:
    first, addresses = start(folder)
    execute(addresses, "create table kept as select 42 as number")
    commands = {name: command_of(pid).split() for name, pid in engines_of(folder).items()}
    first.communicate()
    orphans = {
        name: subprocess.Popen(command, stdout=subprocess.DEVNULL, **owner_of(folder))
        for name, command in commands.items()
    }
    mark = folder / "engines/postgres/cluster/postmaster.pid"
    assert wait_until(lambda: mark.exists() and "ready" in mark.read_text(), 10)
    (folder / "engines/valkey/pid").write_text(str(orphans["valkey"].pid))

    second, addresses = start(folder)
    assert [orphan.wait(5) for orphan in orphans.values()] == [0, 0]
    assert execute(addresses, "select number from kept") == 42
    second.communicate()


def test_two_processes_do_not_share_a_folder(folder: Path) -> None:
    first, _ = start(folder)
    with pytest.raises(EngineError, match=f"^Process {first.pid} already uses {folder}: "):
        running(folder, durable=False).__enter__()
    assert command_of(engines_of(folder)["postgres"]) != ""
    first.communicate()


def test_the_data_of_another_version_are_left_alone(folder: Path) -> None:
    with running(folder, durable=False):
        pass
    version = folder / "engines/postgres/cluster/PG_VERSION"
    version.write_text("12\n")
    with pytest.raises(EngineError, match=r"are of PostgreSQL 12 and this is PostgreSQL \d+: "):
        running(folder, durable=False).__enter__()
    assert version.read_text() == "12\n"


def test_an_engine_that_does_not_start_says_why(folder: Path) -> None:
    with running(folder, durable=False):
        pass
    cluster = folder / "engines/postgres/cluster"
    with (cluster / "postgresql.auto.conf").open("a") as settings:
        settings.write("shared_buffers = '1 potato'\n")
    with pytest.raises(EngineError, match=r"^PostgreSQL does not start in .*\.$") as caught:
        running(folder, durable=False).__enter__()
    assert str(caught.value).count("\n") == 0
    assert (cluster / "base").is_dir()


def test_an_interrupted_first_start_begins_again(folder: Path) -> None:
    with running(folder, durable=False):
        pass
    postgres = folder / "engines/postgres"
    (postgres / "cluster").rename(postgres / "unfinished")
    (postgres / "unfinished/PG_VERSION").unlink()
    with running(folder, durable=False):
        assert (postgres / "cluster/PG_VERSION").read_text() == "18\n"
    assert not (postgres / "unfinished").exists()


def test_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    (folder / "file").touch()
    place = folder / "file/data"
    with pytest.raises(EngineError, match=f"^The folder {place} cannot be made: Not a directory.$"):
        running(place).__enter__()


def test_data_may_lie_where_only_their_owner_comes(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    holder, addresses = start(tmp_path)
    assert answers(addresses)
    holder.communicate()
    shutil.rmtree((tmp_path / "engines").resolve())


def test_given_addresses_are_honoured_and_nothing_starts(folder: Path) -> None:
    with running(folder, "postgres://elsewhere/noaber", "redis://elsewhere") as addresses:
        assert addresses == Addresses("postgres://elsewhere/noaber", "redis://elsewhere")
    assert [path.name for path in folder.iterdir()] == ["lock"]


def test_an_interrupt_stops_the_engines(folder: Path) -> None:
    holder, _ = start(folder)
    engines = engines_of(folder)
    holder.send_signal(signal.SIGINT)
    holder.communicate()
    assert [command_of(pid) for pid in engines.values()] == ["", ""]


def test_a_port_in_use_is_named() -> None:
    with claim("127.0.0.1", free_port()) as first:
        first.listen()
        port = first.getsockname()[1]
        with pytest.raises(EngineError, match=f"^Port {port} of 127.0.0.1 cannot be used"):
            claim("127.0.0.1", port)
