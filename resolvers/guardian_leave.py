"""Whether members may be matched: who is of age may, a minor by the leave of a guardian."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import models
from auth.visibility import visible
from models.database import connection
from resolvers.context import Context
from resolvers.page import Page, Window, page_of
from resolvers.paging import After, First
from resolvers.refusal import forbidden
from resolvers.relation import One
from resolvers.work import Work

Leaves = Sequence[models.GuardianLeave]

# the resident `p` of a membership `m` may be matched
MAY_BE_MATCHED = """(p.age_band = 'ADULT' or p.age_band = 'UNDER_18' and exists (
    select from guardian_leave g
    where g.membership_id = m.id and g.revoked_at is null and g.expires_at > now()))"""
# whoever changes an age or takes a leave back waits until those who decide by it are done
SHARE = """
select id from resident where id in (select resident_id from membership where id = any($1))
order by id for share
"""
LOCK = "select id from resident where id = any($1) order by id for update"
AGES = f"""
select m.id, p.age_band, {MAY_BE_MATCHED} is true as may_be_matched
from membership m join resident p on p.id = m.resident_id
where m.id = any($1) and m.state = 'ACTIVE'
"""  # noqa: S608 — a condition of our own


@dataclass(frozen=True)
class Age:
    """What an active member said about being of age, and whether the member may be matched."""

    band: models.AgeBand | None
    may_be_matched: bool


async def of_residents(
    residents: Sequence[models.Resident],
    context: Context,
    *,
    first: First = None,
    after: After = None,
) -> list[Page[models.GuardianLeave]]:
    """The leave that was given for the viewer as a minor, and by the viewer, newest first."""
    page = await page_of(visible(models.GuardianLeave, context.viewer), Window(first, after))
    return [page for _ in residents]


minors = One("The minor it is for.", models.Membership, "membership_id")


guardians = One("The housemate who gave it.", models.Membership, "guardian_id")


async def may_be_matched(membership_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the active members who may be matched; it stays so for the caller's transaction."""
    return {id for id, age in (await ages(membership_ids)).items() if age.may_be_matched}


async def check_may_be_matched(work: Work, membership: models.Membership) -> None:
    """Whether the viewer may be matched as this member. Raises `Refusal` FORBIDDEN."""
    age = await _own(membership.id)
    if age.band is None:
        raise forbidden("Say first, in your account, whether you are of age.")
    _check_leave(age)


async def check_may_take_part(membership_id: UUID) -> None:
    """Whether the viewer may ask for help, or offer it, as this member.

    Who has not said to be under 18 may; but nobody is matched who has said nothing. Raises
    `Refusal` FORBIDDEN.
    """
    _check_leave(await _own(membership_id))


async def ages(membership_ids: Iterable[UUID]) -> dict[UUID, Age]:
    """The ages of active members, which nobody changes until the caller's transaction ends."""
    given = [list(membership_ids)]
    await connection().execute_query(SHARE, given)
    rows = await connection().execute_query_dict(AGES, given)
    return {row["id"]: Age(_band(row["age_band"]), row["may_be_matched"]) for row in rows}


async def lock(resident_ids: Iterable[UUID]) -> None:
    """Keep all others from deciding by the ages of these residents, and from changing them."""
    if ids := list(resident_ids):
        await connection().execute_query(LOCK, [ids])


async def _own(membership_id: UUID) -> Age:
    return (await ages([membership_id])).get(membership_id) or Age(None, False)


def _check_leave(age: Age) -> None:
    if age.band is models.AgeBand.UNDER_18 and not age.may_be_matched:
        raise forbidden("Ask a housemate who is of age for leave first: you are under 18.")


def _band(stored: str | None) -> models.AgeBand | None:
    return None if stored is None else models.AgeBand(stored)
