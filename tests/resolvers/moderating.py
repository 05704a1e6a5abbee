"""Moderation for tests: reported, decided, appealed and lifted by the people of the small world."""

from typing import Any
from uuid import UUID

import models
import resolvers.content_report
import resolvers.moderation_case
import resolvers.moderation_decision
from tests.inside import Ask
from tests.resolvers import talking
from tests.resolvers.conftest import Act
from tests.world import World

POST, COMMENT, MESSAGE, PROFILE = models.ReportSubject
NOTHING, HIDE, CLOSE_COMMENTS, WARN, SUSPEND, END_MEMBERSHIP = models.ModerationMeasure
CASES = """
query ($id: ID!) {
  neighbourhood(id: $id) {
    moderationCases {
      nodes {
        id subject subjectId postId body reasons notes accusedName accused { displayName }
        messages { speaker isAccused isReported body }
        decidedAt decisions { measure reason decidedBy }
      }
    }
  }
}
"""
LOG = """
query ($id: ID!) {
  neighbourhood(id: $id) {
    moderationLog { nodes { measure reason accusedName decidedBy state isMine nextSteps } }
  }
}
"""
DECISIONS = """
query {
  viewer {
    decisions {
      nodes {
        id measure reason until subject subjectId body isMine decidedBy state nextSteps appeal
        answer
      }
    }
  }
}
"""
REASON = "Zo spreken we hier niet."


async def report(
    act: Act,
    persona: str,
    subject: models.ReportSubject,
    subject_id: UUID,
    *,
    note: str = "Zo niet.",
    reason: models.ReportReason = models.ReportReason.HARASSMENT,
) -> models.ContentReport:
    """A persona brings something before the moderators."""
    given = {"subject": subject, "subject_id": subject_id, "reason": reason, "note": note}
    made: models.ContentReport = await act(
        persona, resolvers.content_report.report_content, **given
    )
    return made


async def report_message(
    act: Act, message: models.ChatMessage, persona: str = "resident", note: str = "Zo niet."
) -> models.ContentReport:
    """A persona reports a message."""
    return await report(act, persona, MESSAGE, message.id, note=note)


async def decide(
    act: Act,
    case_id: UUID,
    *measures: models.ModerationMeasure,
    persona: str = "moderator",
    **more: Any,
) -> list[models.ModerationDecision]:
    """A moderator decides: the decisions."""
    given = {"case_id": case_id, "measures": list(measures), "reason": REASON, **more}
    await act(persona, resolvers.moderation_case.decide_case, **given)
    return await models.ModerationDecision.filter(case_id=case_id).order_by("id")


async def appeal(act: Act, decision: models.ModerationDecision, persona: str) -> None:
    """A persona asks the platform to look at it."""
    verb = resolvers.moderation_decision.appeal_decision
    await act(persona, verb, decision_id=decision.id, words="Ik bedoelde het niet zo.")


async def lift(act: Act, decision: models.ModerationDecision, persona: str = "moderator") -> None:
    """A persona takes it back."""
    verb = resolvers.moderation_decision.lift_decision
    await act(persona, verb, decision_id=decision.id, answer="Wij vergisten ons.")


async def judged(ask: Ask, world: World, persona: str = "moderator") -> Any:
    """What a persona reads of the cases at home; None for who is no moderator there."""
    home = (await talking.asked(ask, persona, CASES, id=world.home))["neighbourhood"]
    found = home["moderationCases"]
    return found and found["nodes"]


async def logged(ask: Ask, world: World, persona: str = "moderator") -> Any:
    """What a persona reads of the log at home; None for who is no moderator there."""
    home = (await talking.asked(ask, persona, LOG, id=world.home))["neighbourhood"]
    found = home["moderationLog"]
    return found and found["nodes"]


async def about(ask: Ask, persona: str) -> list[dict[str, Any]]:
    """What a persona reads of the decisions about oneself."""
    data = await talking.asked(ask, persona, DECISIONS)
    rows: list[dict[str, Any]] = data["viewer"]["decisions"]["nodes"]
    return rows
