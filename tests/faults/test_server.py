"""Servers are killed while they write, and their clocks move; nothing that was said is lost."""

import asyncio
import random
import signal
from dataclasses import replace
from functools import partial

import pytest

from tests.faults.conftest import Begin
from tests.faults.form import Form
from tests.faults.town import Node, Town

pytestmark = pytest.mark.faults
NODES = 2


async def test_a_server_killed_in_the_middle_of_a_write(
    begin: Begin, town: Town, form: Form
) -> None:
    node = town.nodes[0]
    async with begin("kill -9 of the server in mid-write, restarted", 1) as trial:

        async def kill() -> None:
            await trial.in_flight()
            await asyncio.sleep(random.uniform(0, 0.02))
            node.kill()
            node.start()
            await asyncio.to_thread(node.answer)

        for _ in range(form.kills):
            await trial.inject(kill)


async def test_one_of_two_servers_is_killed(begin: Begin, town: Town, form: Form) -> None:
    async with begin("two servers, kill -9 of one") as trial:

        async def kill(node: Node) -> None:
            await trial.in_flight()
            node.kill()

        for turn in range(form.repeats):
            node = town.nodes[turn % 2]
            await trial.inject(partial(kill, node))
            node.start()
            await asyncio.to_thread(node.answer)


async def test_a_clock_is_moved(begin: Begin, town: Town, form: Form) -> None:
    node = town.nodes[1]
    node.kill()
    shifted = replace(node, module="tests.faults.shifted")
    shifted.start()
    try:
        await asyncio.to_thread(shifted.answer)
        async with begin("the clock of one of two servers an hour on, then back") as trial:

            async def move(number: signal.Signals) -> None:
                assert shifted.process
                shifted.process.send_signal(number)
                await asyncio.sleep(0.5)

            for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGUSR2, signal.SIGUSR1):
                await trial.inject(partial(move, number))
    finally:
        shifted.close()
        node.start()
        await asyncio.to_thread(node.answer)
