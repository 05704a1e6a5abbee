"""Pictures and the law: they go along with an export, and no file is left after an erasure."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import models
import resolvers.post
from realtime.hub import Hub
from resolvers import account_deletion
from server import archive
from server.picture import darkroom
from server.picture.album import Album
from server.settings import Settings
from tests.notifying import done, notifying
from tests.resolvers.conftest import act
from tests.server import photo
from tests.server.test_picture import uploaded
from tests.world import World

Size = models.PictureSize
__all__ = ["act"]


async def kept(world: World, hub: Hub, settings: Settings) -> tuple[Album, UUID]:
    """A picture of the resident's that is ready."""
    album, id = await uploaded(world, settings)
    await darkroom.develop(hub, album, id)
    return album, id


async def test_pictures_go_along(world: World, hub: Hub, settings: Settings) -> None:
    album, id = await kept(world, hub, settings)
    export = await models.DataExport.create(resident_id=world.people["resident"].resident_id)
    await archive.build(album, export.id)
    file = (await models.DataArchive.get(export_id=export.id)).content
    with zipfile.ZipFile(io.BytesIO(bytes(file))) as opened:
        found = photo.read(opened.read(f"pictures/{id}.webp"))
    assert (found.format, found.size) == ("WEBP", (1920, 960))


async def test_no_file_is_left_of_who_was_erased(
    act: Any, world: World, hub: Hub, settings: Settings
) -> None:
    album, shown = await kept(world, hub, settings)
    _, loose = await kept(world, hub, settings)
    given = {"neighbourhood_id": world.home, "kind": models.PostKind.MESSAGE, "body": "Kijk!"}
    await act("resident", resolvers.post.create_post, picture_ids=[shown], **given)
    resident_id = world.people["resident"].resident_id
    assert resident_id is not None
    await account_deletion.erase(hub, resident_id, datetime.now(UTC))
    async with notifying(settings, hub):
        await done()
    for id in (shown, loose):
        assert [await album.read(id, size) for size in Size] == [None] * 3
    assert await models.Picture.all().count() == 0
