"""What became of an uploaded picture: its author is told, and the feed where it is shown."""

from uuid import UUID

import models
from models.transaction import transaction
from realtime import events, outbox
from realtime.hub import Hub
from resolvers import person
from resolvers.feed import about_post
from resolvers.personal import to_resident

State = models.PictureState
CHANGED = models.EventKind.PICTURE_CHANGED


async def is_waiting(picture_id: UUID) -> bool:
    """Whether it was uploaded, and is neither ready nor gone."""
    return await models.Picture.filter(id=picture_id, state=State.UPLOADED).exists()


async def settle(hub: Hub, picture_id: UUID, measures: tuple[int, int] | None) -> bool:
    """It is ready, with its width and height in pixels; or refused, without. False: it is gone.

    What another worker settled meanwhile stays as it is.
    """
    async with transaction():
        picture = await models.Picture.filter(id=picture_id).select_for_update().get_or_none()
        if picture is None:
            return False
        if picture.state is not State.UPLOADED:
            return True
        picture.state = State.REFUSED if measures is None else State.READY
        picture.width, picture.height = measures or (None, None)
        await picture.save(update_fields=["state", "width", "height"])
        bells = await outbox.announce_all(await _told(picture))
    await hub.ring(*bells)
    return True


async def _told(picture: models.Picture) -> list[events.Announced]:
    residents = await person.active_residents_of([picture.author_id])
    told: list[events.Announced] = [
        to_resident(resident_id, CHANGED, picture) for resident_id in residents.values()
    ]
    post = await models.Post.get_or_none(id=picture.post_id, removed_at=None)
    if post is not None and picture.state is State.READY:
        told.append(about_post(events.PostEdited, post))
    return told
