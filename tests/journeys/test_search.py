"""The story of a search: a plural and a slip find it, until it is gone."""

from tests.client import Client
from tests.journeys.test_block import publish
from tests.running import As
from tests.world import World

SEARCH = "query ($query: String!) { search(query: $query) { nodes { post { id } } } }"


async def found(client: Client, query: str) -> list[str]:
    nodes = (await client.ask(SEARCH, query=query))["search"]["nodes"]
    return [each["post"]["id"] for each in nodes]


async def test_a_neighbour_finds_what_was_written_until_it_is_removed(
    as_: As, world: World
) -> None:
    me, you, stranger = as_("resident"), as_("neighbour"), as_("stranger")
    post_id = await publish(me, world, "Wie heeft er een bakfiets te leen?")
    for query in ("bakfiets", "bakfietsen", "bakfits", "lenen bakfiets"):
        assert await found(you, query) == [post_id], query
    assert await found(stranger, "bakfiets") == []
    await me.do("deletePost", "deletedId", postId=post_id)
    assert await found(you, "bakfiets") == []
