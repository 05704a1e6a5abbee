"""How much waits for the worker at this moment, and for how long: numbers and no rows."""

from dataclasses import dataclass
from datetime import datetime

from models.database import connection

# counted no further than this
MOST = 10_000

WAITING = """
select 'announcements' as queue, count(*) as waiting, min(at) as since from (
    select publish_at as at from announcement
    where published_at is null and withdrawn_at is null and publish_at <= $1
    order by publish_at limit $2) a
union all
select 'shares', count(*), min(at) from (
    select expires_at as at from post_share where not told_end and expires_at <= $1
    order by expires_at limit $2) s
union all
select 'consents', count(*), min(at) from (
    select expires_at as at from volunteer_consent where not told_end and expires_at <= $1
    order by expires_at limit $2) c
union all
select 'deliveries', count(*), min(at) from (
    select next_attempt_at as at from webhook_delivery
    where state = 'PENDING' and next_attempt_at <= $1 order by next_attempt_at limit $2) d
union all
select 'jobs', count(*), min(at) from (
    select execute_after as at from pgqueuer where status = 'queued' and execute_after <= $1
    order by execute_after limit $2) j
union all
select 'jobs given up', count(*), null from (
    select from pgqueuer where status = 'failed' limit $2) g
union all
select 'events', coalesce(sum(s.last_sequence - w.told_sequence), 0)::bigint, null
from webhook w join stream s on s.id = w.organisation_id
where w.removed_at is null and w.paused_at is null
"""


@dataclass(frozen=True)
class Queue:
    """What waits in one queue; `seconds` is how long the first has waited (0: none, or unknown)."""

    waiting: int
    seconds: float


async def waiting(now: datetime) -> dict[str, Queue]:
    """The queues by name: what is due and not done yet, `MOST` at most of each.

    `events` are those that webhooks were not asked about yet; `jobs given up` failed as often as
    they may, and wait for an operator.
    """
    rows = await connection().execute_query_dict(WAITING, [now, MOST])
    return {
        row["queue"]: Queue(
            row["waiting"], (now - row["since"]).total_seconds() if row["since"] else 0.0
        )
        for row in rows
    }
