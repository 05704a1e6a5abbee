"""The viewer that a webhook acts as: who made it, with the rights of this moment."""

from uuid import UUID

import models
from auth import tokens
from auth.scope import PARTNER, ROLES, Scope
from auth.viewer import Office, Viewer
from models.database import connection

# A webhook that a token made goes on with the token that this one was rotated into.
STATEMENT = """
with recursive line as (
    select w.token_id from webhook w where w.id = $1 and w.token_id is not null
    union
    select t.id from line join api_token t on t.replaces_id = line.token_id
), standing as (
    select t.* from line join api_token t on t.id = line.token_id
    where t.revoked_at is null and t.expires_at > now() order by t.id desc limit 1
)
select w.organisation_id, f.id as staff_id, f.role, t.id as token_id, t.scopes,
       case when w.token_id is null then f.unit_id else t.unit_id end as unit_id,
       array(select c.neighbourhood_id from coverage c
             where c.organisation_id = w.organisation_id and c.since <= current_date
               and (t.neighbourhood_ids is null or c.neighbourhood_id = any(t.neighbourhood_ids))
       ) as covers
from webhook w
join staff f on f.id = w.issued_by_id and f.ended_at is null
left join standing t on true
where w.id = $1 and (w.token_id is null or t.id is not null)
"""


async def viewer_of(webhook_id: UUID) -> Viewer | None:
    """Who a webhook acts as; None when its maker's rights have ended, or do not reach to it.

    It is nobody's person: what a resident sees as a resident is not seen by a webhook of theirs.
    """
    rows = await connection().execute_query_dict(STATEMENT, [webhook_id])
    if not rows:
        return None
    row = rows[0]
    role = ROLES[models.StaffRole(row["role"])]
    scopes = PARTNER & (role if row["token_id"] is None else tokens.known(row["scopes"]))
    if Scope.WEBHOOKS_MANAGE not in scopes:
        return None
    office = Office(
        organisation_id=row["organisation_id"],
        covers=frozenset(row["covers"]),
        scopes=scopes,
        unit_id=row["unit_id"],
        staff_id=row["staff_id"] if row["token_id"] is None else None,
        token_id=row["token_id"],
    )
    return Viewer(token_id=row["token_id"], offices=(office,), scopes=scopes)
