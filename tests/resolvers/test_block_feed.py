"""Blocks in the feed: what the two wrote, what stands under it, its counts, and what is told."""

from typing import Any
from uuid import UUID

import models
import resolvers.comment
import resolvers.feed_event
import resolvers.post
import resolvers.reaction
from auth.visibility import sees
from realtime.hub import Hub
from resolvers.context import Context
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import talking
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.talking import block, ids, unblock
from tests.world import World

POST = """
query ($id: ID!) {
  post(id: $id) {
    commentCount reactions { count }
    comments { nodes { body replyCount replies { nodes { body } } } }
  }
}
"""
FEED = "query ($id: ID!, $by: ID) { neighbourhood(id: $id) { feed(authorId: $by)"
FEED += " { nodes { body } } members { nodes { displayName } } } }"
NEIGHBOURHOOD = models.Audience.NEIGHBOURHOOD


async def publish(act: Act, world: World, persona: str, body: str) -> models.Post:
    given = {"neighbourhood_id": world.home, "kind": models.PostKind.MESSAGE, "body": body}
    post: models.Post = await act(persona, resolvers.post.create_post, **given)
    return post


async def comment(
    act: Act, post: models.Post, persona: str, body: str, parent: models.Comment | None = None
) -> models.Comment:
    given: dict[str, Any] = {"post_id": post.id, "body": body}
    if parent is not None:
        given["parent_id"] = parent.id
    written: models.Comment = await act(persona, resolvers.comment.add_comment, **given)
    return written


async def shown(ask: Ask, persona: str, post: models.Post) -> Any:
    """The post as a persona reads it: the count, and each comment with the count of its replies."""
    found = (await talking.asked(ask, persona, POST, id=post.id))["post"]
    return found and (
        found["commentCount"],
        [
            (
                each["body"],
                each["replyCount"],
                [reply["body"] for reply in each["replies"]["nodes"]],
            )
            for each in found["comments"]["nodes"]
        ],
    )


async def thread(act: Act, world: World) -> models.Post:
    """The moderator's post; resident, neighbour and moderator write and answer each other."""
    post = await publish(act, world, "moderator", "Wie doet mee?")
    by_resident = await comment(act, post, "resident", "r")
    by_neighbour = await comment(act, post, "neighbour", "n")
    await comment(act, post, "neighbour", "rn", by_resident)
    await comment(act, post, "moderator", "rm", by_resident)
    await comment(act, post, "resident", "nr", by_neighbour)
    await comment(act, post, "moderator", "nm", by_neighbour)
    return post


WHOLE = (6, [("r", 2, ["rn", "rm"]), ("n", 2, ["nr", "nm"])])


async def test_a_post_of_the_other_is_gone_with_all_under_it(
    act: Act, ask: Ask, world: World
) -> None:
    post = await publish(act, world, "neighbour", "van neighbour")
    await comment(act, post, "moderator", "van een derde")
    await block(act, world, "resident", "neighbour")
    assert await shown(ask, "resident", post) is None
    assert await shown(ask, "moderator", post) == (1, [("van een derde", 0, [])])
    feed = (await talking.asked(ask, "resident", FEED, id=world.home))["neighbourhood"]
    assert "van neighbour" not in str(feed["feed"])
    [id] = ids(world, "neighbour")
    own = (await talking.asked(ask, "resident", FEED, id=world.home, by=id))["neighbourhood"]
    assert own["feed"]["nodes"] == []


async def test_the_members_that_each_sees_are_without_the_other(
    act: Act, ask: Ask, world: World
) -> None:
    await block(act, world, "resident", "neighbour")
    names = {}
    for persona in ("resident", "neighbour", "moderator"):
        found = (await talking.asked(ask, persona, FEED, id=world.home))["neighbourhood"]
        names[persona] = {each["displayName"] for each in found["members"]["nodes"]}
    assert names["moderator"] - names["resident"] == {"Neighbour"}
    assert names["moderator"] - names["neighbour"] == {"Resident"}


async def test_comments_of_the_other_are_gone_with_their_replies_and_not_counted(
    act: Act, ask: Ask, world: World
) -> None:
    post = await thread(act, world)
    assert await shown(ask, "resident", post) == WHOLE
    await block(act, world, "neighbour", "resident")
    assert await shown(ask, "resident", post) == (2, [("r", 1, ["rm"])])
    assert await shown(ask, "neighbour", post) == (2, [("n", 1, ["nm"])])
    for persona in ("moderator", "worker"):
        assert await shown(ask, persona, post) == WHOLE
    await unblock(act, world, "neighbour", "resident")
    for persona in ("resident", "neighbour"):
        assert await shown(ask, persona, post) == WHOLE


