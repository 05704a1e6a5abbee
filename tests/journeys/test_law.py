"""The story of leaving: taking everything along, thinking it over, and being gone."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import httpx
import orjson

from realtime.hub import Hub
from resolvers import account_deletion
from server.settings import Settings
from tests.journeys.test_feed import FEED, told
from tests.notifying import done, notifying
from tests.running import As, Server
from tests.world import PASSWORD, World

EXPORTS = "query { viewer { exports { nodes { id state bytes } } } }"


async def test_a_resident_takes_everything_along_and_is_erased(
    as_: As, server: Server, world: World, hub: Hub, settings: Settings
) -> None:
    me, you = as_("resident"), as_("neighbour")
    given = {"neighbourhoodId": world.home, "kind": "MESSAGE", "body": "Mijn laatste woord."}
    post = (await me.do("createPost", "post { id }", **given))["post"]
    made = await me.do("exportMyData", "export { id }", password=PASSWORD)
    async with notifying(settings, hub):
        await done()
    [export] = (await me.ask(EXPORTS))["viewer"]["exports"]["nodes"]
    assert (export["id"], export["state"]) == (made["export"]["id"], "READY")
    address = f"http://127.0.0.1:{server.port}/export/{export['id']}"
    async with httpx.AsyncClient(timeout=20) as client:
        for wrong in ({}, {"Authorization": f"Bearer {you.token}"}):
            assert (await client.get(address, headers=wrong)).status_code == 404
        mine = {"Authorization": f"Bearer {me.token}"}
        file = await client.get(address, headers=mine)
    assert (file.status_code, len(file.content)) == (200, export["bytes"])
    with zipfile.ZipFile(io.BytesIO(file.content)) as opened:
        posts = orjson.loads(opened.read("post.json"))
    assert "Mijn laatste woord." in [row["body"] for row in posts]
    async with you.follow(FEED, id=world.home) as feed, me.follow(FEED, id=world.home) as own:
        await me.do("deleteMyAccount", "account { deletedOn }", password=PASSWORD)
        assert await account_deletion.erase_due(hub, datetime.now(UTC) + timedelta(days=15)) == 1
        await feed.until(lambda: post["id"] in str(feed.results()))
        gone = [each for each in told(feed.results()) if each.get("postId") == post["id"]]
        assert [each["__typename"] for each in gone] == ["PostRemoved"]
        await own.until(lambda: own.close_code is not None)
    assert (await me.send("{ viewer { id } }"))["data"] == {"viewer": None}
