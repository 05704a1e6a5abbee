"""Comments: counted under the post, one level of replies, erased without a word left."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.comment
import resolvers.post
import resolvers.reaction
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

NEIGHBOURHOOD, NEARBY, ONLY = models.Audience
THREAD = """
query ($id: ID!) {
  post(id: $id) {
    commentCount
    comments(first: 5) {
      nodes { body deletedAt replyCount author { displayName } replies { nodes { body } } }
    }
  }
}
"""


async def write(act: Act, world: World, persona: str = "neighbour", **more: Any) -> models.Comment:
    given = {"post_id": world.posts[NEIGHBOURHOOD], "body": "Ik kom.", **more}
    comment: models.Comment = await act(persona, resolvers.comment.add_comment, **given)
    return comment


async def counts(world: World, comment_id: UUID) -> tuple[int, int]:
    """Comments under the post, replies to the comment."""
    post = await models.Post.get(id=world.posts[NEIGHBOURHOOD])
    return post.comment_count, (await models.Comment.get(id=comment_id)).reply_count


async def test_a_comment_and_a_reply_are_counted(act: Act, world: World) -> None:
    comment = await write(act, world)
    assert await counts(world, comment.id) == (2, 0)
    reply = await write(act, world, "resident", parent_id=comment.id)
    assert await counts(world, comment.id) == (3, 1)
    assert reply.audience is NEIGHBOURHOOD
    assert await ledger.told(world.home) == ["COMMENT_ADDED", "COMMENT_ADDED"]


async def test_an_erased_reply_is_counted_no_more(act: Act, world: World) -> None:
    comment = await write(act, world)
    reply = await write(act, world, "resident", parent_id=comment.id)
    await act("resident", resolvers.comment.delete_comment, comment_id=reply.id)
    assert await counts(world, comment.id) == (2, 0)
    async with refused(RefusalCode.NOT_FOUND):
        await act("resident", resolvers.comment.delete_comment, comment_id=reply.id)


async def test_a_reply_to_a_reply_is_refused(act: Act, world: World) -> None:
    comment = await write(act, world)
    reply = await write(act, world, parent_id=comment.id)
    async with refused(RefusalCode.INVALID, "parent_id"):
        await write(act, world, parent_id=reply.id)


async def test_a_reply_stands_under_the_post_of_its_comment(act: Act, world: World) -> None:
    async with refused(RefusalCode.NOT_FOUND):
        await write(act, world, parent_id=world.comments[ONLY])


async def test_nobody_replies_to_what_is_erased(act: Act, world: World) -> None:
    comment = await write(act, world)
    await act("neighbour", resolvers.comment.delete_comment, comment_id=comment.id)
    async with refused(RefusalCode.NOT_FOUND):
        await write(act, world, parent_id=comment.id)


@pytest.mark.parametrize(
    ("persona", "audience", "code"),
    [
        ("nearby", NEARBY, RefusalCode.FORBIDDEN),
        ("nearby", NEIGHBOURHOOD, RefusalCode.NOT_FOUND),
        ("worker", ONLY, RefusalCode.NOT_FOUND),
        ("stranger", NEARBY, RefusalCode.NOT_FOUND),
    ],
)
async def test_only_members_who_may_read_a_post_write_under_it(
    act: Act, world: World, persona: str, audience: models.Audience, code: RefusalCode
) -> None:
    async with refused(code):
        await write(act, world, persona, post_id=world.posts[audience])


@pytest.mark.parametrize(
    ("body", "code"), [("  ", RefusalCode.INVALID), ("x" * 4_001, RefusalCode.TOO_LONG)]
)
async def test_words_that_may_not_be_change_nothing(
    act: Act, world: World, body: str, code: RefusalCode
) -> None:
    async with refused(code, "body"):
        await write(act, world, body=body)
    comment = await write(act, world)
    async with refused(code, "body"):
        await act("neighbour", resolvers.comment.edit_comment, comment_id=comment.id, body=body)


async def test_an_edit_changes_the_words_and_shows_that_it_did(act: Act, world: World) -> None:
    comment = await write(act, world)
    await act("neighbour", resolvers.comment.edit_comment, comment_id=comment.id, body=" Toch. ")
    edited = await models.Comment.get(id=comment.id)
    assert edited.body == "Toch."
    assert edited.edited_at is not None
    assert await ledger.told(world.home) == ["COMMENT_ADDED", "COMMENT_EDITED"]


@pytest.mark.parametrize(
    ("persona", "code"),
    [
        ("resident", RefusalCode.FORBIDDEN),
        ("moderator", RefusalCode.FORBIDDEN),
        ("worker", RefusalCode.FORBIDDEN),
        ("stranger", RefusalCode.NOT_FOUND),
    ],
)
async def test_only_its_author_changes_a_comment(
    act: Act, world: World, persona: str, code: RefusalCode
) -> None:
    comment = await write(act, world)
    async with refused(code):
        await act(persona, resolvers.comment.delete_comment, comment_id=comment.id)
    async with refused(code):
        await act(persona, resolvers.comment.edit_comment, comment_id=comment.id, body="x")


async def test_an_erased_comment_leaves_a_place_and_no_word(
    ask: Ask, act: Act, world: World
) -> None:
    comment = await write(act, world, body="geheim")
    await act("neighbour", resolvers.comment.edit_comment, comment_id=comment.id, body="geheimer")
    await write(act, world, "resident", parent_id=comment.id, body="Dank.")
    kind = models.ReactionKind.CARE
    await act("resident", resolvers.reaction.react, subject_id=comment.id, kind=kind)
    await act("neighbour", resolvers.comment.delete_comment, comment_id=comment.id)
    assert await ledger.holding("geheim") == []
    assert await models.Reaction.filter(comment_id=comment.id).count() == 0
    answer = await ask("moderator", THREAD, id=world.posts[NEIGHBOURHOOD])
    assert answer.data is not None
    assert answer.data["post"]["commentCount"] == 2
    place = answer.data["post"]["comments"]["nodes"][1]
    assert place.pop("deletedAt") is not None
    assert place == {
        "body": None,
        "replyCount": 1,
        "author": None,
        "replies": {"nodes": [{"body": "Dank."}]},
    }
    assert await ledger.drift() == []


async def test_comments_under_a_nearby_post_count_for_the_name_of_their_author(
    act: Act, world: World
) -> None:
    neighbour = models.Membership.filter(id=world.people["neighbour"].membership_id)
    comment = await write(act, world, post_id=world.posts[NEARBY])
    assert (await neighbour.get()).nearby_count == 1
    await act("neighbour", resolvers.comment.delete_comment, comment_id=comment.id)
    assert (await neighbour.get()).nearby_count == 0


async def test_comments_written_at_once_are_all_counted(act: Act, world: World) -> None:
    comment_id = world.comments[NEIGHBOURHOOD]
    people = ("resident", "neighbour", "moderator", "worker") * 3
    await asyncio.gather(*(write(act, world, name, parent_id=comment_id) for name in people))
    assert await counts(world, comment_id) == (13, 12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("reply", "erase"),
        ("react", "erase"),
        ("remove", "erase"),
        ("readdress", "erase"),
        ("reply", "remove"),
        ("react", "remove"),
        ("react", "readdress"),
    ],
)
async def test_what_is_done_at_once_to_a_comment_and_its_post_never_collides(
    act: Act, world: World, one: str, other: str
) -> None:
    for _ in range(5):
        given = {"kind": models.PostKind.MESSAGE, "body": "Een bericht", "audience": NEARBY}
        home = {"neighbourhood_id": world.home}
        post = await act("resident", resolvers.post.create_post, **home, **given)
        comment = await write(act, world, post_id=post.id)
        deeds = (do(act, name, post.id, comment.id) for name in (one, other))
        outcomes = await asyncio.gather(*deeds, return_exceptions=True)
        failed = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        assert [getattr(error, "code", error) for error in failed] in ([], [RefusalCode.NOT_FOUND])
    assert await ledger.drift() == []


async def do(act: Act, name: str, post_id: UUID, comment_id: UUID) -> None:
    """One of the things that somebody may do to a comment or to the post above it."""
    kind = models.ReactionKind.LIKE
    post, comment = resolvers.post, resolvers.comment
    if name == "reply":
        under = {"post_id": post_id, "parent_id": comment_id}
        await act("moderator", comment.add_comment, **under, body="En ik.")
    elif name == "react":
        await act("moderator", resolvers.reaction.react, subject_id=comment_id, kind=kind)
    elif name == "erase":
        await act("neighbour", comment.delete_comment, comment_id=comment_id)
    elif name == "remove":
        await act("resident", post.delete_post, post_id=post_id)
    else:
        await act("resident", post.edit_post, post_id=post_id, audience=ONLY)
