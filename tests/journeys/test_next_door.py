"""The story of a newcomer: who says hello, reads next door, and is told of it by a digest."""

from datetime import timedelta

import models
from models.base import floor
from realtime.hub import Hub
from resolvers import digest
from server.settings import Settings
from tests.journeys.test_budget import do
from tests.notifying import done, notifying, text
from tests.resolvers.test_digest import now, wait_for
from tests.running import As
from tests.world import World

NEWCOMERS = """
query ($id: ID!) {
  neighbourhood(id: $id) { newcomers { nodes { displayName introduction { body } } } }
}
"""
FEED = "query { viewer { feed { nodes { body neighbourhood { name } } } } }"


async def test_a_newcomer_says_hello_and_reads_next_door(
    as_: As, world: World, hub: Hub, settings: Settings
) -> None:
    me, beside = as_("resident"), as_("nearby")
    hello = {"kind": "INTRODUCTION", "body": "Ik ben nieuw.", "audience": "NEIGHBOURS_NEARBY"}
    await do(me, "createPost", "post { id }", neighbourhoodId=world.home, **hello)
    found = (await as_("neighbour").ask(NEWCOMERS, id=world.home))["neighbourhood"]["newcomers"]
    named = {each["displayName"]: each["introduction"] for each in found["nodes"]}
    assert named["Resident"] == {"body": "Ik ben nieuw."}
    assert named["Neighbour"] is None
    assert "Pending" not in named
    await do(
        beside, "followNeighbourhood", "neighbourhood { isFollowed }", neighbourhoodId=world.home
    )
    [newest, *_] = (await beside.ask(FEED))["viewer"]["feed"]["nodes"]
    assert newest == {"body": "Ik ben nieuw.", "neighbourhood": {"name": "Home"}}
    await wait_for(world, "nearby", models.Frequency.DAILY)
    await models.Digest.all().update(told_id=floor(now() - timedelta(hours=1)))
    async with notifying(settings, hub) as sink:
        await done()
        sink.letters.clear()
        await digest.write_due(now() + timedelta(minutes=5))
        await done()
    [letter] = [each for each in sink.letters if each["To"] == "nearby@noaber.example"]
    assert "Ik ben nieuw." in text(letter)
