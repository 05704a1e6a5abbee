"""The leave of a guardian, without which a minor is matched with nobody."""

from collections.abc import Iterable
from uuid import UUID

import models
from models.database import connection
from resolvers.refusal import forbidden
from resolvers.work import Work

# whoever changes an age or takes a leave back waits until those who decide by it are done
SHARE = """
select id from resident where id in (select resident_id from membership where id = any($1))
order by id for share
"""
MATCHABLE = """
select m.id from membership m join resident r on r.id = m.resident_id
where m.id = any($1) and m.state = 'ACTIVE' and (
    r.age_band = 'ADULT'
    or r.age_band = 'UNDER_18' and exists (
        select from guardian_leave g
        where g.membership_id = m.id and g.revoked_at is null and g.expires_at > now()))
"""


async def check_may_be_matched(work: Work, membership: models.Membership) -> None:
    """Raises `Refusal` FORBIDDEN, saying what is missing, for the viewer's own membership."""
    if membership.id in await may_be_matched([membership.id]):
        return
    account = await work.visible(models.Resident).get(id=membership.resident_id)
    if account.age_band is None:
        raise forbidden("Say first whether you are of age.")
    raise forbidden("This needs the leave of an adult of your household.")


async def may_be_matched(membership_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the active members who may be matched; it stays so for the caller's transaction."""
    given = [list(membership_ids)]
    await connection().execute_query(SHARE, given)
    rows = await connection().execute_query_dict(MATCHABLE, given)
    return {row["id"] for row in rows}
