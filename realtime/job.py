"""Jobs: what is to be done after a change, written down in the transaction of the change."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.queries import Queries
from tortoise.backends.asyncpg.client import TransactionWrapper

import models
from models.database import connection
from realtime.events import Announced, FeedEvent


class JobKind(StrEnum):
    """The kinds of job; what each is given is the ids of rows, and never words."""

    NOTIFY = "notify"  # an event: whom to tell of it
    LETTER = "letter"  # a letter: to be written and sent
    PUSH = "push"  # a notification and a device
    EXPORT = "export"  # an export: to be put together
    PICTURE = "picture"  # a picture that was uploaded: to be made ready
    DISCARD = "discard"  # a picture that is gone: its files are to go too


# of which residents may want to be told also when they do not look
NOTIFYING = frozenset(
    {
        models.EventKind.POST_PUBLISHED,
        models.EventKind.COMMENT_ADDED,
        models.EventKind.HELP_MATCH_CHANGED,
        models.EventKind.HELP_REQUEST_ASKED,
        models.EventKind.HELP_WANTED,
        models.EventKind.MESSAGE_SENT,
        models.EventKind.CASE_CHANGED,
        models.EventKind.REFERRAL_CHANGED,
        models.EventKind.COMMENT_SHARE_CHANGED,
        models.EventKind.CONTACT_CHANGED,
        models.EventKind.CONTENT_REPORTED,
        models.EventKind.REPORT_ANSWERED,
        models.EventKind.DECISION_CHANGED,
        models.EventKind.ATTENDANCE_CHANGED,
        models.EventKind.GATHERING_CHANGED,
        models.EventKind.REMINDER_DUE,
        models.EventKind.MENTIONED,
    }
)


def notifies(event: Announced) -> bool:
    """Whether anybody may want to be told of it also without looking."""
    return event.kind in NOTIFYING and (
        isinstance(event, FeedEvent) or event.resident_id is not None
    )


async def enqueue(kind: JobKind, *ids: UUID, wait: timedelta | None = None) -> None:
    """Have a job done once the caller's transaction is committed, `wait` later at the soonest.

    The same job of the same ids waits in the queue once. Raises `RuntimeError` outside a
    transaction.
    """
    await enqueue_all(kind, [ids], wait=wait)


async def enqueue_all(
    kind: JobKind, given: Iterable[tuple[UUID, ...]], *, wait: timedelta | None = None
) -> None:
    """Have a job done for each of these, as `enqueue`: one statement."""
    client = connection()
    if not isinstance(client, TransactionWrapper):
        raise RuntimeError("write a job down inside the transaction of the change it follows from")
    payloads = [b" ".join(str(id).encode() for id in ids) for ids in given]
    if not payloads:
        return
    await Queries(AsyncpgDriver(client._connection)).enqueue(
        [kind.value] * len(payloads),
        list(payloads),
        [0] * len(payloads),
        execute_after=[wait] * len(payloads),
        dedupe_key=[f"{kind.value} {payload.decode()}" for payload in payloads],
        on_conflict="skip",
    )


def ids_of(payload: bytes | None) -> tuple[UUID, ...]:
    """What a job was given."""
    return tuple(UUID(word.decode()) for word in (payload or b"").split())
