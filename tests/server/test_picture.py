"""Pictures: uploaded, made ready without their secrets, shown by the rule of the post, and gone."""

import asyncio
import io
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import httpx
import pytest
from PIL import Image

import models
from realtime.hub import Hub
from resolvers import picture, picture_end
from server.picture import darkroom
from server.picture.album import Album
from server.settings import Settings
from tests.client import Client
from tests.journeys.test_talk import events
from tests.notifying import done, notifying
from tests.running import As
from tests.server import bucket, photo
from tests.world import World

Size = models.PictureSize
URL = "query ($id: ID!) { post(id: $id) { pictures { alt width height state url(size: SMALL) } } }"
OWN = "subscription { residentEvents { ... on PictureChanged { picture { id state } } } }"


async def upload(client: Client, world: World, content: bytes, alt: str = "Een hond.") -> Any:
    """Announce a picture, put its file, finish; gives the payload of the last."""
    fields = "upload { url picture { id state } }"
    payload = await client.do("startUpload", fields, neighbourhoodId=world.home, alt=alt)
    assert payload["errors"] == [], payload
    assert await put(payload["upload"]["url"], content) == 204
    picture_id = payload["upload"]["picture"]["id"]
    return await client.do("finishUpload", "picture { id state }", pictureId=picture_id)


async def put(url: str, content: bytes) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.put(url, content=content)).status_code


