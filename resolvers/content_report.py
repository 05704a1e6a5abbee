"""Reports: a thing is brought before the moderators, who are never told by whom."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from resolvers import membership, moderator, person, reported_message, reported_thing
from resolvers.context import Context
from resolvers.refusal import forbidden
from resolvers.relation import Onward
from resolvers.reported_thing import Reported
from resolvers.text import checked
from resolvers.work import Work

NOTE = 1_000

Reports = Sequence[models.ContentReport]


of_residents = Onward(
    "What the person reported, newest first, with what came of it; nobody else reads it.",
    models.ContentReport,
    "resident_id",
)


async def accused_names(reports: Reports, _context: Context) -> list[str]:
    """The name of whom it is about."""
    names = await membership.names_of([report.accused_id for report in reports])
    return [names[report.accused_id].display_name for report in reports]


async def report_content(
    work: Work,
    *,
    subject: Annotated[models.ReportSubject, Doc("What is reported.")],
    subject_id: Annotated[UUID, Doc("Which; not one of your own. Of a profile, the membership.")],
    reason: Annotated[models.ReportReason, Doc("Which house rule was broken.")],
    note: Annotated[str, Doc("A word for the moderators, 1,000 at most; they read it.")] = "",
) -> models.ContentReport:
    """Bring something before the moderators of the neighbourhood, who are not told by whom.

    Of a conversation they read the message and the five before and after it. To report it again
    before they decide gives the first report.
    """
    found = await reported_thing.find(work, subject, subject_id)
    words = checked(note, "note", NOTE, least=0)
    residents = await person.residents_of([found.accused_id])
    accused = residents[found.accused_id]
    if accused in work.viewer.myself:
        raise forbidden("One does not report oneself.")
    case = await _case(work, found, accused)
    own = work.visible(models.ContentReport).filter(case_id=case.id)
    if standing := await own.get_or_none():
        return standing
    report = await models.ContentReport.create(
        neighbourhood_id=case.neighbourhood_id,
        resident_id=work.viewer.resident_id,
        case_id=case.id,
        accused_id=case.accused_id,
        reason=reason,
        note=words,
    )
    await _add(case, report)
    await moderator.tell(work, models.EventKind.CONTENT_REPORTED, case)
    return report


async def _case(work: Work, found: Reported, resident_id: UUID) -> models.ModerationCase:
    """The case of a locked thing that waits to be decided, or a new one with the words of now."""
    waiting = models.ModerationCase.filter(subject_id=found.row.pk, decided_at__isnull=True)
    if case := await waiting.select_for_update().get_or_none():
        return case
    case = await models.ModerationCase.create(
        neighbourhood_id=found.row.neighbourhood_id,
        resident_id=resident_id,
        accused_id=found.accused_id,
        subject=found.subject,
        subject_id=found.row.pk,
        post_id=found.post_id,
        body=found.body,
    )
    if isinstance(found.row, models.ChatMessage):
        await reported_message.copy(work, case, found.row)
    return case


async def _add(case: models.ModerationCase, report: models.ContentReport) -> None:
    """The reason and the note among those of others, in an order that tells of nobody."""
    case.reasons = sorted({*case.reasons, report.reason.value})
    case.notes = sorted(filter(None, [*case.notes, report.note]))
    await case.save(update_fields=["reasons", "notes"])
