"""What happens in a feed, as a subscriber gets it: one type for each kind of event."""

from collections.abc import Callable
from uuid import UUID

import strawberry

import models
from resolvers.stream import Happening
from schema.comment import Comment
from schema.event import FeedEvent
from schema.field import field
from schema.post import Post
from schema.reaction import Reactable

Test = Callable[[object, strawberry.Info], bool]


def _of(kind: models.EventKind) -> Test:
    """Tells the events of one kind from others."""
    return lambda told, _info: isinstance(told, Happening) and told.kind is kind


@strawberry.type(description="A post was published, or came within the viewer's reach.")
class PostPublished(FeedEvent):
    """Kind POST_PUBLISHED."""

    post: Post = field("The post.")
    is_type_of = _of(models.EventKind.POST_PUBLISHED)


@strawberry.type(description="The words of a post have changed.")
class PostEdited(FeedEvent):
    """Kind POST_EDITED."""

    post: Post = field("The post as it is now.")
    is_type_of = _of(models.EventKind.POST_EDITED)


@strawberry.type(description="A post is gone, or out of the viewer's reach.")
class PostRemoved(FeedEvent):
    """Kind POST_REMOVED."""

    post_id: UUID = field("The post that was.")
    is_type_of = _of(models.EventKind.POST_REMOVED)


@strawberry.type(description="A post was called solved, or open again.")
class PostSolved(FeedEvent):
    """Kind POST_SOLVED."""

    post: Post = field("The post as it is now.")
    is_type_of = _of(models.EventKind.POST_SOLVED)


@strawberry.type(description="Somebody wrote under a post.")
class CommentAdded(FeedEvent):
    """Kind COMMENT_ADDED."""

    comment: Comment = field("The comment.")
    is_type_of = _of(models.EventKind.COMMENT_ADDED)


@strawberry.type(description="The words of a comment have changed.")
class CommentEdited(FeedEvent):
    """Kind COMMENT_EDITED."""

    comment: Comment = field("The comment as it is now.")
    is_type_of = _of(models.EventKind.COMMENT_EDITED)


@strawberry.type(description="A comment was erased.")
class CommentRemoved(FeedEvent):
    """Kind COMMENT_REMOVED."""

    post_id: UUID = field("The post it stood under.")
    comment_id: UUID = field("The comment that was.")
    is_type_of = _of(models.EventKind.COMMENT_REMOVED)


@strawberry.type(description="The reactions on a post or a comment have changed.")
class ReactionChanged(FeedEvent):
    """Kind REACTION_CHANGED."""

    subject: Reactable = field("The post or comment, with its counts as they are now.")
    is_type_of = _of(models.EventKind.REACTION_CHANGED)


KINDS = (
    PostPublished,
    PostEdited,
    PostRemoved,
    PostSolved,
    CommentAdded,
    CommentEdited,
    CommentRemoved,
    ReactionChanged,
)
