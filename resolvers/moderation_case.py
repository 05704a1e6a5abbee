"""Cases: the queue of the moderators of a neighbourhood, and what they decide."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth.visibility import visible
from resolvers import membership, moderation_measure, moderator, reported_thing
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of
from resolvers.paging import After, First
from resolvers.personal import to_resident
from resolvers.refusal import Refusal, RefusalCode
from resolvers.relation import One
from resolvers.text import checked
from resolvers.work import Work

REASON, ANSWER = 1_000, 500
NOTHING = models.ModerationMeasure.NOTHING
Kind = models.EventKind

Cases = Sequence[models.ModerationCase]


async def of_neighbourhoods(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    decided: Annotated[
        bool | None, Doc("Only what was decided, or only what waits for a decision.")
    ] = None,
    first: First = None,
    after: After = None,
) -> list[Page[models.ModerationCase]]:
    """What was reported there, newest first; never what is about the viewer."""
    rows = visible(models.ModerationCase, context.viewer)
    if decided is not None:
        rows = rows.filter(decided_at__isnull=not decided)
    ids = [neighbourhood.id for neighbourhood in neighbourhoods]
    return await pages_of(rows, Window(first, after), "neighbourhood_id", ids)


accused = One(
    "Whom it is about; null where a block stands between that member and the viewer.",
    models.Membership,
    "accused_id",
)


async def accused_names(
    rows: Sequence[models.ModerationCase | models.ModerationDecision], _context: Context
) -> list[str]:
    """The name of whom it is about; no block hides it from a moderator."""
    names = await membership.names_of([row.accused_id for row in rows])
    return [names[row.accused_id].display_name for row in rows]


def reasons(case: models.ModerationCase) -> list[models.ReportReason]:
    """Which house rules were broken, by all who reported it; each is named once."""
    return [models.ReportReason(reason) for reason in case.reasons]


async def decisions(cases: Cases, context: Context) -> list[list[models.ModerationDecision]]:
    """What was decided; empty while it waits."""
    rows = visible(models.ModerationDecision, context.viewer)
    found = await rows.filter(case_id__in=[case.id for case in cases]).order_by("id")
    return [[row for row in found if row.case_id == case.id] for case in cases]


async def decide_case(
    work: Work,
    *,
    case_id: Annotated[UUID, Doc("Which case.")],
    measures: Annotated[
        list[models.ModerationMeasure], Doc("What is done; each is a decision of its own.")
    ],
    reason: Annotated[str, Doc("Why, for whom it is about and for the log; 1,000 at most.")],
    days: Annotated[int | None, Doc("For how many days to suspend, 90 at most.")] = None,
    answer: Annotated[
        str, Doc("A word for whoever reported it, 500 at most; name nobody in it.")
    ] = "",
) -> models.ModerationCase:
    """Decide about what was reported, once: whoever decides second is refused.

    Whom it is about is told, unless nothing is done, and so is whoever reported it.
    """
    case = await _undecided(work, case_id)
    accused = await models.Membership.select_for_update().get(id=case.accused_id)
    taken = moderation_measure.check(case, accused, measures, days)
    words = checked(reason, "reason", REASON)
    reply = checked(answer, "answer", ANSWER, least=0)
    now = datetime.now(UTC)
    case.decided_at = now
    await case.save(update_fields=["decided_at"])
    for measure in taken:
        decision = _decision(work, case, measure, words)
        await moderation_measure.take(work, decision, accused, now, days)
        await decision.save()
        if measure is not NOTHING:
            work.announce(to_resident(case.resident_id, Kind.DECISION_CHANGED, decision))
    await _answer(work, case, reply, now)
    await moderator.tell(work, Kind.CASE_DECIDED, case)
    return case


async def _undecided(work: Work, case_id: UUID) -> models.ModerationCase:
    """The case, locked after what it is about. Raises `Refusal`: NOT_FOUND, CONFLICT."""
    seen = await work.visible(models.ModerationCase).get_or_none(id=case_id)
    if seen is not None:
        await reported_thing.lock(seen)
    case = await work.find(models.ModerationCase, case_id, "case")
    if case.decided_at is not None:
        raise Refusal(RefusalCode.CONFLICT, "This was decided already.", "case_id")
    return case


def _decision(
    work: Work, case: models.ModerationCase, measure: models.ModerationMeasure, reason: str
) -> models.ModerationDecision:
    return models.ModerationDecision(
        neighbourhood_id=case.neighbourhood_id,
        resident_id=case.resident_id,
        accused_id=case.accused_id,
        case_id=case.id,
        decided_by_id=work.standing(case.neighbourhood_id).membership_id,
        subject=case.subject,
        subject_id=case.subject_id,
        post_id=case.post_id,
        body=case.body,
        measure=measure,
        reason=reason,
    )


async def _answer(work: Work, case: models.ModerationCase, words: str, now: datetime) -> None:
    """Word back to all who reported it, each on a stream of their own; they are shown to nobody."""
    decided = models.ModerationDecision.filter(case_id=case.id).exclude(measure=NOTHING)
    acted = await decided.exists()
    outcome = models.ReportOutcome.ACTED if acted else models.ReportOutcome.NOT_ACTED
    reports = models.ContentReport.filter(case_id=case.id)
    await reports.update(outcome=outcome, answer=words, answered_at=now)
    for report in await reports.order_by("id"):
        work.announce(to_resident(report.resident_id, Kind.REPORT_ANSWERED, report))
