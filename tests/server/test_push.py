"""Web push: decrypted by the browser's keys, signed in our name, gone when the browser is."""

import base64
from typing import Any

import http_ece
import orjson
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

import models
import resolvers.comment
from realtime.hub import Hub
from server.push_key import public_key
from server.settings import Settings
from tests.inside import Ask
from tests.notifying import done, notifying
from tests.resolvers.conftest import act
from tests.server.receiver import listening
from tests.world import World

__all__ = ["act"]
REGISTER = """
mutation ($endpoint: String!, $p256dh: String!, $auth: String!) {
  registerPushDevice(input: {endpoint: $endpoint, p256dh: $p256dh, auth: $auth}) {
    device { id client } errors { code field }
  }
}
"""
SECRET = b"sixteen bytes..."


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.fixture
def browser() -> ec.EllipticCurvePrivateKey:
    """The key that a browser made for its subscription."""
    return ec.generate_private_key(ec.SECP256R1())


async def register(ask: Ask, browser: Any, endpoint: str, persona: str = "resident") -> Any:
    point = browser.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    given = {"endpoint": endpoint, "p256dh": base64url(point), "auth": base64url(SECRET)}
    answer = await ask(persona, REGISTER, **given)
    assert answer.data is not None, answer.errors
    return answer.data["registerPushDevice"]


async def comment(act: Any, world: World) -> None:
    post_id = world.posts[models.Audience.NEIGHBOURHOOD]
    await act("neighbour", resolvers.comment.add_comment, post_id=post_id, body="Geheim woord.")


async def test_a_browser_is_told_why_and_which_and_no_words(
    act: Any, ask: Ask, browser: Any, world: World, hub: Hub, settings: Settings
) -> None:
    async with listening() as receiver, notifying(settings, hub):
        made = await register(ask, browser, receiver.url)
        assert made["errors"] == []
        await comment(act, world)
        await done()
    [push] = receiver.received
    told = http_ece.decrypt(push.body, private_key=browser, auth_secret=SECRET, version="aes128gcm")
    note = await models.Notification.get(resident_id=world.people["resident"].resident_id)
    assert orjson.loads(told) == {"id": str(note.id), "reason": "COMMENT"}
    kind, _, credentials = push.headers["authorization"].partition(" ")
    assert kind == "vapid"
    assert f"k={public_key(bytes.fromhex(settings.secret))}" in credentials
    assert Vapid02.verify(push.headers["authorization"])
    assert push.headers["content-encoding"] == "aes128gcm"


async def test_a_browser_that_is_gone_is_forgotten(
    act: Any, ask: Ask, browser: Any, world: World, hub: Hub, settings: Settings
) -> None:
    async with listening() as receiver, notifying(settings, hub):
        receiver.statuses.append(410)
        await register(ask, browser, receiver.url)
        await comment(act, world)
        await done()
    assert len(receiver.received) == 1
    assert await models.PushDevice.all().count() == 0


async def test_a_browser_tells_its_owner_only_whoever_had_it_before(
    ask: Ask, browser: Any, world: World
) -> None:
    address = "http://127.0.0.1:9/push"
    await register(ask, browser, address, "resident")
    await register(ask, browser, address, "neighbour")
    [device] = await models.PushDevice.all()
    assert device.resident_id == world.people["neighbour"].resident_id


async def test_wrong_keys_and_addresses_are_refused_and_nothing_is_kept(
    ask: Ask, world: World
) -> None:
    given = {
        "endpoint": "http://127.0.0.1:9/",
        "p256dh": base64url(bytes(65)),
        "auth": base64url(SECRET),
    }
    for name, wrong in (
        ("p256dh", "AAAA"),
        ("p256dh", "é"),
        ("auth", ""),
        ("endpoint", "http://10.0.0.1/"),
        ("endpoint", "x" * 1001),
    ):
        answer = await ask("resident", REGISTER, **{**given, name: wrong})
        assert answer.data is not None
        [error] = answer.data["registerPushDevice"]["errors"]
        assert error["field"] == name
    assert await models.PushDevice.all().count() == 0
