"""What happens to one thing, live for the organisation or the resident that it concerns."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from tortoise.models import Model
from typing_extensions import Doc

import models
from auth.viewer import Viewer
from auth.visibility import visible
from realtime import events
from resolvers import announcement_reply
from resolvers.context import Context
from resolvers.grant import LISTENING
from resolvers.refusal import not_found
from resolvers.stream import After, Happening, Mark, Source, follow, place

Kind = models.EventKind

ROWS: dict[models.EventKind, type[Model]] = {
    Kind.SHARE_GRANTED: models.PostShare,
    Kind.SHARE_ENDED: models.PostShare,
    Kind.SHARED_COMMENTS_CHANGED: models.PostShare,
    Kind.COMMENT_SHARE_CHANGED: models.CommentShare,
    Kind.CASE_CHANGED: models.Case,
    Kind.REFERRAL_CHANGED: models.Referral,
    Kind.REPLY_ADDED: models.Comment,
    Kind.REPLY_EDITED: models.Comment,
    Kind.REPLY_REMOVED: models.Comment,
    Kind.VOLUNTEER_CHANGED: models.VolunteerConsent,
    Kind.CONTACT_CHANGED: models.VolunteerContact,
    Kind.ACCESS_RECORDED: models.AccessRecord,
    Kind.HELP_WANTED: models.HelpRequest,
    Kind.HELP_REQUEST_ASKED: models.HelpRequest,
    Kind.HELP_MATCH_CHANGED: models.HelpMatch,
    Kind.GUARDIAN_LEAVE_CHANGED: models.GuardianLeave,
    Kind.CONVERSATION_CHANGED: models.Conversation,
    Kind.MESSAGE_SENT: models.ChatMessage,
    Kind.MESSAGE_REMOVED: models.ChatMessage,
    Kind.MEMBER_HIDDEN: models.Membership,
    Kind.NOTIFICATION_ADDED: models.Notification,
    Kind.CONTENT_REPORTED: models.ModerationCase,
    Kind.CASE_DECIDED: models.ModerationCase,
    Kind.REPORT_ANSWERED: models.ContentReport,
    Kind.DECISION_CHANGED: models.ModerationDecision,
    Kind.ATTENDANCE_CHANGED: models.Attendance,
    Kind.GATHERING_CHANGED: models.Attendance,
    Kind.REMINDER_DUE: models.Attendance,
    Kind.MENTIONED: models.Mention,
    Kind.PICTURE_CHANGED: models.Picture,
}
# told by its id when the row is not to be seen any more: that is what they tell
ENDINGS = {
    *(Kind.SHARE_ENDED, Kind.REPLY_REMOVED, Kind.VOLUNTEER_CHANGED),
    *(Kind.HELP_MATCH_CHANGED, Kind.CONVERSATION_CHANGED, Kind.MESSAGE_REMOVED, Kind.MEMBER_HIDDEN),
}
# told of what is not to be seen, and not any more when it can be seen again
HIDINGS = {Kind.MEMBER_HIDDEN}


@dataclass(frozen=True, kw_only=True)
class GrantHappening(Happening):
    """What happened to one thing; `row` is it, looked up when it is told, None when it is gone."""

    subject_id: UUID
    row: Any


async def organisation_events(
    context: Context,
    *,
    organisation_id: Annotated[UUID, Doc("Of which organisation.")],
    after: After = None,
) -> AsyncGenerator[Happening | Mark, None]:
    """What happens to what an organisation may read, in order, each event by its own scope."""
    source = Source(organisation_id, "organisation", _may_listen(organisation_id), look_up)
    async for told in follow(context, source, after):
        yield told


async def resident_events(
    context: Context, *, after: After = None
) -> AsyncGenerator[Happening | Mark, None]:
    """What concerns the viewer alone: help, talk, and what becomes of what the viewer shares."""
    resident_id = context.viewer.resident_id
    if resident_id is None:
        raise not_found("account")
    source = Source(
        resident_id, "account", lambda viewer: viewer.resident_id == resident_id, look_up
    )
    async for told in follow(context, source, after):
        yield told


async def look_up(context: Context, told: events.Told) -> GrantHappening | None:
    """The event with its row; None when the viewer may not see the row any more."""
    event = told.event
    assert isinstance(event, events.GrantEvent | events.PersonalEvent)
    row: Any = await visible(ROWS[event.kind], context.viewer).get_or_none(id=event.subject_id)
    if isinstance(row, models.Comment):
        row = next(iter(await announcement_reply.of_comments([row], context)), None)
    if (row is None and event.kind not in ENDINGS) or (row is not None and event.kind in HIDINGS):
        return None
    return GrantHappening(
        cursor=context.cursor(place(told), told.stream_id),
        id=told.id,
        at=told.at,
        kind=event.kind,
        subject_id=event.subject_id,
        row=row,
    )


def _may_listen(organisation_id: UUID) -> Callable[[Viewer], bool]:
    """Whether a viewer has an office there with a scope by which anything is told."""
    return lambda viewer: any(viewer.office_in(organisation_id, scope) for scope in LISTENING)
