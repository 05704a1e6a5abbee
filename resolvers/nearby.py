"""Keeps count of what each member wrote for neighbours nearby: it decides who may read the name."""

from uuid import UUID

from tortoise.expressions import F

import models
from models.database import connection

# locked by id, as everywhere, so that two who change the same members at this moment come in turn
COUNT_THREAD = """
with written as (
    select author_id, count(*) as items
    from (select author_id from post where id = $1
          union all
          select author_id from comment
          where post_id = $1 and removed_at is null and deleted_at is null) as item
    where author_id is not null group by author_id
), held as (
    select m.id, w.items from membership m join written w on w.author_id = m.id
    order by m.id for no key update of m
)
update membership set nearby_count = nearby_count + $2 * held.items
from held where membership.id = held.id
"""


async def count_post(post: models.Post, change: int) -> None:
    """Count a nearby post and the comments under it in (+1) or out (-1); others are not counted."""
    if post.audience is models.Audience.NEIGHBOURS_NEARBY:
        await connection().execute_query(COUNT_THREAD, [post.id, change])


async def count_comment(comment: models.Comment, change: int) -> None:
    """Count a comment under a nearby post in (+1) or out (-1); others are not counted."""
    if comment.audience is models.Audience.NEIGHBOURS_NEARBY:
        await count_item(comment.author_id, change)


async def count_item(membership_id: UUID | None, change: int) -> None:
    """Raise or lower one member's count; an organisation has none."""
    if membership_id is None:
        return
    await models.Membership.filter(id=membership_id).update(nearby_count=F("nearby_count") + change)
