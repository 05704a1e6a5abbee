"""What a post of kind POLL asks, and the voices that answered."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField

from models.base import CASCADE, RESTRICT, Private
from models.post import Audience


class PollMethod(StrEnum):
    """How a voice is given: for or against, some of several, or a score from 1 to 10 for each."""

    FOR_OR_AGAINST = "FOR_OR_AGAINST"
    CHOICE = "CHOICE"
    SCORE = "SCORE"


class PollVoice(StrEnum):
    """Who has one voice."""

    RESIDENT = "RESIDENT"
    HOUSEHOLD = "HOUSEHOLD"


class PollResults(StrEnum):
    """When results are shown."""

    AFTER_VOTING = "AFTER_VOTING"
    AFTER_CLOSING = "AFTER_CLOSING"


class Poll(Private):
    """The question behind a post, one each; `audience` repeats the post's.

    `counts` says for each of `options` how many chose it or gave it a score, `sums` the scores
    added up. Both are kept in the writing transaction, as is the number of ballots. A poll of an
    organisation has no author.
    """

    post_id: UUID
    post: Any = fields.OneToOneField("models.Post", related_name=False, on_delete=CASCADE)
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
    audience = fields.CharEnumField(Audience, max_length=20)
    method = fields.CharEnumField(PollMethod, max_length=20)
    options: Any = ArrayField(element_type="text")
    most_choices = fields.SmallIntField(default=1)
    is_secret = fields.BooleanField()
    voice = fields.CharEnumField(PollVoice, max_length=10)
    results = fields.CharEnumField(PollResults, max_length=15)
    closes_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)
    ballot_count = fields.IntField(default=0)
    counts: Any = ArrayField(element_type="int")
    sums: Any = ArrayField(element_type="int")
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "poll"
        indexes = (("author_id",), ("announcement_id",), ("closes_at",))


class Ballot(Private):
    """That a voice was given, and how, unless the poll is secret: then nobody can tell any more.

    `voice_id` is the membership or the household whose voice it is. `values` are the numbers of
    the chosen options, or a score for each option.
    """

    poll_id: UUID
    poll: Any = fields.ForeignKeyField("models.Poll", related_name=False, on_delete=CASCADE)
    post_id: UUID
    post: Any = fields.ForeignKeyField("models.Post", related_name=False, on_delete=CASCADE)
    resident_id: UUID
    resident: Any = fields.ForeignKeyField("models.Resident", related_name=False, on_delete=CASCADE)
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    voice_id = fields.UUIDField()
    audience = fields.CharEnumField(Audience, max_length=20)
    is_secret = fields.BooleanField()
    values: Any = ArrayField(element_type="int", null=True)

    class Meta:
        table = "ballot"
        unique_together = (("poll_id", "voice_id"),)
        indexes = (("poll_id", "id"), ("post_id",), ("resident_id", "id"), ("membership_id",))
