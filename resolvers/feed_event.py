"""The live feed of a neighbourhood: events since a cursor, then as they happen."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.viewer import Viewer
from auth.visibility import visible
from realtime import events
from resolvers import comment
from resolvers.context import Context
from resolvers.stream import After, Happening, Mark, Source, encode, follow


@dataclass(frozen=True, kw_only=True)
class FeedHappening(Happening):
    """What happened in a feed; `post` or `comment` is the row, looked up when it is told."""

    post_id: UUID | None
    comment_id: UUID | None
    post: models.Post | None = None
    comment: models.Comment | None = None

    @property
    def subject(self) -> models.Post | models.Comment | None:
        """What was reacted to."""
        return self.comment or self.post


async def feed_events(
    context: Context,
    *,
    neighbourhood_id: Annotated[UUID, Doc("The feed of which neighbourhood.")],
    after: After = None,
) -> AsyncGenerator[Happening | Mark, None]:
    """What happens in a neighbourhood, in order, at least once, as long as one may read it."""
    async for told in follow(context, feed(neighbourhood_id), after):
        yield told


def feed(neighbourhood_id: UUID) -> Source:
    """The feed of a neighbourhood, as a stream to follow."""
    return Source(
        neighbourhood_id,
        "neighbourhood",
        lambda viewer: _may_follow(viewer, neighbourhood_id),
        look_up,
    )


async def look_up(context: Context, told: events.Told) -> FeedHappening | None:
    """The event with its row; None when the viewer may not see the row any more."""
    event = told.event
    happening = FeedHappening(
        cursor=encode(told.stream_id, told.sequence),
        id=told.id,
        at=told.at,
        kind=event.kind,
        post_id=event.post_id,
        comment_id=event.comment_id,
    )
    if isinstance(event, events.PostRemoved):
        return happening
    if isinstance(event, events.CommentRemoved):
        return happening if await _was_seen(context.viewer, event.comment_id) else None
    if event.comment_id is not None:
        comments = visible(models.Comment, context.viewer)
        found = await comments.get_or_none(id=event.comment_id, deleted_at__isnull=True)
        shown = found if found and await comment.stands(context.viewer, found) else None
        return None if shown is None else replace(happening, comment=shown)
    post = await visible(models.Post, context.viewer).get_or_none(id=event.post_id)
    return None if post is None else replace(happening, post=post)


async def _was_seen(viewer: Viewer, comment_id: UUID) -> bool:
    """Whether an erased comment stood where the viewer reads; only a block may say otherwise."""
    if not viewer.blocked:
        return True
    erased = await visible(models.Comment, viewer).get_or_none(id=comment_id)
    return erased is not None and await comment.stands(viewer, erased)


def _may_follow(viewer: Viewer, neighbourhood_id: UUID) -> bool:
    """Members and professionals follow it all; members next door, what was chosen for them."""
    return neighbourhood_id in viewer.member_of | viewer.works_in | viewer.nearby
