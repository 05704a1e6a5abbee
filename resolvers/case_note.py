"""Notes among the staff who hold a case; the resident never reads them."""

from collections.abc import Sequence
from typing import Annotated

from typing_extensions import Doc

import models
from auth.scope import Scope
from auth.visibility import visible
from resolvers.case import Which, announce
from resolvers.case_version import handled
from resolvers.context import Context
from resolvers.page import Page, Window, pages_of, referred
from resolvers.paging import After, First
from resolvers.text import checked
from resolvers.work import Work

BODY = 4_000


async def of_cases(
    cases: Sequence[models.Case], context: Context, *, first: First = None, after: After = None
) -> list[Page[models.CaseNote]]:
    """What the staff noted, oldest first."""
    window = Window(first, after, newest_first=False)
    notes = visible(models.CaseNote, context.viewer)
    return await pages_of(notes, window, "case_id", [case.id for case in cases])


async def writers(notes: Sequence[models.CaseNote], _context: Context) -> list[models.Staff | None]:
    """Who wrote it; null when a token did."""
    return await referred(models.Staff.filter(), [note.staff_id for note in notes])


async def add_case_note(
    work: Work,
    *,
    case_id: Which,
    body: Annotated[str, Doc("The note, at most 4,000 characters.")],
) -> models.CaseNote:
    """Write a note for the staff who hold the case; the resident never reads it."""
    case = await handled(work, case_id)
    note = await models.CaseNote.create(
        **case.hanging(),
        case_id=case.id,
        staff_id=work.office(case.organisation_id, Scope.CASES_WRITE).staff_id,
        body=checked(body, "body", BODY),
    )
    announce(work, case, to_resident=False)
    return note
