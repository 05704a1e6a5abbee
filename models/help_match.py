"""A requester and a helper brought together, in private."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from models.base import CASCADE, RESTRICT, Private


class HelpMatchState(StrEnum):
    """Where a match stands."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"
    COMPLETED = "COMPLETED"


class HelpMatchRole(StrEnum):
    """What somebody is in a match; there is nobody else."""

    REQUESTER = "REQUESTER"
    HELPER = "HELPER"
    WORKER = "WORKER"


class HelpMatchStep(StrEnum):
    """What is done with a match that was proposed."""

    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    WITHDRAW = "WITHDRAW"
    SHARE_ADDRESS = "SHARE_ADDRESS"
    COMPLETE = "COMPLETE"
    THANK = "THANK"


class HelpMatch(Private):
    """A match for the request behind `post_id`, in the neighbourhood of that post.

    `proposed_by_id` is the membership of the requester, of the helper, or of a neighbourhood
    worker; whoever proposes for oneself has accepted with that. Each party accepts for itself;
    with both it is ACCEPTED. `address` is what the requester chose to tell the helper, after that.
    What a worker proposed to two who may not be asked is `hushed`: it reaches neither, and the
    worker cannot tell.
    """

    post_id: UUID
    post: Any = fields.ForeignKeyField("models.Post", related_name=False, on_delete=CASCADE)
    requester_id: UUID
    requester: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    helper_id: UUID
    helper: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    proposed_by_id: UUID
    proposed_by: Any = fields.ForeignKeyField(
        "models.Membership", related_name=False, on_delete=RESTRICT
    )
    state = fields.CharEnumField(HelpMatchState, max_length=10, default=HelpMatchState.PROPOSED)
    hushed = fields.BooleanField(default=False, db_default=False)
    note = fields.CharField(max_length=500, default="")
    requester_accepted_at = fields.DatetimeField(null=True)
    helper_accepted_at = fields.DatetimeField(null=True)
    address = fields.CharField(max_length=200, null=True)
    ended_at = fields.DatetimeField(null=True)
    requester_thanked_at = fields.DatetimeField(null=True)
    requester_thanks = fields.CharField(max_length=500, default="")
    helper_thanked_at = fields.DatetimeField(null=True)
    helper_thanks = fields.CharField(max_length=500, default="")

    class Meta:
        table = "help_match"
        indexes = (
            Index(fields=("post_id", "id"), name="help_match_post"),
            Index(fields=("requester_id", "id"), name="help_match_requester"),
            Index(fields=("helper_id", "id"), name="help_match_helper"),
            Index(fields=("proposed_by_id", "id"), name="help_match_proposer"),
        )
