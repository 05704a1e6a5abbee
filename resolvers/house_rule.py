"""House rules: what a neighbourhood agrees on, version by version, and who accepted which."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from typing_extensions import Doc

import models
from auth import rules
from auth.visibility import visible
from resolvers.context import Context
from resolvers.refusal import Refusal, RefusalCode, forbidden
from resolvers.relation import Onward
from resolvers.text import checked
from resolvers.work import Work

BODY = 10_000

Where = Annotated[UUID, Doc("Of which neighbourhood.")]


of_neighbourhoods = Onward(
    "Its house rules: the first are those that stand, then the versions before.",
    models.HouseRules,
    "neighbourhood_id",
)


async def accepted(memberships: Sequence[models.Membership], context: Context) -> list[int | None]:
    """The newest version of the house rules that the member accepted; null for none."""
    rows = visible(models.RulesAcceptance, context.viewer)
    ids = [each.id for each in memberships]
    found = await rows.filter(membership_id__in=ids).order_by("version")
    newest = {row.membership_id: row.version for row in found}
    return [newest.get(each.id) for each in memberships]


async def set_house_rules(
    work: Work,
    *,
    neighbourhood_id: Where,
    body: Annotated[str, Doc("The rules, 10,000 characters at most.")],
) -> models.HouseRules:
    """Give the neighbourhood a new version of its house rules; only a moderator does."""
    work.standing(neighbourhood_id)
    if neighbourhood_id not in work.viewer.moderates:
        raise forbidden("Only a moderator sets the house rules.")
    # one after the other: two who write at once make two versions
    await models.Neighbourhood.filter(id=neighbourhood_id).select_for_update(no_key=True)
    return await models.HouseRules.create(
        neighbourhood_id=neighbourhood_id,
        version=await _version(work, neighbourhood_id) + 1,
        body=checked(body, "body", BODY),
    )


async def accept_house_rules(
    work: Work,
    *,
    neighbourhood_id: Where,
    version: Annotated[int, Doc("The version that was read: refused if another stands by now.")],
) -> models.Membership:
    """Accept the house rules as they stand; to accept a version again changes nothing."""
    standing = work.standing(neighbourhood_id)
    current = await _version(work, neighbourhood_id)
    if version != current or not current:
        words = f"Version {current} stands." if current else "There are no house rules yet."
        raise Refusal(RefusalCode.CONFLICT, words, "version")
    [member] = (
        await work.visible(models.Membership)
        .filter(id=standing.membership_id)
        .select_for_update(no_key=True)
    )
    own = work.visible(models.RulesAcceptance).filter(rules.OWN_MEMBERSHIP.where(work.viewer))
    if not await own.filter(membership_id=member.id, version=version).exists():
        await models.RulesAcceptance.create(
            neighbourhood_id=neighbourhood_id,
            resident_id=member.resident_id,
            membership_id=member.id,
            version=version,
        )
    return member


async def _version(work: Work, neighbourhood_id: UUID) -> int:
    """The version that stands; 0 before the first."""
    rows = work.visible(models.HouseRules).filter(neighbourhood_id=neighbourhood_id)
    newest = await rows.order_by("-version").first()
    return 0 if newest is None else newest.version
