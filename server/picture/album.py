"""The files of pictures in an object store: a folder of this machine, or a bucket."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from uuid import UUID

import obstore
from obstore.store import LocalStore, S3Store, from_url

import models
from server.seal import Seal
from server.settings import Settings

Size = models.PictureSize
UPLOAD_SECONDS, SHOWN_SECONDS = 15 * 60, 60 * 60
SIZES = tuple(Size)


@dataclass(frozen=True)
class Ticket:
    """What an address to a picture says: which, for whom, how large."""

    picture_id: UUID
    resident_id: UUID
    size: models.PictureSize


class Album:
    """Keeps and finds the files; `site` is what addresses begin with."""

    def __init__(self, url: str, key: bytes, site: str) -> None:
        self._url = url
        self._site = site
        self._uploads, self._shown = Seal(key, b"upload"), Seal(key, b"picture")

    @classmethod
    def of(cls, settings: Settings) -> "Album | None":
        """The one of these settings; None without a secret to sign with."""
        if not settings.secret:
            return None
        folder = (settings.data_directory / "pictures").absolute()
        url = settings.pictures_url or folder.as_uri()
        return cls(url, settings.signing_key, settings.public_url)

    @cached_property
    def _store(self) -> "LocalStore | S3Store":
        """The store; a folder is made when it is first needed."""
        if self._url.startswith("file://"):
            return LocalStore(Path(self._url.removeprefix("file://")), mkdir=True)
        store = from_url(self._url)
        if not isinstance(store, S3Store):
            raise ValueError("pictures are kept in a folder (file://) or a bucket (s3://)")
        return store

    async def upload_address(self, picture_id: UUID) -> str:
        """Where to put a file: at the bucket itself, or at this server for its folder."""
        if isinstance(self._store, S3Store):
            lasts = timedelta(seconds=UPLOAD_SECONDS)
            return await obstore.sign_async(self._store, "PUT", _original(picture_id), lasts)
        told = picture_id.bytes + _until(UPLOAD_SECONDS)
        return f"{self._site}/pictures/upload/{self._uploads.write(told)}"

    def upload_of(self, sealed: str) -> UUID | None:
        """Which picture is put at an address of ours; None when it is over, or not ours."""
        told = self._uploads.read(sealed)
        return None if told is None or _is_over(told[16:]) else UUID(bytes=told[:16])

    def address(self, picture_id: UUID, resident_id: UUID, size: models.PictureSize) -> str:
        """Where one resident gets a picture: the same for an hour, and good for an hour more."""
        now = int(datetime.now(UTC).timestamp())
        end = (now // SHOWN_SECONDS + 2) * SHOWN_SECONDS
        told = picture_id.bytes + resident_id.bytes + end.to_bytes(4) + bytes([SIZES.index(size)])
        return f"{self._site}/pictures/{self._shown.write(told)}"

    def ticket_of(self, sealed: str) -> Ticket | None:
        """What an address says; None when it is over, or not ours."""
        told = self._shown.read(sealed)
        if told is None or _is_over(told[32:36]):
            return None
        return Ticket(UUID(bytes=told[:16]), UUID(bytes=told[16:32]), SIZES[told[36]])

    async def uploaded(self, picture_id: UUID) -> int | None:
        """How many bytes were uploaded; None for nothing."""
        try:
            found = await obstore.head_async(self._store, _original(picture_id))
        except FileNotFoundError:
            return None
        return int(found["size"])

    async def keep_original(self, picture_id: UUID, content: bytes) -> None:
        """Keep what was uploaded until it is made ready."""
        await obstore.put_async(self._store, _original(picture_id), content)

    async def original(self, picture_id: UUID) -> bytes | None:
        """What was uploaded."""
        return await self._read(_original(picture_id))

    async def keep(self, picture_id: UUID, size: models.PictureSize, content: bytes) -> None:
        """Keep one size of a picture."""
        await obstore.put_async(self._store, _path(picture_id, size), content)

    async def read(self, picture_id: UUID, size: models.PictureSize) -> bytes | None:
        """One size of a picture."""
        return await self._read(_path(picture_id, size))

    async def forget_original(self, picture_id: UUID) -> None:
        """What was uploaded is not needed any more."""
        await self._forget(_original(picture_id))

    async def discard(self, picture_id: UUID) -> None:
        """Throw away whatever there is of a picture."""
        for path in (_original(picture_id), *(_path(picture_id, size) for size in SIZES)):
            await self._forget(path)

    async def _read(self, path: str) -> bytes | None:
        try:
            found = await obstore.get_async(self._store, path)
        except FileNotFoundError:
            return None
        return bytes(await found.bytes_async())

    async def _forget(self, path: str) -> None:
        try:
            await obstore.delete_async(self._store, path)
        except FileNotFoundError:
            return


def _original(picture_id: UUID) -> str:
    return f"uploaded/{picture_id}"


def _path(picture_id: UUID, size: models.PictureSize) -> str:
    return f"ready/{picture_id}/{size.value.lower()}.webp"


def _until(seconds: int) -> bytes:
    return (int(datetime.now(UTC).timestamp()) + seconds).to_bytes(4)


def _is_over(end: bytes) -> bool:
    return int.from_bytes(end) <= datetime.now(UTC).timestamp()
