"""Whether members may be matched: who is of age may, a minor by the leave of a guardian."""

from collections.abc import Iterable
from dataclasses import dataclass
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
AGES = """
select m.id, p.age_band, (p.age_band = 'ADULT' or p.age_band = 'UNDER_18' and exists (
    select from guardian_leave g
    where g.membership_id = m.id and g.revoked_at is null and g.expires_at > now())
) is true as may_be_matched
from membership m join resident p on p.id = m.resident_id
where m.id = any($1) and m.state = 'ACTIVE'
"""


@dataclass(frozen=True)
class Age:
    """What an active member said about being of age, and whether the member may be matched."""

    band: models.AgeBand | None
    may_be_matched: bool


async def ages(membership_ids: Iterable[UUID]) -> dict[UUID, Age]:
    """The ages of active members, which nobody changes until the caller's transaction ends."""
    given = [list(membership_ids)]
    await connection().execute_query(SHARE, given)
    rows = await connection().execute_query_dict(AGES, given)
    return {row["id"]: Age(_band(row["age_band"]), row["may_be_matched"]) for row in rows}


async def may_be_matched(membership_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the active members who may be matched; it stays so for the caller's transaction."""
    return {id for id, age in (await ages(membership_ids)).items() if age.may_be_matched}


async def check_may_be_matched(work: Work, membership: models.Membership) -> None:
    """Whether the viewer may be matched as this member. Raises `Refusal` FORBIDDEN."""
    age = (await ages([membership.id])).get(membership.id) or Age(None, False)
    if age.band is None:
        raise forbidden("Say first, in your account, whether you are of age.")
    if not age.may_be_matched:
        raise forbidden("Ask a housemate who is of age for leave first: you are under 18.")


def _band(stored: str | None) -> models.AgeBand | None:
    return None if stored is None else models.AgeBand(stored)
