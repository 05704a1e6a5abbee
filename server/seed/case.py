"""What became of a share: its case, the answer under the post, and how satisfied the author is."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

import models
from server.seed import calendar, identity, organisation, reply, share, table, village

RECEIVED, IN_PROGRESS, REFERRED, ANSWERED, CLOSED = models.CaseState
VERSIONS = {RECEIVED: 1, IN_PROGRESS: 3, REFERRED: 3, ANSWERED: 4, CLOSED: 5}
SATISFACTION = (1, 1, 3, 6, 7)
WORDS = 0.75


@dataclass(slots=True)
class Case:
    """The columns of a case; `handler` and the moments `started`, `answered` and `closed` (ms)
    serve what follows.
    """

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    organisation_id: UUID
    unit_id: UUID | None
    resident_id: UUID
    expires_at: datetime
    revoked_at: datetime | None
    share_id: UUID
    post_id: UUID
    purpose: models.SharePurpose
    state: models.CaseState
    version: int
    handler: organisation.Staff
    share: share.Share
    started: int
    answered: int = 0
    closed: int = 0
    assignee_id: UUID | None = None
    due_on: date | None = None
    answer: str | None = None
    answered_at: datetime | None = None
    satisfaction: int | None = None
    satisfaction_word: str | None = None
    closed_at: datetime | None = None


def hung(item: share.Share) -> dict[str, Any]:
    """The columns that each row that hangs on a share repeats."""
    return {name: getattr(item, name) for name in ("neighbourhood_id", *table.HELD)}


def receive(item: share.Share, by: organisation.Staff, random: Random) -> Case:
    """The case as it came in, on its way to the state it is in at the end of the year."""
    state, started = models.CaseState(item.raw["state"]), (item.at + item.until) // 2
    return Case(
        id=identity.identify(item.at, random),
        created_at=item.created_at,
        **hung(item),
        share_id=item.id,
        post_id=item.post_id,
        purpose=item.purpose,
        state=state,
        version=VERSIONS[state],
        handler=by,
        share=item,
        started=min(started, calendar.later(item.at, 20 * calendar.HOUR, random)),
    )


def answer(case: Case, random: Random) -> reply.Reply:
    """The answer, as it stands under the post."""
    above = case.share.post
    at = calendar.later(case.started, 2 * calendar.DAY, random)
    texts = village.read("share")["topic"][above.template.topic]["answers"]
    case.answer, case.answered, case.answered_at = random.choice(texts), at, calendar.moment(at)
    above.comment_count += 1
    return reply.Reply(
        id=identity.identify(at, random),
        created_at=case.answered_at,
        neighbourhood_id=above.neighbourhood_id,
        post_id=above.id,
        parent_id=None,
        author_id=None,
        organisation_id=case.organisation_id,
        announcer_id=None,
        audience=above.audience,
        body=case.answer,
        at=at,
    )


def close(case: Case, random: Random) -> None:
    """Let the resident say, after the answer, how satisfied they are, with a word or without."""
    grade = random.choices((1, 2, 3, 4, 5), SATISFACTION)[0]
    words = village.read("share")["satisfaction"][str(grade)]
    case.satisfaction = grade
    case.satisfaction_word = random.choice(words) if random.random() < WORDS else None
    case.closed = calendar.later(case.answered, 2 * calendar.DAY, random)
    case.closed_at = calendar.moment(case.closed)
