"""The ledger as it stands after the year: who of the partners read what, line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import models
from server.seed import calendar, case, identity, organisation, share, volunteer

SHARE, COMMENT, CASE, VOLUNTEER = (
    models.AccessSubject.SHARE,
    models.AccessSubject.COMMENT,
    models.AccessSubject.CASE,
    models.AccessSubject.VOLUNTEER,
)
# The fields as the schema spells them, in the order in which the ledger writes them.
READ = {
    SHARE: ["body", "kind", "postedAt", "title"],
    COMMENT: ["body", "createdAt"],
    CASE: ["satisfaction", "satisfactionWord"],
    VOLUNTEER: ["displayName", "skills"],
}
SOON_AFTER = 5 * calendar.MINUTE


@dataclass(frozen=True, slots=True)
class AccessRecord:
    """The columns of a line of the ledger."""

    id: UUID
    created_at: datetime
    resident_id: UUID
    organisation_id: UUID
    staff_id: UUID
    subject: models.AccessSubject
    subject_id: UUID
    fields_read: list[str]
    is_first: bool


def line(
    at: int, item: Any, staff: organisation.Staff, subject: models.AccessSubject, first: bool = True
) -> AccessRecord:
    """One reading of a row that a resident let an organisation read, by one of its staff."""
    named = ["authorName"] if isinstance(item, share.Share) and item.with_name else []
    return AccessRecord(
        id=identity.identify(at, identity.source("line", item.id, at)),
        created_at=calendar.moment(at),
        resident_id=item.resident_id,
        organisation_id=item.organisation_id,
        staff_id=staff.id,
        subject=subject,
        subject_id=item.id,
        fields_read=[*named, *READ[subject]],
        is_first=first,
    )


def of_case(item: case.Case) -> Iterator[AccessRecord]:
    """The readings of a share and its case by whoever follows it up."""
    if item.state is case.RECEIVED:
        return
    yield line(item.started, item.share, item.handler, SHARE)
    if item.answered_at:
        between = (item.started + item.answered) // 2
        yield line(between, item.share, item.handler, SHARE, first=False)
    if item.closed_at:
        yield line(min(calendar.END, item.closed + SOON_AFTER), item, item.handler, CASE)


def write(
    cases: list[case.Case],
    comments: Iterable[share.CommentShare],
    contacts: Iterable[volunteer.Contact],
) -> list[AccessRecord]:
    """All lines about the residents of one village."""
    handlers = {item.share_id: item.handler for item in cases}
    lines = [read for item in cases for read in of_case(item)]
    for shared in comments:
        if shared.state is models.CommentShareState.AGREED:
            at = min(calendar.END, shared.at + SOON_AFTER)
            lines.append(line(at, shared, handlers[shared.share_id], COMMENT))
    for contact in contacts:
        lines.append(
            line(
                max(contact.consent.at, contact.at - SOON_AFTER),
                contact.consent,
                contact.staff,
                VOLUNTEER,
            )
        )
    return lines