async def get(url: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(url)


async def publish(client: Client, world: World, *ids: str, **more: Any) -> str:
    given = {"neighbourhoodId": world.home, "kind": "MESSAGE", "body": "Kijk!", **more}
    payload = await client.do("createPost", "post { id }", pictureIds=list(ids), **given)
    assert payload["errors"] == [], payload
    post_id: str = payload["post"]["id"]
    return post_id


async def shown(client: Client, post_id: str) -> list[dict[str, Any]]:
    post = (await client.ask(URL, id=post_id))["post"]
    found: list[dict[str, Any]] = post["pictures"] if post else []
    return found


async def ready(client: Client, world: World, hub: Hub, settings: Settings) -> str:
    async with notifying(settings, hub):
        payload = await upload(client, world, photo.photo())
        await done()
    picture_id: str = payload["picture"]["id"]
    return picture_id


async def test_a_picture_loses_its_secrets_and_is_shown_by_the_rule_of_its_post(
    as_: As, world: World, hub: Hub, settings: Settings
) -> None:
    me, you, nearby = as_("resident"), as_("neighbour"), as_("nearby")
    async with me.follow(OWN) as own:
        picture_id = await ready(me, world, hub, settings)
        [told] = await events(own, 1)
        assert told["picture"] == {"id": picture_id, "state": "READY"}
    post_id = await publish(me, world, picture_id)
    [mine], [yours] = await shown(me, post_id), await shown(you, post_id)
    assert (yours["alt"], yours["width"], yours["height"]) == ("Een hond.", 1920, 960)
    response = await get(yours["url"])
    assert response.headers["content-type"] == "image/webp"
    assert response.headers["cache-control"] == "private, max-age=600"
    found = photo.read(response.content)
    assert (found.format, found.size) == ("WEBP", (320, 160))
    assert not found.getexif()
    assert photo.MARK.encode() not in response.content
    assert photo.colours(found, (20, 80), (300, 80)) == ["red", "blue"]
    assert await shown(nearby, post_id) == []
    [id] = [world.people["neighbour"].membership_id]
    await me.do("blockMember", "block { id }", membershipId=id)
    assert (await get(yours["url"])).status_code == 404
    assert (await get(mine["url"])).status_code == 200
    await me.do("deletePost", "deletedId", postId=post_id)
    assert (await get(mine["url"])).status_code == 404
    async with notifying(settings, hub):
        await done()
    album = Album.of(settings)
    assert album is not None
    assert [await album.read(UUID(picture_id), size) for size in Size] == [None] * 3


async def test_an_address_opens_nothing_else_and_not_for_ever(
    as_: As, world: World, hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = as_("resident")
    [mine] = await shown(me, await publish(me, world, await ready(me, world, hub, settings)))
    address = mine["url"]
    site, sealed = address.rsplit("/", 1)
    other = "B" if sealed[30] == "A" else "A"
    for letters in (sealed[:30] + other + sealed[31:], sealed + "A", sealed[:20], "x", "é"):
        wrong = f"{site}/{letters}"
        assert (await get(wrong)).status_code == 404
    album = Album.of(settings)
    assert album is not None
    assert album.ticket_of(sealed) is not None

    later = datetime.now(UTC) + timedelta(hours=2, seconds=1)
    clock = SimpleNamespace(now=lambda _zone: later)
    monkeypatch.setattr("server.picture.album.datetime", clock)
    assert album.ticket_of(sealed) is None


async def test_what_is_no_picture_is_refused(
    as_: As, world: World, hub: Hub, settings: Settings
) -> None:
    me = as_("resident")
    files = [b"<svg onload=alert(1)>", b"", photo.photo()[:2000], photo.bomb()]
    async with notifying(settings, hub):
        ids = [(await upload(me, world, each))["picture"]["id"] for each in files]
        await done()
    states = [row.state.value for row in await models.Picture.filter(id__in=ids)]
    assert states == ["REFUSED"] * len(files)
    given = {"neighbourhoodId": world.home, "kind": "MESSAGE", "body": "Kijk!"}
    payload = await me.do("createPost", "post { id }", pictureIds=ids[:1], **given)
    assert [error["code"] for error in payload["errors"]] == ["NOT_FOUND"]


async def test_a_file_that_is_too_long_is_not_taken(as_: As, world: World) -> None:
    me = as_("resident")
    given = {"neighbourhoodId": world.home, "alt": "Groot."}
    payload = await me.do("startUpload", "upload { url picture { id } }", **given)
    url, picture_id = payload["upload"]["url"], payload["upload"]["picture"]["id"]
    assert await put(url, bytes(picture.MOST_BYTES + 1)) == 413
    payload = await me.do("finishUpload", "picture { id }", pictureId=picture_id)
    assert [error["code"] for error in payload["errors"]] == ["CONFLICT"]
    assert await put(url.replace("/upload/", "/upload/A"), b"x") == 404
    payload = await as_("neighbour").do("finishUpload", "picture { id }", pictureId=picture_id)
    assert [error["code"] for error in payload["errors"]] == ["NOT_FOUND"]


async def test_pictures_have_an_order_and_leave_with_an_edit(
    as_: As, world: World, hub: Hub, settings: Settings
) -> None:
    me = as_("resident")
    ids = [await ready(me, world, hub, settings) for _ in range(3)]
    for number, id in enumerate(ids):
        given = {"pictureId": id, "alt": f"Nummer {number}"}
        assert (await me.do("describePicture", "picture { alt }", **given))["errors"] == []
    post_id = await publish(me, world, ids[2], ids[0])
    assert [each["alt"] for each in await shown(me, post_id)] == ["Nummer 2", "Nummer 0"]
    await me.do("editPost", "post { id }", postId=post_id, pictureIds=[ids[0], ids[1]])
    assert [each["alt"] for each in await shown(me, post_id)] == ["Nummer 0", "Nummer 1"]
    assert {str(row.id) for row in await models.Picture.all()} == {ids[0], ids[1]}
    other = await as_("neighbour").do(
        "createPost",
        "post { id }",
        neighbourhoodId=world.home,
        kind="MESSAGE",
        body="Van mij!",
        pictureIds=[ids[0]],
    )
    assert [error["code"] for error in other["errors"]] == ["NOT_FOUND"]
    assert (await me.do("deletePicture", "deletedId", pictureId=ids[1]))["errors"] == []
    assert [each["alt"] for each in await shown(me, post_id)] == ["Nummer 0"]


async def test_what_was_uploaded_for_no_post_is_thrown_away(
    as_: As, world: World, hub: Hub, settings: Settings
) -> None:
    await ready(as_("resident"), world, hub, settings)
    now = datetime.now(UTC)
    assert await picture_end.discard_abandoned(now + timedelta(hours=23)) == 0
    assert await picture_end.discard_abandoned(now + timedelta(hours=25)) == 1
    assert await models.Picture.all().count() == 0


async def uploaded(world: World, settings: Settings) -> tuple[Album, UUID]:
    album, member = Album.of(settings), world.people["resident"].membership_id
    assert album is not None
    row = await models.Picture.create(
        neighbourhood_id=world.home,
        author_id=member,
        alt="Een hond.",
        state=models.PictureState.UPLOADED,
    )
    await album.keep_original(row.id, photo.photo())
    return album, row.id


async def test_two_workers_at_once_make_it_ready_once(
    world: World, hub: Hub, settings: Settings
) -> None:
    album, id = await uploaded(world, settings)
    await asyncio.gather(*(darkroom.develop(hub, album, id) for _ in range(2)))
    await album.keep_original(id, photo.photo())  # as if a worker had died before it was gone
    await darkroom.develop(hub, album, id)
    assert await album.original(id) is None
    assert (await models.Picture.get(id=id)).state is models.PictureState.READY
    assert None not in [await album.read(id, size) for size in Size]
    assert await models.Event.filter(kind=models.EventKind.PICTURE_CHANGED).count() == 1


async def test_what_is_removed_while_it_is_made_ready_leaves_no_file(
    world: World, hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    album, id = await uploaded(world, settings)

    async def removed(_id: UUID) -> bool:
        await models.Picture.filter(id=id).delete()
        return True

    monkeypatch.setattr("resolvers.picture_ready.is_waiting", removed)
    await darkroom.develop(hub, album, id)
    assert [await album.read(id, size) for size in Size] == [None] * 3


def test_a_picture_is_turned_as_the_camera_was_held() -> None:
    file, measures = darkroom.sizes(photo.turned())[Size.LARGE]
    assert measures == (200, 400)
    assert photo.colours(photo.read(file), (100, 50), (100, 350)) == ["red", "blue"]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_formats_lose_what_they_tell_too(kind: str) -> None:
    file, _ = darkroom.sizes(photo.photo(kind=kind))[Size.LARGE]
    assert photo.MARK.encode() not in file
    assert not photo.read(file).getexif()


def test_what_is_transparent_stays_so() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")
    content, _ = darkroom.sizes(file.getvalue())[Size.SMALL]
    assert photo.read(content).mode == "RGBA"


async def test_a_bucket_takes_the_file_itself(
    world: World, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bucket.running() as kept:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{kept.port}")
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_REGION", "eu-west-1")
        album = Album("s3://noaber/pictures", bytes(32), "https://noaber.example")
        member = world.people["resident"].membership_id
        row = await models.Picture.create(
            neighbourhood_id=world.home, author_id=member, alt="Een hond."
        )
        url = await album.upload_address(row.id)
        assert "X-Amz-Expires=900" in unquote(url)
        assert await album.uploaded(row.id) is None
        assert await put(url, photo.photo()) == 200
        assert await album.uploaded(row.id) == len(photo.photo())
        await models.Picture.filter(id=row.id).update(state=models.PictureState.UPLOADED)
        await darkroom.develop(hub, album, row.id)
        assert {path.rsplit("/", 1)[1] for path in kept.objects} == {
            "small.webp",
            "medium.webp",
            "large.webp",
        }
        assert (await models.Picture.get(id=row.id)).state is models.PictureState.READY
        await album.discard(row.id)
        assert kept.objects == {}
    assert set(kept.signed) == {"address", "AWS4-HMAC-SHA256"}
