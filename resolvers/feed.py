"""The events that a change in a neighbourhood feed is told by."""

from typing import TypeVar

import models
from realtime import events
from resolvers.grant import SCOPES

ABOUT_REPLIES: dict[type[events.CommentEvent], models.EventKind] = {
    events.CommentAdded: models.EventKind.REPLY_ADDED,
    events.CommentEdited: models.EventKind.REPLY_EDITED,
    events.CommentRemoved: models.EventKind.REPLY_REMOVED,
}
P = TypeVar("P", events.PostPublished, events.PostEdited, events.PostRemoved, events.PostSolved)
C = TypeVar("C", events.CommentAdded, events.CommentEdited, events.CommentRemoved)


def about_post(kind: type[P], post: models.Post) -> P:
    """What happened to a post, with the columns its rule reads as they are now."""
    return kind(
        stream_id=post.neighbourhood_id,
        neighbourhood_id=post.neighbourhood_id,
        audience=post.audience,
        author_id=post.author_id,
        post_id=post.id,
    )


def about_part(row: models.HelpRequest | models.Gathering | models.Poll) -> events.PostEdited:
    """That what everybody reads of what stands with a post has changed."""
    return events.PostEdited(
        stream_id=row.neighbourhood_id,
        neighbourhood_id=row.neighbourhood_id,
        audience=row.audience,
        author_id=row.author_id,
        post_id=row.post_id,
    )


def about_comment(kind: type[C], comment: models.Comment) -> C:
    """What happened to a comment, with the columns its rule reads as they are now."""
    return kind(
        stream_id=comment.neighbourhood_id,
        neighbourhood_id=comment.neighbourhood_id,
        audience=comment.audience,
        author_id=comment.author_id,
        post_id=comment.post_id,
        comment_id=comment.id,
    )


def about_reply(
    kind: type[events.CommentEvent], comment: models.Comment
) -> list[events.GrantEvent]:
    """What happened to a comment, for the organisation under whose announcement it stands, if any.

    Those of its staff and tokens hear it that have announcements:read there.
    """
    if comment.announcer_id is None:
        return []
    return [
        events.GrantEvent(
            kind=ABOUT_REPLIES[kind],
            stream_id=comment.announcer_id,
            neighbourhood_id=comment.neighbourhood_id,
            subject_id=comment.id,
            organisation_id=comment.announcer_id,
            scope=SCOPES[ABOUT_REPLIES[kind]].value,
            post_id=comment.post_id,
        )
    ]


def about_reaction(reaction: models.Reaction) -> events.ReactionChanged:
    """That the reactions on a post, or on a comment under it, have changed."""
    return events.ReactionChanged(
        stream_id=reaction.neighbourhood_id,
        neighbourhood_id=reaction.neighbourhood_id,
        audience=reaction.audience,
        author_id=reaction.author_id,
        post_id=reaction.post_id,
        comment_id=reaction.comment_id,
    )
