"""Lines go silent, drip and break; readers never read; crowds are dropped and come back."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from tests.faults.conftest import Begin
from tests.faults.form import Form
from tests.faults.ledger import NEARBY
from tests.faults.proxy import proxying
from tests.faults.subscriber import deaf
from tests.faults.town import Town
from tests.faults.trial import until

pytestmark = pytest.mark.faults
NODES = 1
FILLER, FILL = "x" * 9_900, 60
IN_TIME_SECONDS = 2.0
RESUME_SECONDS = 20.0
PER_RESIDENT = 4


async def test_connections_go_half_open(begin: Begin, town: Town, form: Form) -> None:
    async with proxying(town.nodes[0].port) as proxy, begin("half-open connections") as trial:
        for who in ("neighbour", "worker", "nearby"):
            trial.follow(who, [proxy.address])

        async def silence() -> None:
            assert proxy.silence() == 3

        for _ in range(form.repeats):
            await trial.inject(silence)


async def test_a_line_drips(begin: Begin, town: Town, form: Form) -> None:
    async with proxying(town.nodes[0].port) as proxy, begin("lines that drip") as trial:
        drops = [trial.follow(who, [proxy.address]) for who in ("neighbour", "worker", "nearby")]

        async def drip() -> None:
            proxy.piece = 24
            await asyncio.sleep(form.frozen)
            await trial.recovered()
            proxy.piece = 0

        await trial.inject(drip)
        assert [each.connection for each in drops] == [0, 0, 0]


async def test_a_connection_is_reset_in_the_middle_of_a_frame(
    begin: Begin, town: Town, form: Form
) -> None:
    async with proxying(town.nodes[0].port) as proxy, begin("reset in mid-frame") as trial:
        torn = [trial.follow(who, [proxy.address]) for who in ("neighbour", "worker", "nearby")]

        async def tear() -> None:
            before = sum(each.connection for each in torn)
            assert proxy.tear() == 3
            await until(lambda: sum(each.connection for each in torn) >= before + 3, 5)

        for _ in range(form.repeats):
            await trial.inject(tear)


async def test_readers_that_never_read_keep_nobody_waiting(
    begin: Begin, town: Town, form: Form
) -> None:
    await town.people.gather(form.readers // PER_RESIDENT)
    name, pause = f"{form.readers} readers that never read", form.readers / 100
    async with AsyncExitStack() as stack, begin(name, pause=pause) as trial:
        writer = trial.writer()
        writer.filler = FILLER

        async def sit() -> None:
            for number in range(form.readers):
                token = town.people.crowd[number // PER_RESIDENT]
                await stack.enter_async_context(
                    deaf(town.nodes[0].address, token, writer.stream_id)
                )
            for _ in range(FILL):
                await writer.write(NEARBY)

        await trial.inject(sit)
    assert trial.delay < IN_TIME_SECONDS


async def test_a_crowd_that_is_dropped_resumes(begin: Begin, town: Town, form: Form) -> None:
    await town.people.gather(form.crowd // PER_RESIDENT)
    async with begin(f"{form.crowd:,} sockets dropped at once", pause=form.crowd / 400) as trial:
        crowd = [
            trial.follow(token)
            for token in town.people.crowd[: form.crowd // PER_RESIDENT]
            for _ in range(PER_RESIDENT)
        ]
        for each in crowd:
            each.ping_seconds, each.open_seconds = None, RESUME_SECONDS
        await trial.start(2 * RESUME_SECONDS)

        async def drop() -> None:
            for each in crowd:
                each.drop()
            marker = await trial.writer().write(NEARBY)
            await trial.reached({marker}, 3 * RESUME_SECONDS)  # late is not lost: told apart below

        for _ in range(form.repeats):
            await trial.inject(drop)
    assert min(each.connection for each in crowd) >= form.repeats
    assert trial.delay < RESUME_SECONDS
