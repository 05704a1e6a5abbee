"""What the resident of the matrix was told of and where, and what he or she asked of the law."""

from datetime import timedelta
from uuid import UUID

import models
from models.transaction import transaction
from realtime import outbox
from resolvers.personal import to_resident
from tests.world import NOW, World

NEARBY = models.Audience.NEIGHBOURS_NEARBY


async def build(world: World) -> None:
    """The resident was told of a comment, and has a browser that takes push."""
    resident_id = world.people["resident"].resident_id
    assert resident_id is not None
    await _asked(resident_id)
    comment = await models.Comment.get(id=world.comments[NEARBY])
    async with transaction():
        note = await models.Notification.create(
            neighbourhood_id=world.home,
            resident_id=resident_id,
            reason=models.Reason.THREAD,
            event_id=models.base.uuid7(),
            kind=models.EventKind.COMMENT_ADDED,
            author_id=world.people["neighbour"].membership_id,
            post_id=comment.post_id,
            comment_id=comment.id,
        )
        await outbox.announce(to_resident(resident_id, models.EventKind.NOTIFICATION_ADDED, note))
    device = await _device(resident_id)
    draft = await models.Draft.create(
        neighbourhood_id=world.home,
        resident_id=resident_id,
        kind=models.PostKind.MESSAGE,
        body="Dag.",
    )
    world.things |= {"notification": note.id, "device": device.id, "draft": draft.id}


async def _asked(resident_id: UUID) -> None:
    """To be erased, and for an export, more than a day ago."""
    await models.AccountDeletion.create(resident_id=resident_id, due_at=NOW)
    await models.DataExport.create(resident_id=resident_id, created_at=NOW - timedelta(days=9))


async def _device(resident_id: UUID) -> models.PushDevice:
    return await models.PushDevice.create(
        resident_id=resident_id,
        client="tests",
        hash="of the matrix",
        endpoint="http://127.0.0.1:9/",
        public_key="A",
        auth_secret="A",
    )
