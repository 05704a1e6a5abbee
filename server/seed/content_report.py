"""The one chat that went wrong, and what was reported of it, as the moderators read it."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

import models
from server.seed import block, calendar, conversation, identity, village

AROUND = 5
BEFORE = 2 * calendar.HOUR
ANSWERED_AFTER = 4 * calendar.MINUTE


@dataclass(frozen=True, slots=True)
class ModerationCase:
    """The columns of a case that waits."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    resident_id: UUID
    accused_id: UUID
    subject: models.ReportSubject
    subject_id: UUID
    body: str
    reasons: list[str]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class ContentReport:
    """The columns of a report."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    resident_id: UUID
    accused_id: UUID
    case_id: UUID
    reason: models.ReportReason
    note: str
    outcome: models.ReportOutcome = models.ReportOutcome.WAITING
    answer: str = ""


@dataclass(frozen=True, slots=True)
class ReportedMessage:
    """The columns of a copy of a message."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    case_id: UUID
    resident_id: UUID
    message_id: UUID
    author_id: UUID
    body: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Quarrel:
    """A chat, the report of one of its messages with its case, and the copies."""

    talk: conversation.Talk
    case: ModerationCase
    report: ContentReport
    copies: list[ReportedMessage]


def quarrel(home: village.Village, blocks: list[block.Block]) -> list[Quarrel]:
    """What came before the block in the village that the file names; elsewhere nothing."""
    if home.root != village.read("content_report")["village"]:
        return []
    random = identity.source("report", home.number)
    talk = fall_out(blocks[0], random)
    return [report(talk, blocks[0], random)]


def fall_out(parted: block.Block, random: Random) -> conversation.Talk:
    """The chat, which ends before the one who is hurt blocks the other."""
    at = parted.at - BEFORE
    talk = conversation.Talk(conversation.DIRECT, at, [parted.blocked, parted.blocker], random)
    for place, body in village.read("content_report")["lines"]:
        at = calendar.within(at + 2, parted.at - calendar.MINUTE, ANSWERED_AFTER, random)
        talk.say(place, body, at)
    return talk


def report(talk: conversation.Talk, parted: block.Block, random: Random) -> Quarrel:
    """The report, with copies of the message and of those around it."""
    raw, at = village.read("content_report"), parted.at - calendar.SECOND
    place = raw["reported"]
    said, reason = talk.messages[place], models.ReportReason(raw["reason"])
    case = ModerationCase(
        id=identity.identify(at, random),
        created_at=calendar.moment(at),
        neighbourhood_id=parted.neighbourhood_id,
        resident_id=parted.blocked.resident_id,
        accused_id=parted.blocked.id,
        subject=models.ReportSubject.MESSAGE,
        subject_id=said.id,
        body=said.body,
        reasons=[reason.value],
        notes=[raw["note"]],
    )
    around = talk.messages[max(0, place - AROUND) : place + AROUND + 1]
    copies = [copy(case, each, at, random) for each in around]
    return Quarrel(talk, case, _report(case, parted, reason, at, random), copies)


def _report(
    case: ModerationCase, parted: block.Block, reason: models.ReportReason, at: int, random: Random
) -> ContentReport:
    return ContentReport(
        id=identity.identify(at, random),
        created_at=case.created_at,
        neighbourhood_id=case.neighbourhood_id,
        resident_id=parted.resident_id,
        accused_id=case.accused_id,
        case_id=case.id,
        reason=reason,
        note=case.notes[0],
    )


def copy(
    made: ModerationCase, said: conversation.ChatMessage, at: int, random: Random
) -> ReportedMessage:
    """The copy of a message as it stood when it was reported."""
    return ReportedMessage(
        id=identity.identify(at, random),
        created_at=made.created_at,
        neighbourhood_id=made.neighbourhood_id,
        case_id=made.id,
        resident_id=made.resident_id,
        message_id=said.id,
        author_id=said.author_id,
        body=said.body,
        sent_at=said.created_at,
    )
