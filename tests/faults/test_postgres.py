"""PostgreSQL restarts, freezes and drops its sessions; an acknowledged write outlives it."""

import asyncio
import os
import signal

import asyncpg
import pytest

from tests.faults.conftest import Begin
from tests.faults.form import Form
from tests.faults.town import Town

pytestmark = pytest.mark.faults
NODES = 1


async def processes(town: Town) -> list[int]:
    """The first process of PostgreSQL and all the others."""
    connection = await asyncpg.connect(town.postgres.address, timeout=10)
    try:
        rows = await connection.fetch("select pid from pg_stat_activity")
    finally:
        await connection.close()
    return [town.postgres.pid, *(row["pid"] for row in rows)]


def send(pids: list[int], number: signal.Signals) -> None:
    """Send a signal to those which are still there."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


async def test_postgres_restarts_at_once(begin: Begin, town: Town, form: Form) -> None:
    async with begin("PostgreSQL immediate restart") as trial:

        async def restart() -> None:
            await trial.in_flight()
            await asyncio.to_thread(town.postgres.end, signal.SIGQUIT)
            town.postgres.start()

        for _ in range(form.repeats):
            await trial.inject(restart)


async def test_postgres_is_frozen(begin: Begin, town: Town, form: Form) -> None:
    async with begin(f"PostgreSQL SIGSTOP for {form.frozen_postgres:.0f} s") as trial:

        async def freeze() -> None:
            pids = await processes(town)
            await trial.in_flight()
            send(pids, signal.SIGSTOP)
            await asyncio.sleep(form.frozen_postgres)
            send(pids, signal.SIGCONT)

        await trial.inject(freeze)


async def test_postgres_ends_all_sessions(begin: Begin, town: Town, form: Form) -> None:
    async with begin("PostgreSQL pg_terminate_backend of all") as trial:

        async def terminate() -> None:
            connection = await asyncpg.connect(town.postgres.address, timeout=10)
            await trial.in_flight()
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where backend_type = 'client backend' and pid <> pg_backend_pid()"
            )
            await connection.close()

        for _ in range(form.repeats):
            await trial.inject(terminate)
