"""What happens in moderation, as moderators, whoever reported, and whom it is about hear of it."""

import strawberry

import models
from schema.content_report import ContentReport
from schema.event import ResidentEvent, of_kind, row
from schema.moderation import ModerationCase, ModerationDecision

Kind = models.EventKind


@strawberry.type(description="Something was reported to the moderators of a neighbourhood.")
class ContentReported(ResidentEvent):
    """Kind CONTENT_REPORTED."""

    case: ModerationCase = row("The case.")
    is_type_of = of_kind(Kind.CONTENT_REPORTED)


@strawberry.type(description="A moderator decided about something that was reported.")
class CaseDecided(ResidentEvent):
    """Kind CASE_DECIDED."""

    case: ModerationCase = row("The case, with what was decided.")
    is_type_of = of_kind(Kind.CASE_DECIDED)


@strawberry.type(description="The moderators decided about what the viewer reported.")
class ReportAnswered(ResidentEvent):
    """Kind REPORT_ANSWERED."""

    report: ContentReport = row("The report, with what came of it.")
    is_type_of = of_kind(Kind.REPORT_ANSWERED)


@strawberry.type(
    description="Moderators decided about the viewer; or a decision was appealed, lifted, upheld."
)
class DecisionChanged(ResidentEvent):
    """Kind DECISION_CHANGED."""

    decision: ModerationDecision = row("The decision as it is now.")
    is_type_of = of_kind(Kind.DECISION_CHANGED)


KINDS = (ContentReported, CaseDecided, ReportAnswered, DecisionChanged)
