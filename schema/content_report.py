"""The report: what a resident brought before the moderators, and what came back."""

from datetime import datetime
from uuid import UUID

import strawberry

import models
import resolvers.content_report
from schema.field import batch, field


@strawberry.type(
    description="What the viewer reported, and what came of it. By whom is told to nobody else."
)
class ContentReport:
    """Read off `models.ContentReport`."""

    id: UUID = field("Its id.")
    reason: models.ReportReason = field("Which house rule was broken.")
    note: str = field("A word for the moderators, as it was written; it may be empty.")
    created_at: datetime = field("When it was reported.")
    accused_name: str = batch(resolvers.content_report.accused_names)
    outcome: models.ReportOutcome = field("What came of it.")
    answer: str = field("A word from the moderators, if they gave one.")
    answered_at: datetime | None = field("When they decided, if they did.")
