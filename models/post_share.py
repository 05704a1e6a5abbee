"""What a resident chooses to share with an organisation, and nothing else."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Private


class SharePurpose(StrEnum):
    """What the author wants of the organisation."""

    CARE_QUESTION = "CARE_QUESTION"
    IDEA = "IDEA"
    REPORT = "REPORT"
    OTHER = "OTHER"


class Granted(Private):
    """What an organisation holds for as long as a resident lets it, by `resident_id`.

    It is held by `unit_id`, or by the whole organisation when that is null. `revoked_at` and
    `expires_at` are those of the share, on each row that hangs on it: a rule reads own columns.
    """

    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=CASCADE
    )
    unit_id: UUID | None
    unit: Any = fields.ForeignKeyField(
        "models.Unit", related_name=False, on_delete=RESTRICT, null=True
    )
    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    def hanging(self) -> dict[str, Any]:
        """The columns that a row which hangs on this one repeats."""
        names = ("neighbourhood_id", "organisation_id", "unit_id", "resident_id")
        return {name: getattr(self, name) for name in (*names, "expires_at", "revoked_at")}

    class Meta:
        abstract = True


class PostShare(Granted):
    """The author's grant of one post to one organisation: the only key to its words.

    `told_end`: the organisation was told that the share has ended.
    """

    post_id: UUID
    post: Any = fields.ForeignKeyField("models.Post", related_name=False, on_delete=CASCADE)
    author_id: UUID
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    purpose = fields.CharEnumField(SharePurpose, max_length=20)
    with_name = fields.BooleanField()
    told_end = fields.BooleanField(default=False)

    class Meta:
        table = "post_share"
        indexes = (
            Index(fields=("organisation_id", "id"), name="post_share_organisation"),
            Index(fields=("resident_id", "id"), name="post_share_resident"),
            Index(fields=("post_id", "id"), name="post_share_post"),
        )


class CommentShareState(StrEnum):
    """Whether a commenter lets the words go along with the post."""

    ASKED = "ASKED"
    AGREED = "AGREED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class CommentShare(Granted):
    """The author's question to a commenter (`resident_id`): may this comment go along?

    `author_id` is the membership of the commenter, `asker_id` that of the post's author.
    """

    share_id: UUID
    share: Any = fields.ForeignKeyField("models.PostShare", related_name=False, on_delete=CASCADE)
    comment_id: UUID
    comment: Any = fields.ForeignKeyField("models.Comment", related_name=False, on_delete=CASCADE)
    author_id: UUID
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    asker_id: UUID
    asker: Any = fields.ForeignKeyField("models.Membership", related_name=False, on_delete=RESTRICT)
    state = fields.CharEnumField(CommentShareState, max_length=10, default=CommentShareState.ASKED)

    class Meta:
        table = "comment_share"
        unique_together = (("share_id", "comment_id"),)
        indexes = (Index(fields=("resident_id", "id"), name="comment_share_resident"),)
