"""Sockets while the database cannot tell whose they are: come back later, and never for good."""

import asyncio

from auth import session
from realtime.hub import Hub
from tests.running import As, Server
from tests.schema.test_masking import without
from tests.server.test_endpoint import closed, connected, say
from tests.world import World


async def test_who_cannot_be_looked_up_is_to_come_back_later(server: Server, as_: As) -> None:
    token = as_("neighbour").token
    async with without("session_token"), connected(server, greet=False) as socket:
        payload = {"authorization": f"Bearer {token}"}
        await say(socket, {"type": "connection_init", "payload": payload})
        assert await closed(socket) == 1013
        assert socket.close_reason == "Unexpected error."


async def test_a_look_that_fails_does_not_end_the_watch(
    server: Server, as_: As, hub: Hub, world: World
) -> None:
    person = world.people["neighbour"]
    assert person.resident_id is not None
    assert person.session_id is not None
    async with connected(server, authorization=f"Bearer {person.token}") as socket:
        async with without("session_token"):
            await hub.recheck(person.resident_id)
            await asyncio.sleep(1)
        assert socket.close_code is None
        await session.end(person.session_id)
        await hub.recheck(person.resident_id)
        assert await closed(socket, seconds=10) == 4403