async def test_erased_comments_of_the_other_are_not_left_out_twice(
    act: Act, ask: Ask, world: World
) -> None:
    post = await thread(act, world)
    await block(act, world, "resident", "neighbour")
    [first] = await models.Comment.filter(post_id=post.id, body="n")
    verb = resolvers.comment.delete_comment
    await act("neighbour", verb, comment_id=first.id)
    assert await shown(ask, "moderator", post) == (
        5,
        [("r", 2, ["rn", "rm"]), (None, 2, ["nr", "nm"])],
    )
    assert await shown(ask, "resident", post) == (2, [("r", 1, ["rm"])])


async def test_reactions_are_plain_sums(act: Act, ask: Ask, world: World) -> None:
    post = await thread(act, world)
    for persona in ("neighbour", "resident"):
        kind = models.ReactionKind.THANKS
        await act(persona, resolvers.reaction.react, subject_id=post.id, kind=kind)
    await block(act, world, "resident", "neighbour")
    for persona in ("resident", "moderator"):
        found = await talking.asked(ask, persona, POST, id=post.id)
        assert found["post"]["reactions"] == [{"count": 2}]


async def test_earlier_words_of_the_other_are_hidden_from_a_moderator(
    act: Act, ask: Ask, world: World
) -> None:
    post = await publish(act, world, "neighbour", "eerst")
    await act("neighbour", resolvers.post.edit_post, post_id=post.id, body="dan")
    document = "query ($id: ID!) { post(id: $id) { history { nodes { body } } } }"
    found = (await talking.asked(ask, "moderator", document, id=post.id))["post"]
    assert found == {"history": {"nodes": [{"body": "eerst"}]}}
    await block(act, world, "neighbour", "moderator")
    assert await talking.asked(ask, "moderator", document, id=post.id) == {"post": None}


async def test_nobody_writes_or_reacts_under_what_a_block_hides(act: Act, world: World) -> None:
    post = await thread(act, world)
    hidden = await publish(act, world, "neighbour", "van neighbour")
    under = await comment(act, hidden, "moderator", "van een derde")
    [reply] = await models.Comment.filter(post_id=post.id, body="nm")
    await block(act, world, "resident", "neighbour")
    react, kind = resolvers.reaction.react, models.ReactionKind.LIKE
    for id in (hidden.id, under.id, reply.id):
        async with refused(RefusalCode.NOT_FOUND):
            await act("resident", react, subject_id=id, kind=kind)
    async with refused(RefusalCode.NOT_FOUND):
        await comment(act, hidden, "resident", "?")
    async with refused(RefusalCode.NOT_FOUND):
        await comment(act, post, "resident", "?", reply)


async def told(hub: Hub, world: World, persona: str) -> list[tuple[str, UUID | None]]:
    """What a persona is told of the feed, all of it once more."""
    context = await Context(hub, world.people[persona].token).fresh()
    heard = [event for event in await hub.read(world.home, 0) if sees(context.viewer, event.event)]
    found = [await resolvers.feed_event.look_up(context, event) for event in heard]
    return [(each.kind.value, each.comment_id or each.post_id) for each in found if each]


async def test_what_happens_under_what_a_block_hides_is_not_told(
    act: Act, hub: Hub, world: World
) -> None:
    hidden = await publish(act, world, "neighbour", "van neighbour")
    under = await comment(act, hidden, "moderator", "van een derde")
    gone = await comment(act, hidden, "moderator", "weg")
    post = await thread(act, world)
    await act("moderator", resolvers.comment.delete_comment, comment_id=gone.id)
    for persona, id in (("worker", under.id), ("neighbour", post.id), ("worker", post.id)):
        kind = models.ReactionKind.THANKS
        await act(persona, resolvers.reaction.react, subject_id=id, kind=kind)
    by_body = {row.body: row.id for row in await models.Comment.filter(post_id=post.id)}
    await block(act, world, "resident", "neighbour")
    assert await told(hub, world, "resident") == [
        ("POST_PUBLISHED", post.id),
        ("COMMENT_ADDED", by_body["r"]),
        ("COMMENT_ADDED", by_body["rm"]),
        ("REACTION_CHANGED", post.id),
    ]
    assert len(await told(hub, world, "worker")) == 13


async def test_an_erased_comment_of_a_third_is_told_where_it_was_seen(
    act: Act, hub: Hub, world: World
) -> None:
    post = await publish(act, world, "moderator", "Dag")
    gone = await comment(act, post, "worker", "weg")
    await act("worker", resolvers.comment.delete_comment, comment_id=gone.id)
    await block(act, world, "resident", "neighbour")
    kinds = ["POST_PUBLISHED", "COMMENT_REMOVED"]
    assert [kind for kind, _ in await told(hub, world, "resident")] == kinds
