"""The viewers whom something is sent to: residents, whether or not anybody is signed in as them."""

import itertools
from collections.abc import Collection
from uuid import UUID

from auth import tokens
from auth.viewer import Viewer
from models.database import connection

STATEMENT = f"""
select s.resident_id, null::uuid as session_id, null::timestamptz as expires_at, {tokens.PLACE}
from (select id as resident_id from resident where id = any($1)) s
{tokens.HOME}
order by s.resident_id, m.id
"""  # noqa: S608 — our own words


async def viewers_of(resident_ids: Collection[UUID]) -> dict[UUID, Viewer]:
    """Each resident as a viewer, with the rights of this moment: one statement."""
    rows = await connection().execute_query_dict(STATEMENT, [list(resident_ids)])
    found = itertools.groupby(rows, lambda row: row["resident_id"])
    return {resident_id: tokens.viewer_from(list(own)) for resident_id, own in found}
