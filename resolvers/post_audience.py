"""Who may read a post and what is under it: checked, and changed at once for all of it."""

from uuid import UUID

import models
from realtime import events
from resolvers import help_request_post, nearby, post_part
from resolvers.feed import about_post
from resolvers.refusal import Refusal, RefusalCode
from resolvers.work import Work


def check(work: Work, neighbourhood_id: UUID, audience: models.Audience) -> None:
    """A professional may not write what professionals may not read. Raises `Refusal` INVALID."""
    if audience is models.Audience.NEIGHBOURS_ONLY and neighbourhood_id in work.viewer.works_in:
        raise Refusal(RefusalCode.INVALID, "You would not see your own post.", "audience")


async def readdress(work: Work, post: models.Post, audience: models.Audience) -> None:
    """Those who could read it are told that it is gone; those who now may, are told of it after."""
    work.announce(about_post(events.PostRemoved, post))
    await nearby.count_post(post, -1)
    post.audience = audience
    await post.save(update_fields=["audience"])
    await post_part.readdress(post)
    await help_request_post.readdress(post)
    await nearby.count_post(post, +1)
