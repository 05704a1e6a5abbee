"""What moderators read of a conversation: the message that was reported, and those around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import models
from auth.visibility import visible
from resolvers.context import Context
from resolvers.work import Work

AROUND = 5


@dataclass(frozen=True)
class ReportedMessage:
    """A message as it stood when it was reported.

    Whoever wrote the others is a number only: of two who talk, the name of one tells the reporter.
    """

    id: UUID
    speaker: int
    is_accused: bool
    is_reported: bool
    body: str
    sent_at: datetime


async def of_cases(
    cases: Sequence[models.ModerationCase], context: Context
) -> list[list[ReportedMessage]]:
    """The message that is reported, and at most five before and after it, oldest first."""
    ids = [case.id for case in cases]
    rows = visible(models.ReportedMessage, context.viewer).filter(case_id__in=ids)
    copies = await rows.order_by("message_id")
    return [_numbered(case, [copy for copy in copies if copy.case_id == case.id]) for case in cases]


async def copy(work: Work, case: models.ModerationCase, message: models.ChatMessage) -> None:
    """Keep the words as the reporter may read them now; what was erased is not among them."""
    readable = work.visible(models.ChatMessage).filter(conversation_id=message.conversation_id)
    standing = readable.filter(deleted_at__isnull=True)
    before = await standing.filter(id__lt=message.id).order_by("-id").limit(AROUND)
    after = await standing.filter(id__gt=message.id).order_by("id").limit(AROUND)
    await models.ReportedMessage.bulk_create(
        models.ReportedMessage(
            neighbourhood_id=case.neighbourhood_id,
            case_id=case.id,
            resident_id=case.resident_id,
            message_id=each.id,
            author_id=each.author_id,
            body=each.body,
            sent_at=each.created_at,
        )
        for each in (*reversed(before), message, *after)
    )


def _numbered(
    case: models.ModerationCase, copies: Sequence[models.ReportedMessage]
) -> list[ReportedMessage]:
    speakers = list(dict.fromkeys(copy.author_id for copy in copies))
    return [
        ReportedMessage(
            id=copy.id,
            speaker=speakers.index(copy.author_id) + 1,
            is_accused=copy.author_id == case.accused_id,
            is_reported=copy.message_id == case.subject_id,
            body=copy.body,
            sent_at=copy.sent_at,
        )
        for copy in copies
    ]
