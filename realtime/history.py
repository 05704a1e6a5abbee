"""What is kept of what has happened: how long, and which history it is."""

import secrets
from datetime import datetime
from uuid import UUID

from models.database import connection

# Another number for each database that may tell another history: one that was made, loaded from a
# dump (its tables are other ones), or recovered to a moment or from a standby (another timeline).
# A copy of files put back as it was tells nothing of itself: then `begin` is for the operator.
EPOCH = """
select hashtextextended(concat_ws('/', e.number, 'epoch'::regclass::oid, c.system_identifier,
    left(pg_walfile_name(pg_current_wal_lsn()), 8)), 0)
from epoch e, pg_control_system() c
""".strip()

BEGIN = """
insert into epoch (id, number) values (1, $1)
on conflict (id) do update set number = excluded.number
"""

STREAMS_WITH_OLDER = "select distinct stream_id from event where created_at < $1"

TRIM = """
with cut as (
    select s.id, s.trimmed_sequence, least(s.trimmed_sequence + $3, coalesce(
        (select e.sequence - 1 from event e where e.stream_id = s.id and e.created_at >= $2
         order by e.sequence limit 1), s.last_sequence)) as sequence
    from stream s where s.id = $1
), gone as (
    delete from event e using cut where e.stream_id = cut.id and e.sequence <= cut.sequence
)
update stream set trimmed_sequence = cut.sequence from cut
where stream.id = cut.id and stream.trimmed_sequence < cut.sequence
returning cut.sequence - cut.trimmed_sequence as trimmed
"""


async def begin() -> None:
    """Begin another epoch: whoever comes with a cursor of before is told to read anew."""
    await connection().execute_query(BEGIN, [secrets.randbits(60)])


async def trim(stream_id: UUID, before: datetime, *, limit: int = 10_000) -> int:
    """Forget the oldest events from before a moment, at most `limit`; gives how many it forgot.

    One statement, so that a reader sees events and `trimmed_sequence` agree.
    """
    trimmed = await connection().execute_query_dict(TRIM, [stream_id, before, limit])
    return trimmed[0]["trimmed"] if trimmed else 0


async def trim_all(before: datetime, *, limit: int = 10_000) -> int:
    """Forget what is older than a moment in every stream; gives how many events it forgot."""
    trimmed = 0
    for row in await connection().execute_query_dict(STREAMS_WITH_OLDER, [before]):
        while True:
            forgotten = await trim(row["stream_id"], before, limit=limit)
            trimmed += forgotten
            if forgotten < limit:
                break
    return trimmed
