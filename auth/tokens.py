"""A bearer token in, a Viewer out: one statement."""

import itertools
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import orjson

import models
from auth import secrets
from auth.scope import PARTNER, ROLES, Scope
from auth.viewer import Office, Standing, Viewer
from models.database import connection
from models.wall import fetch

T = TypeVar("T")

# what a viewer is made of, for the resident `s.resident_id` with the memberships `m`
PLACE = """
       m.id as membership_id, m.neighbourhood_id, m.household_id, m.role,
       array(select a.adjacent_id from adjacency a
             where a.neighbourhood_id = m.neighbourhood_id) as adjacent,
       (select r.language from resident r where r.id = s.resident_id) as language,
       (select json_agg(json_build_object(
            'organisation_id', f.organisation_id, 'unit_id', f.unit_id, 'staff_id', f.id,
            'role', f.role, 'covers', array(select c.neighbourhood_id from coverage c
                where c.organisation_id = f.organisation_id and c.since <= current_date)))
        from staff f where f.resident_id = s.resident_id and f.ended_at is null) as offices,
       array(select hidden.id from block b join membership hidden on hidden.resident_id =
                case when b.resident_id = s.resident_id then b.blocked_id else b.resident_id end
             where s.resident_id in (b.resident_id, b.blocked_id)) as blocked
"""
HOME = """
left join membership m on m.resident_id = s.resident_id and m.state = 'ACTIVE'
    and (m.suspended_until is null or m.suspended_until <= now())
"""
SESSION_STATEMENT = f"""
select t.hash, s.resident_id, s.id as session_id, t.expires_at, {PLACE}
from session_token t
join session s on s.id = t.session_id
{HOME}
where t.hash = any($1) and t.kind = 'ACCESS' and t.expires_at > now()
  and s.revoked_at is null and s.expires_at > now()
order by t.hash, m.id
"""  # noqa: S608 — our own words
PARTNER_STATEMENT = """
select t.id, t.organisation_id, t.unit_id, t.scopes, t.expires_at,
       array(select c.neighbourhood_id from coverage c
             where c.organisation_id = t.organisation_id and c.since <= current_date
               and (t.neighbourhood_ids is null or c.neighbourhood_id = any(t.neighbourhood_ids))
       ) as covers
from api_token t
where t.hash = $1 and t.expires_at > now() and t.revoked_at is null
"""
COUNT_USE = "update api_token set use_count = use_count + 1, last_used_at = now() where id = $1"


async def viewer_of(token: str) -> Viewer | None:
    """The viewer behind an access token; None when it is unknown, expired or revoked."""
    return (await viewers_of([token])).get(token)


async def viewers_of(tokens: Collection[str]) -> dict[str, Viewer]:
    """The viewers behind access tokens: one statement for all residents, one a partner's token."""
    partners = {token for token in tokens if token.startswith(secrets.PARTNER_PREFIX)}
    found = {token: viewer for token in partners if (viewer := await _partner(token))}
    digests = {secrets.digest(token): token for token in set(tokens) - partners}
    if digests:
        rows = await fetch(None, SESSION_STATEMENT, [list(digests)])
        for digest, own in itertools.groupby(rows, lambda row: row["hash"]):
            found[digests[digest]] = viewer_from(list(own))
    return found


def viewer_from(rows: Sequence[dict[str, Any]]) -> Viewer:
    """The viewer of these rows of one resident: one for each membership."""
    first = rows[0]
    offices = tuple(_office(office) for office in orjson.loads(first["offices"] or "[]"))
    return Viewer(
        resident_id=first["resident_id"],
        session_id=first["session_id"],
        expires_at=first["expires_at"],
        standings=_standings(rows),
        offices=offices,
        scopes=_one(frozenset({Scope.RESIDENT}).union(*(office.scopes for office in offices))),
        blocked=frozenset(first["blocked"]),
        language=first["language"],
    )


async def count_use(viewer: Viewer) -> None:
    """Count one use of the partner's token behind the viewer, if it is one."""
    if viewer.token_id is not None:
        await connection().execute_query(COUNT_USE, [viewer.token_id])


def bearer(header: object) -> str | None:
    """The token in `Bearer TOKEN`; None without a header. Anything else is an unknown token."""
    if header is None:
        return None
    if not isinstance(header, str):
        return ""
    kind, _, token = header.partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def _partner(token: str) -> Viewer | None:
    """The viewer behind a partner's token; a wrong checksum never reaches the database."""
    if not secrets.is_partner_token(token):
        return None
    rows = await fetch(None, PARTNER_STATEMENT, [secrets.digest(token)])
    if not rows:
        return None
    row = rows[0]
    scopes = PARTNER & known(row["scopes"])
    office = Office(
        organisation_id=row["organisation_id"],
        covers=frozenset(row["covers"]),
        scopes=scopes,
        unit_id=row["unit_id"],
        token_id=row["id"],
    )
    return Viewer(
        token_id=row["id"], expires_at=row["expires_at"], offices=(office,), scopes=scopes
    )


def known(scopes: Iterable[str]) -> frozenset[Scope]:
    """The scopes that still exist among stored ones."""
    words = {scope.value: scope for scope in Scope}
    return frozenset(words[scope] for scope in scopes if scope in words)


def _office(row: dict[str, Any]) -> Office:
    return Office(
        organisation_id=UUID(row["organisation_id"]),
        covers=frozenset(map(UUID, row["covers"])),
        scopes=ROLES[models.StaffRole(row["role"])],
        unit_id=row["unit_id"] and UUID(row["unit_id"]),
        staff_id=UUID(row["staff_id"]),
    )


@lru_cache(10_000)
def _one(these: frozenset[T]) -> frozenset[T]:
    """One object for all equal ones: thousands of open sockets hold the places next to theirs."""
    return these


def _standings(rows: Sequence[dict[str, Any]]) -> tuple[Standing, ...]:
    return tuple(
        Standing(
            membership_id=row["membership_id"],
            neighbourhood_id=row["neighbourhood_id"],
            household_id=row["household_id"],
            role=models.MembershipRole(row["role"]),
            adjacent=_one(frozenset(row["adjacent"])),
        )
        for row in rows
        if row["membership_id"] is not None
    )
