"""A bearer token in, a Viewer out: one statement."""

from collections.abc import Sequence
from typing import Any

import models
from auth import secrets
from auth.scope import Scope
from auth.viewer import Standing, Viewer
from models.database import connection

VIEWER_STATEMENT = """
select s.resident_id, s.id as session_id, t.expires_at,
       m.id as membership_id, m.neighbourhood_id, m.household_id, m.role,
       array(select a.adjacent_id from adjacency a
             where a.neighbourhood_id = m.neighbourhood_id) as adjacent
from session_token t
join session s on s.id = t.session_id
left join membership m on m.resident_id = s.resident_id and m.state = 'ACTIVE'
where t.hash = $1 and t.kind = 'ACCESS' and t.expires_at > now()
  and s.revoked_at is null and s.expires_at > now()
order by m.id
"""


async def viewer_of(token: str) -> Viewer | None:
    """The viewer behind an access token; None when it is unknown, expired or revoked."""
    rows = await connection().execute_query_dict(VIEWER_STATEMENT, [secrets.digest(token)])
    if not rows:
        return None
    first = rows[0]
    return Viewer(
        resident_id=first["resident_id"],
        session_id=first["session_id"],
        expires_at=first["expires_at"],
        standings=_standings(rows),
        scopes=frozenset({Scope.RESIDENT}),
    )


def bearer(header: object) -> str | None:
    """The token in `Bearer TOKEN`; None without a header. Anything else is an unknown token."""
    if header is None:
        return None
    if not isinstance(header, str):
        return ""
    kind, _, token = header.partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _standings(rows: Sequence[dict[str, Any]]) -> tuple[Standing, ...]:
    return tuple(
        Standing(
            membership_id=row["membership_id"],
            neighbourhood_id=row["neighbourhood_id"],
            household_id=row["household_id"],
            role=models.MembershipRole(row["role"]),
            adjacent=frozenset(row["adjacent"]),
        )
        for row in rows
        if row["membership_id"] is not None
    )
