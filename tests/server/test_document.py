"""Documents by their hash: sent once, known from then on; and those that alone are trusted."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import orjson
import pytest

from schema.code import Code
from server import document, valkey
from server.document import MOST, InProcess, InValkey, Library, library
from server.request import Refused
from server.settings import Settings, SettingsError
from tests.running import As, Server, running
from tests.world import World

ASK = "{ viewer { __typename } }"
OTHER = "{ __typename }"
RESPONSE = "application/graphql-response+json"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def named(text: str) -> dict[str, object]:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest(text)}}


async def refused(library: Library, query: str | None, extensions: dict[str, object]) -> Code:
    with pytest.raises(Refused) as refusal:
        await library.text(query, extensions)
    return refusal.value.code


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[InValkey]:
    """The store that all processes share."""
    connected = valkey.connect(settings)
    yield InValkey(connected, settings.channel_prefix)
    await connected.aclose()


async def test_a_document_is_sent_once(store: InValkey) -> None:
    for each in (InProcess(), store):
        kept = Library({}, each)
        text = f"query {type(each).__name__} {ASK}"
        assert await refused(kept, None, named(text)) is Code.PERSISTED_QUERY_NOT_FOUND
        assert await kept.text(text, named(text)) == text
        assert await kept.text(None, named(text)) == text


async def test_a_wrong_hash_is_kept_nowhere() -> None:
    kept = Library({}, InProcess())
    assert await refused(kept, OTHER, named(ASK)) is Code.PERSISTED_QUERY_MISMATCH
    assert await refused(kept, None, named(ASK)) is Code.PERSISTED_QUERY_NOT_FOUND


async def test_a_store_is_bounded() -> None:
    kept = Library({}, InProcess())
    texts = [f"query Q{n} {ASK}" for n in range(MOST + 1)]
    for text in texts:
        await kept.text(text, named(text))
    assert await refused(kept, None, named(texts[0])) is Code.PERSISTED_QUERY_NOT_FOUND
    assert await kept.text(None, named(texts[1])) == texts[1]
    long = f"query Long {ASK}" + " " * 20_000
    assert await kept.text(long, named(long)) == long
    assert await refused(kept, None, named(long)) is Code.PERSISTED_QUERY_NOT_FOUND


async def test_a_store_for_all_processes_has_a_number_of_places(
    store: InValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "SLOTS", 1)
    kept = Library({}, store)
    for text in (ASK, OTHER):
        assert await kept.text(text, named(text)) == text
    assert await kept.text(None, named(OTHER)) == OTHER
    assert await refused(kept, None, named(ASK)) is Code.PERSISTED_QUERY_NOT_FOUND


async def test_what_the_store_was_made_to_hold_is_not_believed(store: InValkey) -> None:
    await store.keep(digest(ASK), OTHER)
    assert await refused(Library({}, store), None, named(ASK)) is Code.PERSISTED_QUERY_NOT_FOUND


async def test_a_store_that_is_away_is_an_empty_one(settings: Settings) -> None:
    nobody = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    away = Library({}, InValkey(valkey.connect(nobody), "x"))
    assert await away.text(ASK, named(ASK)) == ASK
    assert await refused(away, None, named(ASK)) is Code.PERSISTED_QUERY_NOT_FOUND


@pytest.mark.parametrize("content", ["x", "[]", '{"a": "b"}', '{"a": 1}'])
def test_a_file_of_something_else_is_refused(
    settings: Settings, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "documents.json"
    file.write_text(content, "utf-8")
    with pytest.raises(SettingsError):
        library(settings.model_copy(update={"documents_file": file}), None)


@pytest.fixture(scope="module")
def trusting(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that runs one document, for others than partners."""
    file = tmp_path_factory.mktemp("trusted") / "documents.json"
    file.write_bytes(orjson.dumps({digest(ASK): ASK}))
    own = {"NOABER_DOCUMENTS": "enforce", "NOABER_DOCUMENTS_FILE": str(file)}
    with running(settings, own) as started:
        yield started


async def post(server: Server, token: str | None, **asked: object) -> tuple[int, str]:
    """The status, and the code if there is an error."""
    headers = {"accept": RESPONSE} | ({"authorization": f"Bearer {token}"} if token else {})
    async with httpx.AsyncClient(timeout=10) as client:
        response = await client.post(server.client().http, json=asked, headers=headers)
    errors = response.json().get("errors")
    return response.status_code, errors[0]["extensions"]["code"] if errors else ""


async def test_only_trusted_documents_run(trusting: Server, partners: World, as_: As) -> None:
    mine = as_("resident").token
    partner = as_("token shares:read").token
    for who in (None, mine):
        assert await post(trusting, who, query=ASK) == (200, "")
        assert await post(trusting, who, extensions=named(ASK)) == (200, "")
        assert await post(trusting, who, query=OTHER) == (400, "DOCUMENT_NOT_TRUSTED")
        assert await post(trusting, who, query=ASK + " ") == (400, "DOCUMENT_NOT_TRUSTED")
    assert await post(trusting, partner, query=OTHER) == (200, "")
    assert await post(trusting, "nbp_nonsense", query=OTHER) == (400, "DOCUMENT_NOT_TRUSTED")


async def test_a_socket_knows_them_too(trusting: Server, world: World, as_: As) -> None:
    client = trusting.client(as_("resident").token)
    async with client.follow(OTHER, after="") as following:
        await following.completed()
        [error] = following.messages[-1]["payload"]
        assert error["extensions"] == {"code": "DOCUMENT_NOT_TRUSTED"}
