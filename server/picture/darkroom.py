"""Making pictures ready: only pixels are read, and written anew as WebP in three sizes."""

import asyncio
import io
from collections.abc import Mapping
from uuid import UUID

from PIL import Image, ImageOps

import models
from realtime.hub import Hub
from resolvers import picture_ready
from resolvers.picture import MOST_BYTES
from server.picture.album import Album

Size = models.PictureSize
SIDES: Mapping[models.PictureSize, int] = {Size.LARGE: 1920, Size.MEDIUM: 960, Size.SMALL: 320}
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 50_000_000
QUALITY = 80


class Unreadable(Exception):
    """What was uploaded is no picture, or one that is too large to read."""


async def develop(hub: Hub, album: Album, picture_id: UUID) -> None:
    """Make an uploaded picture ready, or refuse it; what was uploaded goes in any case.

    Done again, after a worker died in the midst of it, it does what is left to do.
    """
    if not await picture_ready.is_waiting(picture_id):
        await album.forget_original(picture_id)
        return
    content = await album.original(picture_id)
    try:
        made = await asyncio.to_thread(sizes, content or b"")
    except Unreadable:
        await picture_ready.settle(hub, picture_id, None)
    else:
        for size, (file, _) in made.items():
            await album.keep(picture_id, size, file)
        if not await picture_ready.settle(hub, picture_id, made[Size.LARGE][1]):
            await album.discard(picture_id)
    await album.forget_original(picture_id)


def sizes(content: bytes) -> dict[models.PictureSize, tuple[bytes, tuple[int, int]]]:
    """The file and the measures of each size, none larger than it was. Raises `Unreadable`.

    The first picture of an animation; turned as the camera was held. Only pixels are taken over.
    """
    picture = _read(content)
    made = {}
    for size, side in SIDES.items():
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        picture.save(file, "WEBP", quality=QUALITY, method=4)
        made[size] = (file.getvalue(), picture.size)
    return made


def _read(content: bytes) -> Image.Image:
    if len(content) > MOST_BYTES:
        raise Unreadable
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Unreadable
        turned = ImageOps.exif_transpose(picture)
        has_alpha = "A" in turned.getbands() or "transparency" in turned.info
        clean = turned.convert("RGBA" if has_alpha else "RGB")
    except Exception:  # whatever a file of somebody's does to a decoder
        raise Unreadable from None
    clean.info.clear()
    return clean
