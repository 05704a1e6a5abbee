"""The way to pictures: put at an address of ours, and shown to whoever may see the post."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

import models
from auth import recipient
from auth.visibility import visible
from resolvers.picture import MOST_BYTES
from server.picture.album import Album, Ticket

KEPT_SECONDS = 600
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
SHOWN = {**HEADERS, "Cache-Control": f"private, max-age={KEPT_SECONDS}"}
NOT_SHOWN = {**HEADERS, "Cache-Control": "no-store"}
READY = models.PictureState.READY


class Doorway:
    """Takes files for a folder, and hands out pictures."""

    def __init__(self, album: Album) -> None:
        self._album = album

    async def put(self, request: Request) -> Response:
        """Keep a file of 10 MB at most for a picture that is awaited, once."""
        picture_id = self._album.upload_of(request.path_params["sealed"])
        awaited = models.Picture.filter(id=picture_id, state=models.PictureState.AWAITED)
        if picture_id is None or not await awaited.exists():
            return PlainTextResponse("Not found.", 404, NOT_SHOWN)
        content = await _body(request)
        if content is None:
            return PlainTextResponse("A picture has 10 MB at most.", 413, NOT_SHOWN)
        await self._album.keep_original(picture_id, content)
        return Response(status_code=204, headers=NOT_SHOWN)

    async def show(self, request: Request) -> Response:
        """A picture, by the rules of this moment; nothing for an address that opens nothing."""
        ticket = self._album.ticket_of(request.path_params["sealed"])
        if ticket is None or not await _may_see(ticket):
            return PlainTextResponse("Not found.", 404, NOT_SHOWN)
        content = await self._album.read(ticket.picture_id, ticket.size)
        if content is None:
            return PlainTextResponse("Not found.", 404, NOT_SHOWN)
        return Response(content, media_type="image/webp", headers=SHOWN)


async def _may_see(ticket: Ticket) -> bool:
    """Whether the resident whose address it is may see the picture, and the post that shows it."""
    viewer = (await recipient.viewers_of([ticket.resident_id])).get(ticket.resident_id)
    if viewer is None:
        return False
    picture = await visible(models.Picture, viewer).get_or_none(id=ticket.picture_id, state=READY)
    if picture is None or picture.post_id is None:
        return picture is not None
    return await visible(models.Post, viewer).filter(id=picture.post_id).exists()


async def _body(request: Request) -> bytes | None:
    """The file; None as soon as it is too long."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            return None
    return bytes(content)


def routes(album: Album | None) -> list[BaseRoute]:
    """The ways in; none where there is nothing to sign with."""
    if album is None:
        return []
    doorway = Doorway(album)
    return [
        Route("/pictures/upload/{sealed}", doorway.put, methods=["PUT"]),
        Route("/pictures/{sealed}", doorway.show),
    ]
