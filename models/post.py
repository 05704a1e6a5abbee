"""What a resident publishes in the feed of a neighbourhood."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Private, Reactable
from models.resident import Language


class PostKind(StrEnum):
    """What a post is about."""

    MESSAGE = "MESSAGE"
    HELP_REQUEST = "HELP_REQUEST"
    CLASSIFIED = "CLASSIFIED"
    IDEA = "IDEA"
    ALERT = "ALERT"
    EVENT = "EVENT"
    POLL = "POLL"
    INTRODUCTION = "INTRODUCTION"
    ANNOUNCEMENT = "ANNOUNCEMENT"


class Audience(StrEnum):
    """Who may read a post and all that is written under it; the author chooses."""

    NEIGHBOURHOOD = "NEIGHBOURHOOD"
    NEIGHBOURS_NEARBY = "NEIGHBOURS_NEARBY"
    NEIGHBOURS_ONLY = "NEIGHBOURS_ONLY"


class Post(Reactable):
    """A post. `removed_at` makes it a tombstone: no words, in no feed.

    What moderators hide keeps its words, for it may come back. After `comments_closed_at` nothing
    more is written under it.

    An announcement has no author but an `organisation_id`; `urgent_until` sets it apart till then.
    What has a `pinned_at` is kept on top.
    """

    author_id: UUID | None
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT, null=True
    )
    organisation_id: UUID | None
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=RESTRICT, null=True
    )
    announcement_id: UUID | None
    announcement: Any = fields.ForeignKeyField(
        "models.Announcement", related_name=False, on_delete=CASCADE, null=True
    )
    urgent_until = fields.DatetimeField(null=True)
    pinned_at = fields.DatetimeField(null=True)
    kind = fields.CharEnumField(PostKind, max_length=20)
    audience = fields.CharEnumField(Audience, max_length=20, default=Audience.NEIGHBOURHOOD)
    language = fields.CharEnumField(Language, max_length=2, default=Language.NL)
    title = fields.CharField(max_length=120, null=True)
    body = fields.TextField()
    comment_count = fields.IntField(default=0)
    solved_at = fields.DatetimeField(null=True)
    edited_at = fields.DatetimeField(null=True)
    removed_at = fields.DatetimeField(null=True)
    comments_closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "post"
        indexes = (
            Index(fields=("neighbourhood_id", "id"), name="post_feed"),
            Index(fields=("neighbourhood_id", "kind", "id"), name="post_feed_kind"),
            Index(fields=("author_id", "id"), name="post_author"),
        )


class PostRevision(Private):
    """The words of a post as they stood before an edit."""

    post_id: UUID
    post: Any = fields.ForeignKeyField("models.Post", related_name=False, on_delete=CASCADE)
    author_id: UUID
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    title = fields.CharField(max_length=120, null=True)
    body = fields.TextField()

    class Meta:
        table = "post_revision"
        indexes = (Index(fields=("post_id", "id"), name="post_revision_post"),)
