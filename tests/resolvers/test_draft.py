"""Drafts are read by their author alone and published like any post; pins are few."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import models
import resolvers.draft
import resolvers.pin
import resolvers.post
from resolvers.refusal import RefusalCode
from server import worker
from tests.inside import Ask
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import asked
from tests.world import World

DRAFTS = "query { viewer { drafts { nodes { body title } } } }"
PINNED = "query ($id: ID!) { neighbourhood(id: $id) { pinned { body pinnedAt } } }"
Kind = models.PostKind


async def save(act: Act, world: World, body: str = "Nog niet af", **more: Any) -> models.Draft:
    given = {"neighbourhood_id": world.home, "kind": Kind.MESSAGE, "body": body, **more}
    made: models.Draft = await act("resident", resolvers.draft.save_draft, **given)
    return made


async def publish(act: Act, world: World, body: str, persona: str = "resident") -> models.Post:
    given = {"neighbourhood_id": world.home, "kind": Kind.MESSAGE, "body": body}
    made: models.Post = await act(persona, resolvers.post.create_post, **given)
    return made


async def test_a_draft_is_read_by_its_author_alone_and_becomes_a_post(
    act: Act, ask: Ask, world: World
) -> None:
    draft = await save(act, world)
    more = {"body": "Nu wel af.", "title": "Klaar"}
    await act("resident", resolvers.draft.edit_draft, draft_id=draft.id, **more)
    for persona in ("neighbour", "moderator"):
        assert (await asked(ask, persona, DRAFTS))["viewer"]["drafts"]["nodes"] == []
        async with refused(RefusalCode.NOT_FOUND):
            await act(persona, resolvers.draft.publish_draft, draft_id=draft.id)
    post = await act("resident", resolvers.draft.publish_draft, draft_id=draft.id)
    assert (post.title, post.body) == ("Klaar", "Nu wel af.")
    assert (await asked(ask, "resident", DRAFTS))["viewer"]["drafts"]["nodes"] == []
    async with refused(RefusalCode.NOT_FOUND):
        await act("resident", resolvers.draft.publish_draft, draft_id=draft.id)


@pytest.mark.parametrize(
    ("kind", "body", "code", "field"),
    [
        (Kind.MESSAGE, "", RefusalCode.INVALID, "body"),
        (Kind.ANNOUNCEMENT, "Woord.", RefusalCode.FORBIDDEN, None),
    ],
)
async def test_what_could_not_be_posted_cannot_be_published_and_stays(
    act: Act, world: World, kind: models.PostKind, body: str, code: RefusalCode, field: str | None
) -> None:
    draft = await save(act, world, body, kind=kind)
    async with refused(code, field):
        await act("resident", resolvers.draft.publish_draft, draft_id=draft.id)


async def test_twenty_drafts_are_enough_and_old_ones_are_forgotten(act: Act, world: World) -> None:
    for _ in range(20):
        await save(act, world)
    async with refused(RefusalCode.CONFLICT):
        await save(act, world)
    now = datetime.now(UTC)
    assert (await worker.forget(now + timedelta(days=89)))["drafts"] == 0
    assert (await worker.forget(now + timedelta(days=91)))["drafts"] == 20


async def test_three_posts_are_kept_on_top_until_they_are_let_go_or_removed(
    act: Act, ask: Ask, world: World
) -> None:
    pin = resolvers.pin.pin_post
    posts = [await publish(act, world, f"Bericht {number}.") for number in range(4)]
    for post in posts[:3]:
        await act("moderator", pin, post_id=post.id)
    async with refused(RefusalCode.CONFLICT):
        await act("worker", pin, post_id=posts[3].id)
    async with refused(RefusalCode.FORBIDDEN):
        await act("resident", pin, post_id=posts[0].id)
    await act("resident", resolvers.post.delete_post, post_id=posts[0].id)
    await act("worker", pin, post_id=posts[3].id)
    await act("moderator", resolvers.pin.unpin_post, post_id=posts[1].id)
    found = (await asked(ask, "neighbour", PINNED, id=world.home))["neighbourhood"]["pinned"]
    assert [each["body"] for each in found] == ["Bericht 3.", "Bericht 2."]
    assert (await asked(ask, "stranger", PINNED, id=world.home))["neighbourhood"]["pinned"] == []
