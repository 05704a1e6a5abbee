"""Posts: what a change changes, what it keeps, and what a refused one leaves as it was."""

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
HISTORY = "query ($id: ID!) { post(id: $id) { history { nodes { title body } } } }"


async def publish(act: Act, world: World, persona: str = "neighbour", **more: Any) -> models.Post:
    given = {"kind": models.PostKind.MESSAGE, "body": "Een ladder?", **more}
    post: models.Post = await act(
        persona, resolvers.post.create_post, neighbourhood_id=world.home, **given
    )
    return post


async def nearby_count(world: World, persona: str = "neighbour") -> int:
    return (await models.Membership.get(id=world.people[persona].membership_id)).nearby_count


async def test_a_post_begins_with_nothing_under_it(act: Act, world: World) -> None:
    made = await publish(act, world, title="  Wie   heeft ", body=" Een ladder?\n")
    post = await models.Post.get(id=made.id)
    assert (post.title, post.body) == ("Wie heeft", "Een ladder?")
    assert post.author_id == world.people["neighbour"].membership_id
    assert (post.comment_count, post.thanks_count, post.solved_at) == (0, 0, None)
    assert await ledger.told(world.home) == ["POST_PUBLISHED"]


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"body": " \n "}, RefusalCode.INVALID, "body"),
        ({"body": "left \u202e right"}, RefusalCode.INVALID, "body"),
        ({"body": "\x00"}, RefusalCode.INVALID, "body"),
        ({"body": "x" * 10_001}, RefusalCode.TOO_LONG, "body"),
        ({"title": "x" * 121}, RefusalCode.TOO_LONG, "title"),
        ({"kind": models.PostKind.ANNOUNCEMENT}, RefusalCode.FORBIDDEN, None),
    ],
)
async def test_a_post_that_may_not_be_leaves_nothing(
    act: Act, world: World, given: dict[str, Any], code: RefusalCode, field: str | None
) -> None:
    async with refused(code, field):
        await publish(act, world, **given)


async def test_a_post_of_the_greatest_length_is_taken(act: Act, world: World) -> None:
    made = await publish(act, world, title="é" * 120, body="🙂" * 10_000)
    post = await models.Post.get(id=made.id)
    assert (post.title, post.body) == ("é" * 120, "🙂" * 10_000)


async def test_one_writes_only_where_one_is_a_member(act: Act, world: World) -> None:
    for persona in ("stranger", "nearby", "worker_elsewhere"):
        async with refused(RefusalCode.NOT_FOUND):
            await publish(act, world, persona)


async def test_a_professional_may_not_write_what_professionals_may_not_read(
    act: Act, world: World
) -> None:
    async with refused(RefusalCode.INVALID, "audience"):
        await publish(act, world, "worker", audience=ONLY)
    post = await publish(act, world, "worker")
    async with refused(RefusalCode.INVALID, "audience"):
        await act("worker", resolvers.post.edit_post, post_id=post.id, body="x", audience=ONLY)


async def test_how_a_post_read_before_is_kept_newest_first(
    ask: Ask, act: Act, world: World
) -> None:
    post = await publish(act, world, title="Eerst")
    for given in ({"body": "Twee ladders?"}, {"title": ""}):
        await act("neighbour", resolvers.post.edit_post, post_id=post.id, **given)
    now = await models.Post.get(id=post.id)
    assert (now.title, now.body) == (None, "Twee ladders?")
    assert now.edited_at is not None
    kept = [
        {"title": "Eerst", "body": "Twee ladders?"},
        {"title": "Eerst", "body": "Een ladder?"},
    ]
    for persona, history in (("neighbour", {"nodes": kept}), ("moderator", {"nodes": kept})):
        answer = await ask(persona, HISTORY, id=post.id)
        assert answer.data == {"post": {"history": history}}
    assert (await ask("resident", HISTORY, id=post.id)).data == {"post": {"history": None}}
    assert await ledger.told(world.home) == ["POST_PUBLISHED", "POST_EDITED", "POST_EDITED"]


async def test_an_edit_that_says_nothing_changes_nothing(act: Act, world: World) -> None:
    post = await publish(act, world)
    await act("neighbour", resolvers.post.edit_post, post_id=post.id, audience=NEIGHBOURHOOD)
    assert (await models.Post.get(id=post.id)).edited_at is None
    assert await models.PostRevision.filter(post_id=post.id).count() == 0
    assert await ledger.told(world.home) == ["POST_PUBLISHED"]


async def test_a_refused_edit_keeps_no_history(act: Act, world: World) -> None:
    post = await publish(act, world)
    async with refused(RefusalCode.TOO_LONG, "body"):
        await act("neighbour", resolvers.post.edit_post, post_id=post.id, body="x" * 10_001)


