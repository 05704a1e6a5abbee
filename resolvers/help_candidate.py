"""Who could help with a request: one statement, whoever asks and however many requests.

It reads offers, homes, ages and blocks on behalf of the one who asked for help. Of what it finds,
the caller shows no more than a display name, and a street in the own neighbourhood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import models
from auth.viewer import Viewer
from models.database import connection
from resolvers.day_part import parts_of
from resolvers.guardian_leave import MAY_BE_MATCHED

# $1, $2: requests, and the parts of the week in which each is wanted; $3: memberships of the
# viewer, $4: where the viewer works, $5: whom a block hides from the viewer, $6: the viewer,
# $7: how many. A professional is shown the helpers of the own area only.
# The best first: the very skill; free then; near; and of those alike, who was asked longest ago;
# but a professional reads no turns, which would tell of proposals that are none of theirs.
CANDIDATES = """
with asked as (
    select r.id, r.post_id, r.neighbourhood_id, r.skill, a.resident_id, a.household_id, a.street,
           string_to_array(w.parts, ',') as parts, r.author_id = any($3) as is_own,
           array(select k.slug::text from skill k join skill s on s."group" = k."group"
                 where s.slug = r.skill) as kindred,
           r.neighbourhood_id || array(select b.adjacent_id from adjacency b
               where b.neighbourhood_id = r.neighbourhood_id
                 and r.audience = 'NEIGHBOURS_NEARBY') as places
    from unnest($1::uuid[], $2::text[]) as w(id, parts)
    join help_request r on r.id = w.id join membership a on a.id = r.author_id
    where r.state in ('OPEN', 'MATCHED')
)
select asked.id as request_id, helper.*, (select language from resident where id = $6) as language
from asked cross join lateral (
    select m.id as membership_id, m.resident_id, m.display_name,
           case when m.neighbourhood_id = asked.neighbourhood_id then m.street end as street,
           case when m.neighbourhood_id <> asked.neighbourhood_id then 0
                when m.street = asked.street then 2 else 1 end as nearness,
           coalesce(asked.skill = any(o.skills), false) as is_skilled,
           case when asked.skill = any(o.skills) then asked.skill
                else (select given.slug from unnest(o.skills) with ordinality as given(slug, place)
                      where given.slug = any(asked.kindred) order by place limit 1) end as skill,
           case when asked.parts = '{{}}' or o.availability = '{{}}' then 1
                when o.availability && asked.parts then 2 else 0 end as freedom
    from help_offer o
    join membership m on m.id = o.membership_id and m.state = 'ACTIVE'
    join resident p on p.id = m.resident_id
    where o.neighbourhood_id = any(asked.places)
      and (o.neighbourhood_id = asked.neighbourhood_id or o.reach = 'NEARBY')
      and not o.paused and (o.ends_on is null or o.ends_on >= (now() at time zone 'utc')::date)
      and (o.reach <> 'STREET' or m.street = asked.street)
      and m.resident_id <> asked.resident_id
      and (m.household_id = asked.household_id) is not true
      and {may_be_matched}
      and (asked.is_own or m.neighbourhood_id = any($4)) and m.id <> all($5::uuid[])
      and not exists (select from block b where
          b.resident_id = asked.resident_id and b.blocked_id = m.resident_id
          or b.blocked_id = asked.resident_id and b.resident_id = m.resident_id)
      and {also}
    order by is_skilled desc, freedom desc, nearness desc,
             case when asked.is_own then date_trunc('day', o.last_asked_at) end nulls first,
             case when asked.is_own then o.asked_count end, md5(asked.id::text || o.id::text)
    limit $7
) as helper
"""
# a professional knows of no matches but those that the professional proposed
SUGGESTED = """(asked.skill is null or o.skills && asked.kindred) and not exists (
    select from help_match h where h.post_id = asked.post_id and h.helper_id = m.id
      and h.state <> 'WITHDRAWN' and (asked.is_own or h.proposed_by_id = any($3)))"""
# each hears of a request once
HEARING = """o.hears_requests and asked.skill = any(o.skills) and not exists (
    select from event e where e.stream_id = m.resident_id and e.kind = 'HELP_WANTED'
      and e.subject_id = asked.id)"""
ONE = "m.id = $8"


@dataclass(frozen=True)
class Candidate:
    """Somebody who could help, and how it fits; `language` is the viewer's.

    `skill`: the one of the helper's that is asked for (`is_skilled`), or one of the same group.
    `freedom`: 2 free then, 1 not said, 0 not free. `nearness`: 2 same street, 1 same
    neighbourhood, 0 next to it.
    """

    request_id: UUID
    membership_id: UUID
    resident_id: UUID
    display_name: str
    street: str | None
    nearness: int
    is_skilled: bool
    skill: str | None
    freedom: int
    language: str | None


async def suggested(
    requests: Sequence[models.HelpRequest], viewer: Viewer, most: int
) -> list[Candidate]:
    """The best helpers for each request, not those who declined or are matched for it."""
    return await _find(SUGGESTED, requests, viewer, most)


async def hearing(request: models.HelpRequest, viewer: Viewer, most: int) -> list[Candidate]:
    """Those with the skill who want to hear of requests, and have not heard of this one."""
    return await _find(HEARING, [request], viewer, most)


async def is_one(request: models.HelpRequest, viewer: Viewer, membership_id: UUID) -> bool:
    """Whether a member has an offer that reaches this request, for whatever skill."""
    return bool(await _find(ONE, [request], viewer, 1, membership_id))


async def _find(
    also: str, requests: Sequence[models.HelpRequest], viewer: Viewer, most: int, *more: Any
) -> list[Candidate]:
    now = datetime.now(UTC)
    rows = await connection().execute_query_dict(
        CANDIDATES.format(may_be_matched=MAY_BE_MATCHED, also=also),
        [
            [request.id for request in requests],
            [",".join(parts_of(request, now)) for request in requests],
            list(viewer.membership_ids),
            list(viewer.works_in),
            list(viewer.blocked),
            viewer.resident_id,
            most,
            *more,
        ],
    )
    return [Candidate(**row) for row in rows]
