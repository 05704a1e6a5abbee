"""The count of what each wrote for neighbours nearby, when several change it at the same moment."""

import asyncio

import pytest

import models
import resolvers.comment
import resolvers.post
from tests.resolvers.conftest import Act
from tests.world import World

ROUNDS = 30
PEOPLE = ("resident", "neighbour", "moderator")
pytestmark = pytest.mark.timeout(120)


async def talked_about(act: Act, world: World, author: str) -> models.Post:
    """A post for neighbours nearby, under which each of the three has written."""
    post = await act(
        author,
        resolvers.post.create_post,
        neighbourhood_id=world.home,
        kind=models.PostKind.MESSAGE,
        audience=models.Audience.NEIGHBOURS_NEARBY,
        body="Wie komt er mee wandelen?",
    )
    for persona in PEOPLE:
        await act(persona, resolvers.comment.add_comment, post_id=post.id, body="Ik kom mee.")
    assert isinstance(post, models.Post)
    return post


async def counts(world: World) -> list[int]:
    ids = [world.people[persona].membership_id for persona in PEOPLE]
    rows = await models.Membership.filter(id__in=ids).order_by("id")
    return [row.nearby_count for row in rows]


async def test_posts_with_the_same_commenters_are_removed_at_once_and_each_is_counted_out(
    act: Act, world: World
) -> None:
    before = await counts(world)
    for _ in range(ROUNDS):
        posts = [await talked_about(act, world, author) for author in PEOPLE]
        assert await counts(world) == [count + 4 for count in before]
        removals = [
            act(author, resolvers.post.delete_post, post_id=post.id)
            for author, post in zip(PEOPLE, posts, strict=True)
        ]
        await asyncio.gather(*removals)
    assert await counts(world) == before
