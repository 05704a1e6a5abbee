"""The demo: from an empty folder to a living neighbourhood in one process."""

import asyncio
import os
import secrets
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import orjson

from server import migration, seed, serving
from server.engines import Addresses, running
from server.engines.port import claim
from server.ide import Persona
from server.persona import introduce
from server.production import DEMO_MARK
from server.progress import Progress
from server.settings import SECRET_BYTES, Environment, Settings

GENEROUS = 20


def run(settings: Settings) -> None:
    """Start what is missing, load the data when there are none, serve until a signal.

    Raises `EngineError` with one sentence for whatever cannot start; data are never removed.
    """
    with claim(settings.host, settings.port) as claimed, _stopped_by_signals():
        folder = settings.data_directory.resolve()
        with running(folder, settings.database_url, settings.redis_url) as addresses:
            settings = _settled(settings, addresses, folder)
            personas = asyncio.run(prepare(settings))
            _write(folder / "demo.json", describe(settings, personas))
            print(_welcome(settings, personas, folder), flush=True)
            serving.listen(settings, list(personas.values()), claimed, works=True)


async def prepare(settings: Settings) -> Mapping[str, Persona]:
    """Migrate, load the data into an empty database, and sign the personas in."""
    await migration.apply(settings.database_url)
    if not await seed.is_loaded(settings.database_url):
        await seed.load(settings.database_url, progress=Progress("Loading Deinze"))
    return await introduce(settings.database_url)


def describe(settings: Settings, personas: Mapping[str, Persona]) -> dict[str, object]:
    """What `demo.json` says: the addresses, and a bearer token for each persona."""
    place = _place(settings)
    return {
        "http": f"http://{place}/graphql",
        "ws": f"ws://{place}/graphql",
        "tokens": {name: persona.token for name, persona in personas.items()},
        "neighbourhoods": {name: persona.neighbourhood_id for name, persona in personas.items()},
        "organisations": {name: persona.organisation_id for name, persona in personas.items()},
    }


def _settled(settings: Settings, addresses: Addresses, folder: Path) -> Settings:
    """The settings with everything that the demo provides."""
    return settings.model_copy(
        update={
            "environment": Environment.DEMO,
            "database_url": addresses.database_url,
            "redis_url": addresses.redis_url,
            "data_directory": folder,
            "ide": True,
            "log_format": "text",
            "rates": max(settings.rates, GENEROUS),
            "public_url": f"http://{_place(settings)}",
            "secret": settings.secret or _secret(folder / "secret"),
        }
    )


def _secret(path: Path) -> str:
    """The secret of this data directory, made at the first start."""
    if not path.exists():
        _write(path, DEMO_MARK + secrets.token_hex(SECRET_BYTES))
    made: str = orjson.loads(path.read_bytes())
    return made


def _write(path: Path, content: object) -> None:
    """Write JSON that only its owner reads; a reader never finds half of it."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")
    fresh.rename(path)


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end the block as Ctrl-C does, engines and all."""
    handlers = {signal.SIGTERM: _stop, signal.SIGHUP: _terminate}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _terminate(number: int, frame: FrameType | None) -> None:
    # an exception in the midst of uvicorn's loop may hang it; SIGTERM it knows how to end by
    signal.raise_signal(signal.SIGTERM)


def _place(settings: Settings) -> str:
    return f"{settings.host}:{settings.port}"


def _welcome(settings: Settings, personas: Mapping[str, Persona], folder: Path) -> str:
    """What was started, and what to try next."""
    address = f"http://{_place(settings)}/graphql"
    token = personas["resident"].token
    people = "\n".join(f"  {name:18} {each.description}" for name, each in personas.items())
    return f"""
Deinze is alive.

  IDE        {address}   choose who you are; a live subscription is among the examples
  letters    http://{_place(settings)}/mail   what e-mail would have been sent
  tokens     {folder / "demo.json"}
  password   {seed.DEMO_PASSWORD}   of each of these accounts (the last is a program's token):

{people}

Ask something:

  curl -s {address} -H 'Authorization: Bearer {token}' \\
    -H 'Content-Type: application/json' -d '{{"query":"{{ viewer {{ email }} }}"}}'

Ctrl-C stops it; the data stay.
"""
