"""One sympathetic expression of a resident on a post or a comment."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, RESTRICT, Private
from models.post import Audience


class ReactionKind(StrEnum):
    """Only sympathetic kinds."""

    THANKS = "THANKS"
    LIKE = "LIKE"
    CARE = "CARE"
    CLAP = "CLAP"
    SAD = "SAD"


class Reaction(Private):
    """A member's one reaction on a post (`comment_id` null) or on a comment under it.

    That it is one is held by the index `reaction_once`, which counts nulls as equal (in SQL: the
    migration tool does not know `NULLS NOT DISTINCT`).
    """

    post_id: UUID
    post: Any = fields.ForeignKeyField("models.Post", related_name=False, on_delete=CASCADE)
    comment_id: UUID | None
    comment: Any = fields.ForeignKeyField(
        "models.Comment", related_name=False, on_delete=CASCADE, null=True
    )
    author_id: UUID
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    audience = fields.CharEnumField(Audience, max_length=20)
    kind = fields.CharEnumField(ReactionKind, max_length=10)

    class Meta:
        table = "reaction"
        indexes = (("comment_id",), ("author_id", "id"))
