"""The end of a share: taken back, expired, or gone with its post."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import models
from auth import rules
from models.transaction import transaction
from realtime import outbox
from realtime.events import GrantEvent
from realtime.hub import Hub
from resolvers.grant import to_organisation, to_resident
from resolvers.work import Work

AT_ONCE = 200


async def end(work: Work, shares: Sequence[models.PostShare], now: datetime) -> None:
    """End shares of the viewer's own, and all that hangs on them; `told_end` is told once."""
    ids = [share.id for share in shares]
    cases = await work.visible(models.Case).filter(share_id__in=ids).select_for_update()
    case_ids = [case.id for case in cases]
    await models.PostShare.filter(id__in=ids).update(revoked_at=now, told_end=True)
    await models.Case.filter(id__in=case_ids).update(revoked_at=now)
    await models.CaseNote.filter(case_id__in=case_ids).update(revoked_at=now)
    await models.Referral.filter(case_id__in=case_ids).update(revoked_at=now)
    await models.CommentShare.filter(share_id__in=ids).update(revoked_at=now)
    for share in shares:
        share.revoked_at = now
        if not share.told_end:
            share.told_end = True
            work.announce(*_told(share))


async def end_of_post(work: Work, post_id: UUID, now: datetime) -> None:
    """End the shares of a post of the viewer's own, which is locked."""
    mine = work.visible(models.PostShare).filter(rules.SELF.where(work.viewer))
    standing = mine.filter(post_id=post_id, revoked_at=None).order_by("id").select_for_update()
    await end(work, await standing, now)


async def end_due(hub: Hub, now: datetime) -> int:
    """Tell of shares that have expired, at most `AT_ONCE`; gives how many.

    Nobody waits for this: an expired share is hidden by its rule from that moment on.
    """
    expired = models.PostShare.filter(told_end=False, expires_at__lte=now).order_by("expires_at")
    async with transaction():
        due = await expired.limit(AT_ONCE).select_for_update(skip_locked=True)
        await models.PostShare.filter(id__in=[share.id for share in due]).update(told_end=True)
        bells = await outbox.announce_all(event for share in due for event in _told(share))
    await hub.ring(*bells)
    return len(due)


def _told(share: models.PostShare) -> tuple[GrantEvent, GrantEvent]:
    """That a share has ended, to the organisation and to the resident."""
    kind = models.EventKind.SHARE_ENDED
    return to_organisation(kind, share), to_resident(kind, share)
