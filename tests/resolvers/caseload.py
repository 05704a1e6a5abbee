"""Cases for tests: shares by the resident, the case that each opens, and how far it has come."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import models
import resolvers.case
import resolvers.case_assignment
import resolvers.post_share
from resolvers.work import Work
from tests.resolvers.conftest import Act
from tests.world import World

NEIGHBOURHOOD, NEARBY, ONLY = models.Audience


async def open_case(
    act: Act,
    world: World,
    *,
    organisation: str = "town",
    unit: str | None = None,
    audience: models.Audience = NEIGHBOURHOOD,
    lifetime: timedelta = timedelta(days=30),
) -> models.Case:
    """The case of one of the resident's posts, shared with an organisation as a care question."""
    case: models.Case = await act(
        "resident",
        _share,
        post_id=world.posts[audience],
        organisation_id=world.organisations[organisation],
        unit_id=world.units.get(unit or ""),
        expires_at=datetime.now(UTC) + lifetime,
    )
    return case


async def assign(act: Act, case: models.Case, **given: Any) -> models.Case:
    """The case after a manager said who follows it up and by when."""
    verb = resolvers.case_assignment.assign_case
    given = {"case_id": case.id, "version": case.version, **given}
    assigned: models.Case = await act("manager", verb, **given)
    return assigned


async def at(case: models.Case, state: models.CaseState) -> models.Case:
    """The case as if it had come to a state."""
    await models.Case.filter(id=case.id).update(state=state)
    case.state = state
    return case


async def end(act: Act, case: models.Case) -> None:
    """The author takes the share back."""
    await act("resident", resolvers.post_share.revoke_share, share_id=case.share_id)


async def again(case: models.Case) -> models.Case:
    """The case as it is stored now."""
    return await models.Case.get(id=case.id)


async def _share(
    work: Work,
    *,
    post_id: UUID,
    organisation_id: UUID,
    unit_id: UUID | None,
    expires_at: datetime,
) -> models.Case:
    post = await work.find(models.Post, post_id, "post")
    share = await models.PostShare.create(
        neighbourhood_id=post.neighbourhood_id,
        organisation_id=organisation_id,
        unit_id=unit_id,
        resident_id=work.viewer.resident_id,
        expires_at=expires_at,
        post_id=post.id,
        author_id=post.author_id,
        purpose=models.SharePurpose.CARE_QUESTION,
        with_name=True,
    )
    return await resolvers.case.open_case(work, share)
