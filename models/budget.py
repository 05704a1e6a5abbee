"""The budget of a neighbourhood: what an organisation lets its residents spend, and on what."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from models.base import CASCADE, RESTRICT, Private
from models.poll import PollVoice
from models.post import Audience


class BudgetIdeaState(StrEnum):
    """How far an idea has come."""

    PROPOSED = "PROPOSED"
    ADMITTED = "ADMITTED"
    TURNED_DOWN = "TURNED_DOWN"
    CHOSEN = "CHOSEN"
    NOT_CHOSEN = "NOT_CHOSEN"


class Budget(Private):
    """An amount, in whole euros, that residents spend: ideas until a moment, then a secret vote.

    `post_id` is the announcement of it in the feed. An idea needs `support_needed` supporters to
    be admitted; a voice goes to `most_choices` ideas at most.
    """

    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=RESTRICT
    )
    post_id: UUID
    post: Any = fields.OneToOneField("models.Post", related_name=False, on_delete=CASCADE)
    amount = fields.IntField()
    support_needed = fields.IntField()
    most_choices = fields.SmallIntField()
    voice = fields.CharEnumField(PollVoice, max_length=10)
    ideas_until = fields.DatetimeField()
    vote_from = fields.DatetimeField()
    vote_until = fields.DatetimeField()
    ballot_count = fields.IntField(default=0)
    decided_at = fields.DatetimeField(null=True)
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "budget"
        indexes = (("neighbourhood_id", "id"), ("organisation_id", "id"), ("vote_until",))


class BudgetIdea(Private):
    """An idea for a budget, whose words stand in a post of kind IDEA; `cost` is in whole euros.

    `audience` repeats the post's, `organisation_id` the budget's. Counters are kept in the writing
    transaction. `reason` is the organisation's word about it.
    """

    budget_id: UUID
    budget: Any = fields.ForeignKeyField("models.Budget", related_name=False, on_delete=CASCADE)
    organisation_id: UUID
    organisation: Any = fields.ForeignKeyField(
        "models.Organisation", related_name=False, on_delete=RESTRICT
    )
    post_id: UUID
    post: Any = fields.OneToOneField("models.Post", related_name=False, on_delete=CASCADE)
    author_id: UUID
    author: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    audience = fields.CharEnumField(Audience, max_length=20)
    cost = fields.IntField()
    state = fields.CharEnumField(BudgetIdeaState, max_length=15, default=BudgetIdeaState.PROPOSED)
    reason = fields.CharField(max_length=1000, default="")
    support_count = fields.IntField(default=0)
    vote_count = fields.IntField(default=0)
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "budget_idea"
        indexes = (("budget_id", "id"), ("author_id",))


class BudgetSupport(Private):
    """That a member supports an idea; nobody else reads it."""

    idea_id: UUID
    idea: Any = fields.ForeignKeyField("models.BudgetIdea", related_name=False, on_delete=CASCADE)
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )

    class Meta:
        table = "budget_support"
        unique_together = (("idea_id", "membership_id"),)
        indexes = (("membership_id",),)


class BudgetBallot(Private):
    """That a voice was given in a vote; for what, nobody can tell any more."""

    budget_id: UUID
    budget: Any = fields.ForeignKeyField("models.Budget", related_name=False, on_delete=CASCADE)
    membership_id: UUID
    membership: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=CASCADE
    )
    voice_id = fields.UUIDField()

    class Meta:
        table = "budget_ballot"
        unique_together = (("budget_id", "voice_id"),)
        indexes = (("membership_id",),)
