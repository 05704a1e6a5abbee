"""Reactions: one to a member, counted on the row, whatever is done at the same moment."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

import models
import resolvers.comment
import resolvers.reaction
from resolvers.reaction import react, unreact
from resolvers.refusal import RefusalCode
from tests.inside import Ask
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.world import World

NEIGHBOURHOOD, NEARBY, ONLY = models.Audience
THANKS, LIKE, CARE, CLAP, SAD = models.ReactionKind
MINE = "query ($id: ID!) { post(id: $id) { myReaction reactions { kind count } } }"


async def shown(world: World) -> dict[str, int]:
    """The counters of the post, those above zero; it begins with the thanks of its author."""
    post = await models.Post.get(id=world.posts[NEIGHBOURHOOD])
    return {count.kind.value: count.count for count in resolvers.reaction.counts(post)}


def post_id(world: World) -> UUID:
    return world.posts[NEIGHBOURHOOD]


async def test_a_reaction_is_counted_and_is_the_viewers_own(
    ask: Ask, act: Act, world: World
) -> None:
    await act("neighbour", react, subject_id=post_id(world), kind=CARE)
    counts = [{"kind": "THANKS", "count": 1}, {"kind": "CARE", "count": 1}]
    for persona, mine in (("neighbour", "CARE"), ("resident", "THANKS"), ("moderator", None)):
        answer = await ask(persona, MINE, id=post_id(world))
        assert answer.data == {"post": {"myReaction": mine, "reactions": counts}}


async def test_another_reaction_takes_the_place_of_the_first(act: Act, world: World) -> None:
    await act("neighbour", react, subject_id=post_id(world), kind=CARE)
    await act("neighbour", react, subject_id=post_id(world), kind=THANKS)
    assert await shown(world) == {"THANKS": 2}
    mine = models.Reaction.filter(author_id=world.people["neighbour"].membership_id)
    assert [row.kind for row in await mine] == [THANKS]
    assert await ledger.told(world.home) == ["REACTION_CHANGED", "REACTION_CHANGED"]


async def test_the_same_reaction_again_changes_nothing_and_tells_nothing(
    act: Act, world: World
) -> None:
    for _ in range(2):
        await act("neighbour", react, subject_id=post_id(world), kind=CLAP)
    assert await shown(world) == {"THANKS": 1, "CLAP": 1}
    assert await ledger.told(world.home) == ["REACTION_CHANGED"]


async def test_a_reaction_is_taken_back_once(act: Act, world: World) -> None:
    await act("neighbour", react, subject_id=post_id(world), kind=SAD)
    for _ in range(2):
        await act("neighbour", unreact, subject_id=post_id(world))
    assert await shown(world) == {"THANKS": 1}
    assert await ledger.told(world.home) == ["REACTION_CHANGED", "REACTION_CHANGED"]


async def test_a_reaction_on_a_comment_leaves_the_post_alone(act: Act, world: World) -> None:
    comment_id = world.comments[NEIGHBOURHOOD]
    await act("neighbour", react, subject_id=comment_id, kind=LIKE)
    comment = await models.Comment.get(id=comment_id)
    assert (comment.like_count, comment.care_count) == (1, 1)
    assert await shown(world) == {"THANKS": 1}
    await act("neighbour", react, subject_id=post_id(world), kind=LIKE)
    await act("neighbour", unreact, subject_id=comment_id)
    assert await shown(world) == {"THANKS": 1, "LIKE": 1}
    assert await ledger.drift() == []


@pytest.mark.parametrize("subject", ["post", "comment"])
async def test_the_same_reaction_twice_at_once_counts_once(
    act: Act, world: World, subject: str
) -> None:
    id = post_id(world) if subject == "post" else world.comments[NEIGHBOURHOOD]
    await asyncio.gather(*(act("neighbour", react, subject_id=id, kind=LIKE) for _ in range(6)))
    mine = models.Reaction.filter(author_id=world.people["neighbour"].membership_id)
    assert [row.kind for row in await mine] == [LIKE]
    assert await ledger.told(world.home) == ["REACTION_CHANGED"]
    assert await ledger.drift() == []


async def test_different_reactions_at_once_leave_one(act: Act, world: World) -> None:
    kinds = list(models.ReactionKind)
    await asyncio.gather(
        *(act("neighbour", react, subject_id=post_id(world), kind=kind) for kind in kinds)
    )
    mine = models.Reaction.filter(author_id=world.people["neighbour"].membership_id)
    assert await mine.count() == 1
    assert sum((await shown(world)).values()) == 2
    assert await ledger.drift() == []


async def test_reactions_of_many_at_once_are_all_counted(act: Act, world: World) -> None:
    people = ("neighbour", "moderator", "worker")
    await asyncio.gather(
        *(act(name, react, subject_id=post_id(world), kind=CARE) for name in people)
    )
    assert await shown(world) == {"THANKS": 1, "CARE": 3}


@pytest.mark.parametrize(
    ("persona", "audience", "code"),
    [
        ("nearby", NEARBY, RefusalCode.FORBIDDEN),
        ("nearby", NEIGHBOURHOOD, RefusalCode.NOT_FOUND),
        ("worker", ONLY, RefusalCode.NOT_FOUND),
        ("stranger", NEARBY, RefusalCode.NOT_FOUND),
    ],
)
@pytest.mark.parametrize(("verb", "given"), [(react, {"kind": CARE}), (unreact, {})])
@pytest.mark.parametrize("things", ["posts", "comments"])
async def test_only_members_who_may_read_a_thing_react_to_it(
    act: Act,
    world: World,
    persona: str,
    audience: models.Audience,
    code: RefusalCode,
    verb: Any,
    given: dict[str, Any],
    things: str,
) -> None:
    async with refused(code):
        await act(persona, verb, subject_id=getattr(world, things)[audience], **given)


async def test_nobody_reacts_to_an_erased_comment(act: Act, world: World) -> None:
    comment_id = world.comments[NEIGHBOURHOOD]
    await act("resident", resolvers.comment.delete_comment, comment_id=comment_id)
    async with refused(RefusalCode.NOT_FOUND):
        await act("neighbour", react, subject_id=comment_id, kind=CARE)
