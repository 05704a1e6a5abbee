"""The feed page costs a fixed number of statements, whatever the size of its page."""

import logging
from typing import Any

import pytest

import models
from tests.inside import Ask
from tests.world import World

FEED_PAGE = """
query ($id: ID!, $first: Int!) {
  neighbourhood(id: $id) {
    name
    feed(first: $first) {
      nodes {
        id kind title body commentCount
        author { displayName street }
        reactions { kind count }
        myReaction
        comments(last: 3) { nodes { body author { displayName } myReaction } }
      }
      pageInfo { endCursor hasNextPage }
    }
  }
}
"""
# the viewer, the neighbourhood, the posts, their authors, the viewer's reactions on them, three
# comments under each, the authors of those, the viewer's reactions on those
STATEMENTS = 8


async def posts(world: World, count: int) -> None:
    """Posts by everybody at home, four comments under each."""
    people = [world.people[name].membership_id for name in ("resident", "neighbour", "moderator")]
    for number in range(count):
        shared: dict[str, Any] = {
            "neighbourhood_id": world.home,
            "audience": models.Audience.NEIGHBOURHOOD,
        }
        author_id = people[number % 3]
        kind = models.PostKind.MESSAGE
        post = await models.Post.create(
            **shared, author_id=author_id, kind=kind, body=f"Post {number}"
        )
        await models.Comment.bulk_create(
            models.Comment(**shared, post_id=post.id, author_id=people[n % 3], body=f"Comment {n}")
            for n in range(4)
        )


@pytest.mark.parametrize("size", [1, 5, 40])
async def test_the_feed_page_costs_the_same_at_any_size(
    ask: Ask, world: World, caplog: pytest.LogCaptureFixture, size: int
) -> None:
    await posts(world, 40)
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        answer = await ask("neighbour", FEED_PAGE, id=world.home, first=size)
    assert answer.errors is None
    assert answer.data is not None
    nodes = answer.data["neighbourhood"]["feed"]["nodes"]
    assert len(nodes) == size
    assert [len(node["comments"]["nodes"]) for node in nodes] == [3] * size
    statements = [r for r in caplog.records if r.name == "tortoise.db_client"]
    assert len(statements) == STATEMENTS, [r.getMessage()[:120] for r in statements]
