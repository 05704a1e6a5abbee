"""The ledger: what staff and tokens read of residents, written before the answer leaves."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import structlog

import models
from auth.viewer import Office, Viewer
from models.database import connection
from models.transaction import Retry, transaction
from realtime import outbox
from realtime.events import GrantEvent
from realtime.hub import Hub

# One statement whatever the number of lines. The first of an organisation on a subject is marked,
# and an index lets there be one: who comes second at the same moment waits, and is not the first.
# Subjects are taken in the order of their ids, so that two readers never wait for each other.
COLUMNS = (
    "id, resident_id, organisation_id, staff_id, token_id, subject, subject_id, fields_read,"
    " created_at, is_first"
)
WRITE = f"""
with line as (
    select id, resident_id, organisation_id, staff_id, token_id, subject, subject_id,
           string_to_array(fields, ','), now()
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[],
                $7::uuid[], $8::text[])
         as t(id, resident_id, organisation_id, staff_id, token_id, subject, subject_id, fields)
), first as (
    insert into access_record ({COLUMNS})
    select line.*, true from line where not exists (
        select from access_record a where a.is_first
        and a.subject_id = line.subject_id and a.organisation_id = line.organisation_id)
    order by line.subject_id
    on conflict (subject_id, organisation_id) where is_first do nothing
    returning id
)
insert into access_record ({COLUMNS})
select line.*, false from line where id not in (select id from first)
"""  # noqa: S608 — names of columns

log = structlog.get_logger("noaber.ledger")


class Readable(Protocol):
    """A row that a resident let an organisation read."""

    @property
    def id(self) -> Any:
        """What is read."""

    @property
    def resident_id(self) -> Any:
        """Whose it is."""

    @property
    def organisation_id(self) -> Any:
        """Who may read it."""

    @property
    def neighbourhood_id(self) -> Any:
        """Where it belongs."""


@dataclass(frozen=True)
class Entry:
    """One row that was read, by whom, and of whom."""

    office: Office
    subject: models.AccessSubject
    subject_id: UUID
    resident_id: UUID
    neighbourhood_id: UUID


class Ledger:
    """What one operation has read, by row: the names of the fields."""

    def __init__(self) -> None:
        self._read: dict[Entry, set[str]] = defaultdict(set)

    def note(
        self, viewer: Viewer, subject: models.AccessSubject, row: Readable, field: str
    ) -> None:
        """Remember that a field was read, if it was by an organisation: not by the resident."""
        if row.resident_id == viewer.resident_id:
            return
        for office in viewer.offices:
            if office.organisation_id == row.organisation_id:
                entry = Entry(office, subject, row.id, row.resident_id, row.neighbourhood_id)
                self._read[entry].add(field)
                return

    async def write(self, hub: Hub) -> None:
        """Commit the lines and tell the residents; what cannot be written may not be answered.

        Raises `Retry`.
        """
        if not self._read:
            return
        read, self._read = self._read, defaultdict(set)
        lines = [_line(entry, fields) for entry, fields in read.items()]
        async with transaction():
            await connection().execute_query(WRITE, list(map(list, zip(*lines, strict=True))))
            bells = await outbox.announce_all(_events(lines, list(read)))
        await hub.ring(*bells)

    async def write_event(self, hub: Hub) -> None:
        """As `write`, for what is told on a stream: whoever follows may resume behind the last.

        Raises `Retry`, whatever the reason.
        """
        try:
            await self.write(hub)
        except Exception as error:
            log.error("the ledger cannot be written", error=type(error).__name__)
            raise Retry from error


def _line(entry: Entry, fields: set[str]) -> tuple[Any, ...]:
    office = entry.office
    return (
        models.base.uuid7(),
        entry.resident_id,
        office.organisation_id,
        office.staff_id,
        office.token_id,
        entry.subject.value,
        entry.subject_id,
        ",".join(sorted(fields)),
    )


def _events(lines: Sequence[tuple[Any, ...]], entries: Sequence[Entry]) -> list[GrantEvent]:
    """One event a line, on the stream of the resident."""
    return [
        GrantEvent(
            kind=models.EventKind.ACCESS_RECORDED,
            stream_id=entry.resident_id,
            neighbourhood_id=entry.neighbourhood_id,
            subject_id=line[0],
            organisation_id=entry.office.organisation_id,
            resident_id=entry.resident_id,
        )
        for line, entry in zip(lines, entries, strict=True)
    ]
