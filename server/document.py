"""Documents by their hash: those the server was given, and those that clients sent before."""

import hashlib
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import orjson
import redis.exceptions

from schema.code import Code
from schema.latest import Latest
from server.request import Refused
from server.settings import Persisted, Settings, SettingsError

LONGEST = 16_384
MOST = 1_000
SLOTS = 4_096
KEPT_SECONDS = 24 * 60 * 60


class Store(Protocol):
    """Where documents that clients sent are kept, for a while."""

    async def find(self, digest: str) -> str | None:
        """The document of this hash, if it is kept."""

    async def keep(self, digest: str, text: str) -> None:
        """Keep one, if there is room."""


class InProcess:
    """The last `MOST` documents of this process."""

    def __init__(self) -> None:
        self._texts: Latest[str] = Latest(MOST)

    async def find(self, digest: str) -> str | None:
        """The document, which is then the last to be forgotten."""
        return self._texts.find(digest)

    async def keep(self, digest: str, text: str) -> None:
        """Keep one, and forget the one that was not used for longest."""
        self._texts.keep(digest, text)


class InValkey:
    """Documents of all processes, each for a day; away is as good as forgotten.

    There are `SLOTS` places, 64 MiB at most: a document takes the place that its hash leads to,
    from whichever had it. Whether what stands there is the one that is meant, whoever asks looks.
    """

    def __init__(self, client: Any, prefix: str) -> None:
        self._client = client
        self._prefix = f"{prefix}:document"

    async def find(self, digest: str) -> str | None:
        """The document, if Valkey is there and has it."""
        try:
            found: bytes | None = await self._client.get(self._place(digest))
        except (redis.exceptions.RedisError, OSError, TimeoutError):
            return None
        return None if found is None else found.decode("utf-8", "replace")

    async def keep(self, digest: str, text: str) -> None:
        """Keep one for a day, if Valkey is there."""
        try:
            await self._client.set(self._place(digest), text, ex=KEPT_SECONDS)
        except (redis.exceptions.RedisError, OSError, TimeoutError):
            return

    def _place(self, digest: str) -> str:
        return f"{self._prefix}:{zlib.crc32(digest.encode('utf-8', 'replace')) % SLOTS}"


class Library:
    """The trusted documents, and the store of what clients sent (None: nothing is kept)."""

    def __init__(self, trusted: Mapping[str, str], store: Store | None = None) -> None:
        self._trusted = trusted
        self._store = store

    def trusts(self, text: str) -> bool:
        """Whether this is, to the letter, a document that the server was given."""
        return bool(self._trusted) and _digest(text) in self._trusted

    async def text(self, query: str | None, extensions: Mapping[str, Any] | None) -> str:
        """The document that is meant, by its text or by its hash. Raises `Refused`."""
        told = (extensions or {}).get("persistedQuery")
        if told is None:
            if not query:
                raise Refused(Code.BAD_REQUEST, "There is no `query` in this request.")
            return query
        digest = told.get("sha256Hash") if isinstance(told, dict) else None
        if not isinstance(digest, str) or told.get("version") != 1:
            raise Refused(Code.BAD_REQUEST, "`persistedQuery` has version 1 and a `sha256Hash`.")
        return await self._known(digest) if not query else await self._sent(digest, query)

    async def fill(self, payload: dict[str, Any]) -> None:
        """Put the document that is meant into the payload of a message. Raises `Refused`."""
        payload["query"] = await self.text(payload.get("query"), payload.get("extensions"))

    async def _known(self, digest: str) -> str:
        found = self._trusted.get(digest)
        if found is None and self._store is not None:
            found = await self._store.find(digest)
        # what a hash led to is checked as what was sent is: the store is not ours alone
        if found is None or _digest(found) != digest:
            raise Refused(Code.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
        return found

    async def _sent(self, digest: str, query: str) -> str:
        if _digest(query) != digest:
            raise Refused(Code.PERSISTED_QUERY_MISMATCH)
        if self._store is not None and len(query) <= LONGEST:
            await self._store.keep(digest, query)
        return query


def library(settings: Settings, client: Any) -> Library:
    """The documents of these settings. Raises `SettingsError`."""
    store: Store | None = None
    if settings.persisted is Persisted.MEMORY:
        store = InProcess()
    elif settings.persisted is Persisted.VALKEY:
        store = InValkey(client, settings.channel_prefix)
    return Library(_given(settings.documents_file), store)


def _given(path: Path | None) -> dict[str, str]:
    """The documents of a file: one JSON object, each document by its SHA-256."""
    if path is None:
        return {}
    try:
        given = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        raise SettingsError(f"NOABER_DOCUMENTS_FILE: {path} is no JSON that can be read.") from None
    right = isinstance(given, dict) and all(
        isinstance(text, str) and _digest(text) == digest for digest, text in given.items()
    )
    if not right:
        raise SettingsError(f"NOABER_DOCUMENTS_FILE: {path} holds what is not under its SHA-256.")
    return dict(given)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
