"""Following opens nothing new: it puts what one may read anyway into one list and one digest."""

from typing import Any

import models
import resolvers.follow
import resolvers.post
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import asked
from tests.world import World

FEED = """
query ($first: Int, $after: String, $kinds: [PostKind!]) {
  viewer { feed(first: $first, after: $after, kinds: $kinds) {
    nodes { body } pageInfo { endCursor hasNextPage }
  } }
}
"""
FOLLOWED = "query ($id: ID!) { neighbourhood(id: $id) { isFollowed } }"
FOLLOW = resolvers.follow.follow_neighbourhood
NEARBY = models.Audience.NEIGHBOURS_NEARBY


async def feed(ask: Ask, persona: str, **given: Any) -> Any:
    return (await asked(ask, persona, FEED, **given))["viewer"]["feed"]


async def write(act: Act, world: World, body: str, **more: Any) -> None:
    given = {"neighbourhood_id": world.home, "kind": models.PostKind.MESSAGE, "body": body, **more}
    await act("resident", resolvers.post.create_post, **given)


async def test_a_followed_place_is_read_with_the_own(act: Act, ask: Ask, world: World) -> None:
    home = world.home
    await write(act, world, "Voor de buren.")
    await write(act, world, "Ook voor jullie.", audience=NEARBY)
    assert (await feed(ask, "nearby"))["nodes"] == []
    await act("nearby", FOLLOW, neighbourhood_id=home)
    await act("nearby", FOLLOW, neighbourhood_id=home)
    assert (await asked(ask, "nearby", FOLLOWED, id=str(home)))["neighbourhood"]["isFollowed"]
    assert (await feed(ask, "nearby", first=1))["nodes"] == [{"body": "Ook voor jullie."}]
    mine = {"neighbourhood_id": world.neighbourhoods["beside"], "body": "Bij ons."}
    await act("nearby", resolvers.post.create_post, kind=models.PostKind.IDEA, **mine)
    await write(act, world, "Het nieuwste.", audience=NEARBY)
    first = await feed(ask, "nearby", first=2)
    assert [each["body"] for each in first["nodes"]] == ["Het nieuwste.", "Bij ons."]
    assert first["pageInfo"]["hasNextPage"]
    rest = await feed(ask, "nearby", first=20, after=first["pageInfo"]["endCursor"])
    assert rest["nodes"][0] == {"body": "Ook voor jullie."}
    assert not rest["pageInfo"]["hasNextPage"]
    ideas = await feed(ask, "nearby", kinds=["IDEA"])
    assert [each["body"] for each in ideas["nodes"]] == ["Bij ons."]
    await act("nearby", resolvers.follow.unfollow_neighbourhood, neighbourhood_id=home)
    assert [each["body"] for each in (await feed(ask, "nearby"))["nodes"]] == ["Bij ons."]


async def test_one_follows_only_what_lies_next_door(act: Act, world: World) -> None:
    for persona, place in (("nearby", "far"), ("resident", "home"), ("worker", "beside")):
        async with refused(RefusalCode.INVALID, "neighbourhood_id"):
            await act(persona, FOLLOW, neighbourhood_id=world.neighbourhoods[place])


async def test_a_follow_opens_nothing_once_one_has_moved_on(
    act: Act, ask: Ask, world: World
) -> None:
    await act("nearby", FOLLOW, neighbourhood_id=world.home)
    await write(act, world, "Ook voor jullie.", audience=NEARBY)
    nearby = world.people["nearby"]
    far = world.neighbourhoods["far"]
    await models.Membership.filter(id=nearby.membership_id).update(neighbourhood_id=far)
    assert (await feed(ask, "nearby"))["nodes"] == []
