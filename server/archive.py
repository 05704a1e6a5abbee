"""The file of an export: a zip of JSON, one file a table, and the way to fetch it."""

import asyncio
import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

import models
from auth import tokens
from resolvers import data_export
from server.picture.album import Album

PATH = "/export/{id:uuid}"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Disposition": 'attachment; filename="noaber.zip"',
    "X-Content-Type-Options": "nosniff",
}
README = """\
This is everything that Noaber holds of you: one file a table, one object a row, times in UTC.
Pictures lie in the folder of that name, by the id that picture.json has.
conversation_of_mine.json is the talk that you take part in, as far as you may read it.
Passwords, tokens and keys of devices are left out: they are kept as hashes, or open something.
"""
OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z


async def build(album: Album | None, export_id: UUID) -> None:
    """Put an export together; a job that is done again finds it done, or does all of it again."""
    resident_id = await data_export.whose(export_id)
    if resident_id is None:
        return
    tables = {name: rows async for name, rows in data_export.gather(resident_id)}
    pictures = await _pictures(album, tables.get("picture", []))
    content = await asyncio.to_thread(zipped, tables, pictures)
    await data_export.finish(export_id, content, datetime.now(UTC))


async def _pictures(album: Album | None, rows: list[dict[str, Any]]) -> dict[UUID, bytes]:
    """The largest size of each picture that is ready."""
    found: dict[UUID, bytes] = {}
    if album is None:
        return found
    for row in rows:
        if content := await album.read(row["id"], models.PictureSize.LARGE):
            found[row["id"]] = content
    return found


def zipped(tables: Mapping[str, list[dict[str, Any]]], pictures: Mapping[UUID, bytes]) -> bytes:
    """The zip file of these tables and pictures."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        for name, rows in tables.items():
            archive.writestr(f"{name}.json", orjson.dumps(rows, default=str, option=OPTIONS))
        for id, content in pictures.items():
            archive.writestr(f"pictures/{id}.webp", content)
    return file.getvalue()


async def fetch(request: Request) -> Response:
    """The file, for the resident it is of; for everybody else there is none."""
    token = tokens.bearer(request.headers.get("authorization"))
    viewer = await tokens.viewer_of(token) if token else None
    export_id: UUID = request.path_params["id"]
    now = datetime.now(UTC)
    content = None if viewer is None else await data_export.fetch(viewer, export_id, now)
    if content is None:
        return PlainTextResponse("Not found.", 404, {"Cache-Control": "no-store"})
    return Response(content, media_type="application/zip", headers=HEADERS)


def routes() -> list[BaseRoute]:
    """The way to it."""
    return [Route(PATH, fetch)]
