"""The report: what a resident brings before the moderators of the neighbourhood."""

from datetime import datetime
from uuid import UUID

import strawberry

import models
import resolvers.content_report
import resolvers.reported_message
from auth import rules
from schema.field import batch, field, holds
from schema.membership import Membership


@strawberry.type(description="A message as it stood when it was reported, or one beside it.")
class ReportedMessage:
    """Read off `resolvers.reported_message.ReportedMessage`."""

    id: UUID = field("Its id.")
    speaker: int = field("Who wrote it: 1 for the first who speaks here, 2 for the next.")
    is_accused: bool = field("Whether the accused wrote it; of others no name is told.")
    is_reported: bool = field("Whether it is the one that was reported.")
    body: str = field("The words.")
    sent_at: datetime = field("When it was written.")


@strawberry.type(description="What somebody reported. By whom is told to nobody.")
class ContentReport:
    """Read off `models.ContentReport`."""

    id: UUID = field("Its id.")
    reason: models.ReportReason = field("Which house rule was broken.")
    note: str = field("A word from who reported it, as it was written; it may be empty.")
    created_at: datetime = field("When it was reported.")
    is_mine: bool = holds(rules.SELF, "Whether the viewer reported it.")
    accused_name: str = batch(resolvers.content_report.accused_names)
    accused: Membership | None = batch(resolvers.content_report.accused)
    messages: list[ReportedMessage] | None = batch(
        resolvers.reported_message.of_reports, only=rules.JUDGE
    )
