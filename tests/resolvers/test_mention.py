"""Mentions: told once, to those who may read them, and only for as long as they may."""

from typing import Any
from uuid import uuid4

import models
import resolvers.comment
import resolvers.post
from realtime.hub import Hub
from resolvers.refusal import RefusalCode
from server.settings import Settings
from tests import notifying
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import asked, block, ids
from tests.world import World

HOME = models.Audience.NEIGHBOURHOOD
NAMED = """
query ($id: ID!) {
  post(id: $id) {
    mentions { displayName } comments { nodes { mentions { displayName } } }
  }
}
"""


async def write(act: Act, world: World, *others: str, **more: Any) -> models.Post:
    given = {
        "neighbourhood_id": world.home,
        "kind": models.PostKind.MESSAGE,
        "body": "Kom je ook?",
        "mention_ids": ids(world, *others),
        **more,
    }
    made: models.Post = await act("resident", resolvers.post.create_post, **given)
    return made


async def answer(act: Act, world: World, *others: str) -> models.Comment:
    given = {"post_id": world.posts[HOME], "body": "Ja!", "mention_ids": ids(world, *others)}
    made: models.Comment = await act("neighbour", resolvers.comment.add_comment, **given)
    return made


async def test_whoever_is_mentioned_is_told_that_and_nothing_else(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    async with notifying.notifying(settings, hub) as sink:
        await write(act, world, "moderator")
        await answer(act, world, "resident")
        await notifying.done()
    assert await notifying.told(world, "moderator") == [("MENTION", "MENTIONED")]
    assert await notifying.told(world, "resident") == [("MENTION", "MENTIONED")]
    letters = {each["To"]: notifying.text(each) for each in sink.letters}
    assert "Resident mentioned you\nKom je ook?" in letters["moderator@noaber.example"]
    assert "Neighbour mentioned you" in letters["resident@noaber.example"]
    assert "Ja!" in letters["resident@noaber.example"]


async def test_who_is_mentioned_is_read_with_the_words(act: Act, ask: Ask, world: World) -> None:
    post = await write(act, world, "moderator", "neighbour")
    found = (await asked(ask, "neighbour", NAMED, id=str(post.id)))["post"]
    assert {each["displayName"] for each in found["mentions"]} == {"Moderator", "Neighbour"}
    await block(act, world, "neighbour", "moderator")
    found = (await asked(ask, "neighbour", NAMED, id=str(post.id)))["post"]
    assert [each["displayName"] for each in found["mentions"]] == ["Neighbour"]
    await answer(act, world, "resident")
    thread = await asked(ask, "neighbour", NAMED, id=str(world.posts[HOME]))
    assert {"mentions": [{"displayName": "Resident"}]} in thread["post"]["comments"]["nodes"]


async def test_an_edit_tells_only_who_was_not_mentioned_before(act: Act, world: World) -> None:
    post = await write(act, world, "moderator")
    given = {"post_id": post.id, "mention_ids": ids(world, "moderator", "neighbour")}
    await act("resident", resolvers.post.edit_post, **given)
    for persona in ("moderator", "neighbour"):
        resident_id = world.people[persona].resident_id
        assert resident_id is not None
        assert await ledger.told(resident_id) == ["MENTIONED"]
    await act("resident", resolvers.post.edit_post, post_id=post.id, mention_ids=[])
    assert await models.Mention.all().count() == 0


async def test_nobody_is_mentioned_who_may_not_read_it(act: Act, world: World) -> None:
    for stranger in (ids(world, "stranger"), ids(world, "former"), ids(world, "nearby"), [uuid4()]):
        async with refused(RefusalCode.NOT_FOUND):
            await write(act, world, mention_ids=stranger)
    only = models.Audience.NEIGHBOURS_ONLY
    async with refused(RefusalCode.INVALID, "mention_ids"):
        await write(act, world, "worker", audience=only)
    async with refused(RefusalCode.INVALID, "mention_ids"):
        await write(act, world, mention_ids=[uuid4() for _ in range(21)])
    await block(act, world, "moderator", "resident")
    async with refused(RefusalCode.NOT_FOUND):
        await write(act, world, "moderator")


async def test_what_was_erased_mentions_nobody(
    act: Act, world: World, hub: Hub, settings: Settings
) -> None:
    comment = await answer(act, world, "resident")
    await act("neighbour", resolvers.comment.delete_comment, comment_id=comment.id)
    async with notifying.notifying(settings, hub) as sink:
        await notifying.done()
    assert not sink.letters
    assert await models.Mention.all().count() == 0