@pytest.mark.parametrize(
    ("persona", "code"),
    [
        ("neighbour", RefusalCode.FORBIDDEN),
        ("moderator", RefusalCode.FORBIDDEN),
        ("worker", RefusalCode.FORBIDDEN),
        ("nearby", RefusalCode.NOT_FOUND),
        ("stranger", RefusalCode.NOT_FOUND),
    ],
)
@pytest.mark.parametrize(
    ("verb", "given"),
    [
        (resolvers.post.edit_post, {"body": "mine"}),
        (resolvers.post.delete_post, {}),
        (resolvers.post.mark_solved, {"solved": False}),
    ],
)
async def test_only_its_author_changes_a_post(
    act: Act, world: World, persona: str, code: RefusalCode, verb: Any, given: dict[str, Any]
) -> None:
    async with refused(code):
        await act(persona, verb, post_id=world.posts[NEIGHBOURHOOD], **given)


async def test_a_new_audience_holds_for_all_that_is_under_it(act: Act, world: World) -> None:
    post_id = world.posts[NEARBY]
    await act("neighbour", resolvers.comment.add_comment, post_id=post_id, body="Ik!")
    assert (await nearby_count(world, "resident"), await nearby_count(world)) == (2, 1)
    await act("resident", resolvers.post.edit_post, post_id=post_id, audience=ONLY)
    assert (await nearby_count(world, "resident"), await nearby_count(world)) == (0, 0)
    for model in (models.Comment, models.Reaction):
        rows = await model.filter(post_id=post_id)
        assert {row.audience for row in rows} == {ONLY}
    await act("resident", resolvers.post.edit_post, post_id=post_id, audience=NEARBY)
    assert (await nearby_count(world, "resident"), await nearby_count(world)) == (2, 1)
    assert await ledger.drift() == []


async def removed(act: Act, world: World) -> UUID:
    """A post with a secret in every word that can be written on or under it, then removed."""
    post = await publish(act, world, title="geheim titel", body="geheim nu", audience=NEARBY)
    await act("neighbour", resolvers.post.edit_post, post_id=post.id, body="geheim dan")
    under = {"post_id": post.id, "body": "geheim antwoord"}
    comment = await act("resident", resolvers.comment.add_comment, **under)
    await act("neighbour", resolvers.comment.add_comment, **under, parent_id=comment.id)
    for id in (post.id, comment.id):
        react = resolvers.reaction.react
        await act("resident", react, subject_id=id, kind=models.ReactionKind.CARE)
    assert await ledger.holding("geheim") == ["comment", "post", "post_revision"]
    await act("neighbour", resolvers.post.delete_post, post_id=post.id)
    return post.id


async def test_no_word_of_a_removed_post_stays_in_the_database(act: Act, world: World) -> None:
    post_id = await removed(act, world)
    assert await ledger.holding("geheim") == []
    post = await models.Post.get(id=post_id)
    assert (post.title, post.body, post.comment_count, post.care_count) == (None, "", 0, 0)
    assert post.removed_at is not None
    assert await models.Reaction.filter(post_id=post_id).count() == 0
    assert (await nearby_count(world), await nearby_count(world, "resident")) == (0, 2)
    assert await ledger.drift() == []


async def test_a_removed_post_and_what_was_under_it_are_found_by_nobody(
    ask: Ask, act: Act, world: World
) -> None:
    post_id = await removed(act, world)
    comment = await models.Comment.filter(post_id=post_id).order_by("id").first()
    assert comment is not None
    for persona in ("neighbour", "resident", "moderator", "worker"):
        assert (await ask(persona, HISTORY, id=post_id)).data == {"post": None}
    async with refused(RefusalCode.NOT_FOUND):
        await act("neighbour", resolvers.post.delete_post, post_id=post_id)
    async with refused(RefusalCode.NOT_FOUND):
        await act("resident", resolvers.comment.edit_comment, comment_id=comment.id, body="er nog")


async def test_a_post_is_called_solved_once_and_opened_again(act: Act, world: World) -> None:
    post = await publish(act, world, kind=models.PostKind.CLASSIFIED)
    moments = []
    for solved in (True, True, False, False):
        await act("neighbour", resolvers.post.mark_solved, post_id=post.id, solved=solved)
        moments.append((await models.Post.get(id=post.id)).solved_at)
    assert moments[0] is not None
    assert moments[1:] == [moments[0], None, None]
    assert await ledger.told(world.home) == ["POST_PUBLISHED", "POST_SOLVED", "POST_SOLVED"]


async def test_only_what_can_be_solved_is(act: Act, world: World) -> None:
    solvable = set()
    for kind in set(models.PostKind) - {models.PostKind.ANNOUNCEMENT}:
        post = await publish(act, world, kind=kind)
        if kind in resolvers.post.SOLVABLE:
            await act("neighbour", resolvers.post.mark_solved, post_id=post.id)
            solvable.add(kind.value)
            continue
        async with refused(RefusalCode.INVALID, "post_id"):
            await act("neighbour", resolvers.post.mark_solved, post_id=post.id)
    assert solvable == {"HELP_REQUEST", "CLASSIFIED", "ALERT"}
