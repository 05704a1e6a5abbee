"""Moderation: the queue of cases, the decisions, and the house rules by which they are taken."""

from datetime import datetime
from uuid import UUID

import strawberry

import models
import resolvers.moderation_case
import resolvers.moderation_decision
import resolvers.reported_message
from auth import rules
from schema.field import batch, field, holds, made
from schema.membership import Membership


@strawberry.type(description="One version of what a neighbourhood agrees on.")
class HouseRules:
    """Read off `models.HouseRules`."""

    id: UUID = field("Its id.")
    version: int = field("Its number: 1 for the first.")
    body: str = field("The rules.")
    created_at: datetime = field("Since when it stands.")


@strawberry.type(description="A message as it stood when it was reported, or one beside it.")
class ReportedMessage:
    """Read off `resolvers.reported_message.ReportedMessage`."""

    id: UUID = field("Its id.")
    speaker: int = field("Who wrote it: 1 for the first who speaks here, 2 for the next.")
    is_accused: bool = field("Whether the accused wrote it; of others no name is told.")
    is_reported: bool = field("Whether it is the one that was reported.")
    body: str = field("The words.")
    sent_at: datetime = field("When it was written.")


@strawberry.type(
    description="What moderators decided, as whom it is about reads it, and as a line of their log."
)
class ModerationDecision:
    """Read off `models.ModerationDecision`."""

    id: UUID = field("Its id.")
    created_at: datetime = field("When it was decided.")
    measure: models.ModerationMeasure = field("What was done.")
    reason: str = field("Why.")
    until: datetime | None = field("Until when, of a suspension.")
    subject: models.ReportSubject = field("What it is about.")
    subject_id: UUID = field("Which.")
    body: str = field("The words that it is about.")
    is_mine: bool = holds(rules.SELF, "Whether it is about the viewer.")
    accused_name: str = batch(resolvers.moderation_case.accused_names)
    decided_by: str | None = batch(resolvers.moderation_decision.decided_by, only=rules.JUDGE)
    state: models.DecisionState = field("Where it stands.")
    next_steps: list[models.DecisionStep] = batch(
        resolvers.moderation_decision.next_steps, personal=True
    )
    appeal: str = field("What was said against it; empty without an appeal.")
    appealed_at: datetime | None = field("When that was, if it was.")
    answer: str = field("Why it was lifted or upheld, if it was.")
    answered_at: datetime | None = field("When that was, if it was.")


@strawberry.type(
    description="Something that was reported, for the moderators of the neighbourhood but whom it "
    "is about. By whom is told to nobody."
)
class ModerationCase:
    """Read off `models.ModerationCase`."""

    id: UUID = field("Its id.")
    created_at: datetime = field("When it was first reported.")
    subject: models.ReportSubject = field("What was reported.")
    subject_id: UUID = field("Which.")
    post_id: UUID | None = field("The post that it is, or stands under.")
    body: str = field("The words, as they stood when it was first reported.")
    reasons: list[models.ReportReason] = made(resolvers.moderation_case.reasons)
    notes: list[str] = field("What was said of it, in the order of the alphabet.")
    accused_name: str = batch(resolvers.moderation_case.accused_names)
    accused: Membership | None = batch(resolvers.moderation_case.accused)
    messages: list[ReportedMessage] = batch(resolvers.reported_message.of_cases)
    decided_at: datetime | None = field("When it was decided, if it was.")
    decisions: list[ModerationDecision] = batch(resolvers.moderation_case.decisions)
