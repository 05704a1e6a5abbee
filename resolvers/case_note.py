"""Notes among the staff who hold a case; the resident never reads them."""

from collections.abc import Sequence
from typing import Annotated

from typing_extensions import Doc

import models
from auth.scope import Scope
from resolvers.case import Which, announce
from resolvers.case_version import handled
from resolvers.context import Context
from resolvers.page import referred
from resolvers.relation import Onward
from resolvers.text import checked
from resolvers.work import Work

BODY = 4_000


of_cases = Onward(
    "What the staff noted, oldest first.", models.CaseNote, "case_id", newest_first=False
)


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
