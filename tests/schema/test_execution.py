"""How operations run: a long subscription keeps nothing of the events it has told."""

import gc
import tracemalloc
from typing import Any

import models
import schema
from models.database import connection
from realtime.hub import Hub
from resolvers.context import Context
from tests import beginning
from tests.world import World

EVENTS = 1_000
MANY_EDITS = """
insert into event (id, created_at, stream_id, sequence, kind, neighbourhood_id, audience, author_id,
                   post_id)
select uuidv7(), now(), p.neighbourhood_id, n, 'POST_EDITED', p.neighbourhood_id, p.audience,
       p.author_id, p.id
from post p, generate_series(1, $2::bigint) n where p.id = $1
"""
FEED = """
subscription ($id: ID!, $after: String) {
  feedEvents(neighbourhoodId: $id, after: $after) { ... on PostEdited { post { body } } }
}
"""


async def test_a_long_subscription_does_not_grow(hub: Hub, world: World) -> None:
    post_id = world.posts[models.Audience.NEIGHBOURHOOD]
    await connection().execute_query(MANY_EDITS, [post_id, EVENTS])
    await models.Stream.filter(id=world.home).update(last_sequence=EVENTS)
    context = Context(hub, world.people["neighbour"].token)
    after = await beginning.cursor(context.token, world.home)
    stream: Any = await schema.api.subscribe(FEED, {"id": str(world.home), "after": after}, context)
    await told(stream, EVENTS // 2)
    tracemalloc.start()
    try:
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        await told(stream, EVENTS // 2 - 1)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
        await stream.aclose()
    # as graphql-core leaves it: 0.9 MB
    assert grown < 200_000


async def told(stream: Any, count: int) -> None:
    """Take the next events, each of them whole."""
    for _ in range(count):
        result = await anext(stream)
        assert result.errors is None
        assert result.data == {"feedEvents": {"post": {"body": "Body for NEIGHBOURHOOD"}}}
