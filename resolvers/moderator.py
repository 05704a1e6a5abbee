"""Who judges in a neighbourhood, to be told of what there is to judge: never whom it is about."""

from datetime import UTC, datetime

from tortoise.expressions import Q

import models
from resolvers.personal import to_resident
from resolvers.work import Work


async def tell(
    work: Work,
    kind: models.EventKind,
    row: models.ModerationCase | models.ModerationDecision,
) -> None:
    """Tell all who may judge, whatever blocks there are; the event names nobody.

    Whoever is suspended, or works for an organisation, judges nothing.
    """
    free = Q(suspended_until__isnull=True) | Q(suspended_until__lte=datetime.now(UTC))
    moderators = models.Membership.filter(
        free,
        neighbourhood_id=row.neighbourhood_id,
        role=models.MembershipRole.MODERATOR,
        state=models.MembershipState.ACTIVE,
    )
    others = await moderators.exclude(resident_id=row.resident_id).order_by("id")
    judges = [each.resident_id for each in others]
    staff = models.Staff.filter(resident_id__in=judges, ended_at__isnull=True)
    employed = {each.resident_id for each in await staff}
    work.announce(*(to_resident(id, kind, row) for id in judges if id not in employed))
