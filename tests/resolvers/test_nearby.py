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


async def test_posts_with_the_same_commenters_are_removed_at_once_and_each_is_counted_out(
    act: Act, world: World
) -> None:
    ids = [world.people[persona].membership_id for persona in PEOPLE]
    before = await models.Membership.filter(id__in=ids).order_by("id").values_list("nearby_count")
    for _ in range(ROUNDS):
        posts = [
            await act(
                author,
                resolvers.post.create_post,
                neighbourhood_id=world.home,
                kind=models.PostKind.MESSAGE,
                audience=models.Audience.NEIGHBOURS_NEARBY,
                body="Wie komt er mee wandelen?",
            )
            for author in PEOPLE
        ]
        for post in posts:
            for persona in PEOPLE:
                say = {"post_id": post.id, "body": "Ik kom mee."}
                await act(persona, resolvers.comment.add_comment, **say)
        await asyncio.gather(
            *(
                act(author, resolvers.post.delete_post, post_id=post.id)
                for author, post in zip(PEOPLE, posts, strict=True)
            )
        )
    after = await models.Membership.filter(id__in=ids).order_by("id").values_list("nearby_count")
    assert after == before
