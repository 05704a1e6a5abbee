"""The commands: `python -m server demo | serve | worker | migrate | seed | schema | ...`."""

import asyncio
import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec
from uuid import UUID

import typer

import models
import schema
from models.transaction import Retry
from resolvers.refusal import Refusal
from server import appeal, demo, erasure, migration, partner, seed, serving, worker
from server.engines import EngineError
from server.progress import Progress
from server.redaction import redacted
from server.settings import Environment, SettingsError, read

PRINTED = Path(schema.__file__).parent / "schema.graphql"
MENDABLE = (EngineError, SettingsError, Retry, seed.NotEmpty, partner.PartnerError, Refusal)
P = ParamSpec("P")

commands = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


def command(name: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Register a command; what a person can mend ends it with one sentence and exit code 1."""

    def register(body: Callable[P, None]) -> Callable[P, None]:
        @commands.command(name)
        @wraps(body)
        def run(*given: P.args, **named: P.kwargs) -> None:
            try:
                body(*given, **named)
            except MENDABLE as error:
                sys.exit(str(error))
            except OSError as error:
                sys.exit(f"{error}.")
            except KeyboardInterrupt:
                sys.exit(130)

        return run

    return register


@command("demo")
def run_demo(port: Annotated[int | None, typer.Option(help="Where to listen.")] = None) -> None:
    """Start engines, data and server, all in one."""
    chosen = {} if port is None else {"port": port}
    demo.run(read(environment=Environment.DEMO, **chosen))


@command("serve")
def run_server() -> None:
    """Serve the API; DATABASE_URL and REDIS_URL say on what."""
    serving.serve(read())


@command("worker")
def work() -> None:
    """Tell what is due, send the webhooks, forget what is no longer needed."""
    asyncio.run(worker.run(read()))


@command("migrate")
def migrate(
    check: Annotated[bool, typer.Option(help="Fail when a migration is missing.")] = False,
    make: Annotated[str, typer.Option(help="Write the migration that is missing.")] = "",
) -> None:
    """Bring the database up to date, or the migrations in step with the models."""
    if check:
        if missing := asyncio.run(migration.drift()):
            sys.exit("\n  ".join(["The models have no migration for this:", *missing]))
    elif make:
        print(*asyncio.run(migration.make(make)), sep="\n")
    else:
        print(*asyncio.run(migration.apply(_database_url())), sep="\n")


@command("restore-epoch")
def restore_epoch() -> None:
    """After a backup of files was put back: have every client read its feed anew."""
    asyncio.run(migration.begin_epoch(_database_url()))
    print("Another epoch has begun: cursors of before it answer FeedReset.")


@command("seed")
def load_seed(
    scale: Annotated[int, typer.Option(min=1, help="How many times Deinze.")] = 1,
) -> None:
    """Fill an empty, migrated database with Deinze after one year."""
    if read().environment is Environment.PRODUCTION:
        raise SettingsError("The seed is not for production: its passwords are known to everybody.")
    asyncio.run(seed.load(_database_url(), scale=scale, progress=Progress("Loading Deinze")))


@command("organisation")
def found_organisation(
    name: Annotated[str, typer.Option(help="What it is called.")],
    kind: Annotated[models.OrganisationKind, typer.Option(help="What kind of partner it is.")],
    cover: Annotated[list[str], typer.Option(help="A neighbourhood it covers, by its slug.")],
    manager: Annotated[str, typer.Option(help="The name of the first manager.")] = "Manager",
) -> None:
    """Found a partner organisation, and print its first manager's code, once."""
    founding = partner.found(_database_url(), name=name, kind=kind, cover=cover, manager=manager)
    code = asyncio.run(founding)
    print(f"{code}   opens the organisation to its first manager, once, within 14 days.")


@command("erasures")
def list_erasures() -> None:
    """Print the ids of erased accounts, to be kept beside the backups."""
    print(*asyncio.run(erasure.listed(_database_url())), sep="\n")


@command("erase-again")
def erase_again() -> None:
    """Erase the accounts whose ids come by standard input, in a database that was restored."""
    settings = read()
    given = [UUID(line.strip()) for line in sys.stdin if line.strip()]
    done = asyncio.run(erasure.again(settings, given))
    print(f"{done} of {len(given)} accounts were erased again.")


@command("appeals")
def list_appeals() -> None:
    """Print the appeals that wait for the platform."""
    found = asyncio.run(appeal.waiting(_database_url()))
    print(*(found or ["No appeal waits."]), sep="\n")


@command("answer-appeal")
def answer_appeal(
    decision: Annotated[UUID, typer.Option(help="Which decision.")],
    words: Annotated[str, typer.Option(help="Why; whom it is about reads it.")],
    lift: Annotated[bool, typer.Option("--lift/--uphold", help="Take it back, or not.")],
) -> None:
    """Lift or uphold a decision of moderators that was appealed."""
    answering = appeal.answer(_database_url(), decision_id=decision, is_lifted=lift, words=words)
    asyncio.run(answering)
    print("Whom it is about, and the moderators, are told.")


@command("schema")
def write_schema(
    check: Annotated[bool, typer.Option(help="Fail when the file is out of date.")] = False,
    show: Annotated[bool, typer.Option("--print", help="Print it, write nothing.")] = False,
) -> None:
    """Write what the API says to schema/schema.graphql."""
    text = schema.api.as_str().rstrip() + "\n"
    if show:
        print(text, end="")
    elif not check:
        PRINTED.write_text(text, "utf-8")
    elif not PRINTED.exists() or PRINTED.read_text("utf-8") != text:
        sys.exit("schema/schema.graphql is not what the API says: run `make schema`.")


@command("config")
def print_config() -> None:
    """Check the settings, and print them without secrets and passwords."""
    print(json.dumps(redacted(read()), indent=2))


def _database_url() -> str:
    if url := read().database_url:
        return url
    raise SettingsError("Set DATABASE_URL: this command starts no engines.")


if __name__ == "__main__":
    commands()
