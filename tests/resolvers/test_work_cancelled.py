"""A thousand mutations, each broken off at some moment: the pool is whole, and so are the rows."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

import models
import resolvers.post
from realtime import outbox
from tests.realtime import stage
from tests.resolvers.conftest import Act
from tests.world import World

MUTATIONS, AT_ONCE = 1_000, 25
CHANCE = random.Random(2020)
FREE = """
select count(*) filter (where state <> 'idle') as busy from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""


def writing(act: Act, world: World) -> list[asyncio.Future[Any]]:
    """So many posts at once."""
    given = {
        "neighbourhood_id": world.home,
        "kind": models.PostKind.MESSAGE,
        "body": "Even iets.",
        "audience": models.Audience.NEIGHBOURHOOD,
    }
    verb = resolvers.post.create_post
    return [asyncio.ensure_future(act("resident", verb, **given)) for _ in range(AT_ONCE)]


async def published(tasks: Sequence[asyncio.Future[Any]], longest: float) -> int:
    """Break each off at some moment; how many were done all the same, and none failed."""
    for task in tasks:
        asyncio.get_running_loop().call_later(CHANCE.uniform(0, longest), task.cancel)
    await asyncio.wait(tasks)
    outcomes = [task.exception() for task in tasks if not task.cancelled()]
    assert outcomes == [None] * len(outcomes)
    return len(outcomes)


async def test_a_thousand_cancelled_mutations_leave_the_pool_whole(act: Act, world: World) -> None:
    await stage.fill_pool()
    begun = asyncio.get_running_loop().time()
    await asyncio.gather(*writing(act, world))
    # longer than it takes, so that they are broken off everywhere and some are done
    longest = 1.5 * (asyncio.get_running_loop().time() - begun)
    posts = await models.Post.all().count()
    before = (await outbox.position(world.home)).last
    done = sum([await published(writing(act, world), longest) for _ in range(MUTATIONS // AT_ONCE)])
    assert 0 < done < MUTATIONS
    kept = await models.Post.all().count() - posts
    # what was acknowledged is there; what was broken off after its commit may be
    assert done <= kept < MUTATIONS
    assert (await outbox.position(world.home)).last - before == kept
    await asyncio.wait_for(stage.fill_pool(), 5)
    [row] = await models.database.connection().execute_query_dict(FREE)
    assert row["busy"] == 0
