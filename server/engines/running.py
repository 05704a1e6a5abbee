"""Both engines together: given addresses are honoured, what is missing is started."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from server.engines.account import find_account, find_home
from server.engines.folder import held
from server.engines.postgres import postgres
from server.engines.valkey import valkey


@dataclass(frozen=True)
class Addresses:
    """Where PostgreSQL and Valkey answer; they carry passwords, so never log them."""

    database_url: str
    redis_url: str


@contextmanager
def running(
    directory: Path, database_url: str = "", redis_url: str = "", *, durable: bool = True
) -> Iterator[Addresses]:
    """Run what is not given under `directory`, and stop it at the end.

    Enter it from the main thread. Raises `EngineError` with one sentence for a person.
    """
    directory = directory.resolve()
    with ExitStack() as stack:
        stack.enter_context(held(directory))
        if not (database_url and redis_url):
            account = find_account(directory)
            home = find_home(directory, account)
            database_url = database_url or stack.enter_context(
                postgres(home, account, durable=durable)
            )
            redis_url = redis_url or stack.enter_context(valkey(home, account))
        yield Addresses(database_url, redis_url)
