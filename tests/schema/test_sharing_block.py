"""Whom a block stands between shares no answer with those whom none does."""

import orjson
import pytest

import models
import resolvers.block
import resolvers.comment
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.work import perform
from server import live
from tests.resolvers import talking
from tests.schema.test_sharing import follow
from tests.world import World

DOCUMENT = """
subscription ($id: ID!, $after: String) {
  feedEvents(neighbourhoodId: $id, after: $after) {
    ... on CommentAdded { comment { body replyCount post { commentCount } } }
  }
}
"""


async def as_(hub: Hub, world: World, persona: str) -> Context:
    return await Context(hub, world.people[persona].token).fresh()


@pytest.fixture
async def commented(hub: Hub, world: World) -> None:
    """Neighbour and moderator write under a post of the resident; a third blocks the neighbour."""
    await talking.settle(world, "third", "fourth")
    for persona in ("neighbour", "moderator"):
        given = {"post_id": world.posts[models.Audience.NEIGHBOURHOOD], "body": persona}
        context = await as_(hub, world, persona)
        await perform(context, resolvers.comment.add_comment, given, None)
    whom = {"membership_id": world.people["neighbour"].membership_id}
    verb = resolvers.block.block_member
    await perform(await as_(hub, world, "third"), verb, whom, None)


async def test_each_gets_what_the_own_blocks_leave(hub: Hub, world: World, commented: None) -> None:
    shared = live.Sharing()
    counted = {}
    for persona in ("fourth", "third", "resident"):
        following, told = await follow(hub, world, persona, DOCUMENT)
        answer = await shared.answer(following, told[1])
        assert answer is not None
        comment = orjson.loads(answer)["data"]["feedEvents"]["comment"]
        counted[persona] = (following.key, comment["body"], comment["post"]["commentCount"])
    assert counted["fourth"] == counted["resident"]
    assert counted["fourth"][1:] == ("moderator", 3)
    assert counted["third"][1:] == ("moderator", 2)
    assert counted["third"][0] != counted["fourth"][0]


async def test_what_a_block_hides_is_told_to_others_of_the_class(
    hub: Hub, world: World, commented: None
) -> None:
    shared = live.Sharing()
    for persona, is_told in (("third", False), ("fourth", True), ("third", False)):
        following, told = await follow(hub, world, persona, DOCUMENT)
        answer = await shared.answer(following, told[0])
        assert (answer is not None) is is_told
