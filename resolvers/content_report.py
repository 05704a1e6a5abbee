"""Reports: a message is brought before the moderators, with those around it and nothing else."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from resolvers import membership, reported_message
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of, referred
from resolvers.paging import After, First
from resolvers.personal import to_resident
from resolvers.refusal import forbidden, not_found
from resolvers.text import checked
from resolvers.work import Work

NOTE = 1_000

Reports = Sequence[models.ContentReport]


async def of_neighbourhoods(
    neighbourhoods: Sequence[models.Neighbourhood],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.ContentReport]]:
    """What was reported there, newest first; never what is reported of the viewer."""
    judged = rules.JUDGE.where(context.viewer)
    rows = visible(models.ContentReport, context.viewer).filter(judged)
    ids = [neighbourhood.id for neighbourhood in neighbourhoods]
    return await pages_of(rows, Window(first, after), "neighbourhood_id", ids)


async def of_residents(
    residents: Sequence[models.Resident],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.ContentReport]]:
    """What the person reported, newest first; nobody else is told who it was."""
    rows = visible(models.ContentReport, context.viewer)
    return await pages_of(rows, Window(first, after), "resident_id", [r.id for r in residents])


async def accused(reports: Reports, context: Context) -> list[models.Membership | None]:
    """Who wrote what is reported; null where a block stands between that member and the viewer."""
    profiles = visible(models.Membership, context.viewer)
    return await referred(profiles, [report.accused_id for report in reports])


async def accused_names(reports: Reports, _context: Context) -> list[str]:
    """The name of who wrote what is reported; no block hides it from a moderator."""
    names = await membership.names_of([report.accused_id for report in reports])
    return [names[report.accused_id].display_name for report in reports]


async def report_message(
    work: Work,
    *,
    message_id: Annotated[UUID, Doc("Which message; not one of your own.")],
    reason: Annotated[models.ReportReason, Doc("Which house rule was broken.")],
    note: Annotated[str, Doc("A word for the moderators, 1,000 at most; they read it.")] = "",
) -> models.ContentReport:
    """Bring a message before the moderators of the neighbourhood, who are not told by whom.

    They read it and the five before and after it, and nothing else. To report it again gives the
    first report.
    """
    message = await work.find(models.ChatMessage, message_id, "message")
    if message.deleted_at is not None:
        raise not_found("message")
    if rules.AUTHOR.holds(work.viewer, message):
        raise forbidden("One does not report one's own words.")
    [resident_id] = work.viewer.myself
    own = work.visible(models.ContentReport).filter(resident_id=resident_id)
    if standing := await own.get_or_none(message_id=message.id):
        return standing
    report = await models.ContentReport.create(
        neighbourhood_id=message.neighbourhood_id,
        resident_id=resident_id,
        accused_id=message.author_id,
        message_id=message.id,
        reason=reason,
        note=checked(note, "note", NOTE, least=0),
    )
    await reported_message.copy(work, report, message)
    await _tell_moderators(work, report)
    return report


async def _tell_moderators(work: Work, report: models.ContentReport) -> None:
    """All but the accused, whatever blocks there are; the event names nobody."""
    moderators = models.Membership.filter(
        neighbourhood_id=report.neighbourhood_id,
        role=models.MembershipRole.MODERATOR,
        state=models.MembershipState.ACTIVE,
    ).exclude(id=report.accused_id)
    for each in await moderators.order_by("id"):
        work.announce(to_resident(each.resident_id, models.EventKind.CONTENT_REPORTED, report))
