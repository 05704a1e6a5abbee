"""Counters live on the row: after any story at all they equal a recount."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import models
import resolvers.comment
import resolvers.post
import resolvers.reaction
from resolvers.refusal import Refusal
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.world import World

PEOPLE = ("resident", "neighbour", "moderator")
VERBS = (
    resolvers.post.create_post,
    resolvers.post.edit_post,
    resolvers.post.delete_post,
    resolvers.comment.add_comment,
    resolvers.comment.delete_comment,
    resolvers.reaction.react,
    resolvers.reaction.unreact,
)


@dataclass(frozen=True)
class Step:
    """Somebody does something to the `at`-th thing there is, with this choice of words."""

    persona: str
    verb: Any
    at: int
    deep: bool
    audience: models.Audience
    kind: models.ReactionKind


steps = st.builds(
    Step,
    persona=st.sampled_from(PEOPLE),
    verb=st.sampled_from(VERBS),
    at=st.integers(0, 5),
    deep=st.booleans(),
    audience=st.sampled_from(models.Audience),
    kind=st.sampled_from(models.ReactionKind),
)


@settings(
    # every step is a transaction: to make a failing story shorter takes minutes
    phases=[Phase.generate],
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=st.lists(steps, min_size=8, max_size=25))
async def test_after_any_story_the_counters_equal_a_recount(
    act: Act, world: World, story: list[Step]
) -> None:
    await start_anew()
    for step in story:
        await take(act, world, step)
    assert await ledger.drift() == []


async def test_a_recount_finds_a_counter_that_is_wrong(act: Act, world: World) -> None:
    comment_id = world.comments[models.Audience.NEIGHBOURHOOD]
    await models.Comment.filter(id=comment_id).update(reply_count=1, care_count=2)
    drift = await ledger.drift()
    assert [(row["what"], row["id"], row["kept"], row["found"]) for row in drift] == [
        ("replies", comment_id, 1, 0),
        ("CARE on comments", comment_id, 2, 1),
    ]


async def start_anew() -> None:
    """Nothing is written yet: one story must not read on from another."""
    await models.Post.all().delete()
    await models.Membership.all().update(nearby_count=0)


async def take(act: Act, world: World, step: Step) -> None:
    """Do what the step says; what is refused has no part in the story."""
    given = await words(world, step)
    if given is not None:
        with suppress(Refusal):
            await act(await actor(world, step, given), step.verb, **given)


async def words(world: World, step: Step) -> dict[str, Any] | None:
    """What the verb of a step is given; None when there is nothing yet to do it to."""
    if step.verb is resolvers.post.create_post:
        message = {"kind": models.PostKind.MESSAGE, "body": "words"}
        return {"neighbourhood_id": world.home, "audience": step.audience, **message}
    post_id = await pick(models.Post, step.at)
    comment_id = await pick(models.Comment, step.at)
    if post_id is None:
        return None
    if step.verb is resolvers.comment.add_comment:
        parent = await models.Comment.get_or_none(id=comment_id) if step.deep else None
        under = {"post_id": parent.post_id, "parent_id": parent.id} if parent else {}
        return {"post_id": post_id, "body": "words", **under}
    if step.verb is resolvers.comment.delete_comment:
        return {"comment_id": comment_id} if comment_id else None
    if step.verb is resolvers.post.edit_post:
        return {"post_id": post_id, "audience": step.audience}
    if step.verb is resolvers.post.delete_post:
        return {"post_id": post_id}
    subject = {"subject_id": comment_id if step.deep and comment_id else post_id}
    return subject | ({"kind": step.kind} if step.verb is resolvers.reaction.react else {})


async def pick(model: type[models.Post] | type[models.Comment], at: int) -> UUID | None:
    """The id of one of the rows, in the order of their making; None when there are none."""
    ids = await model.all().order_by("id").values_list("id", flat=True)
    return ids[at % len(ids)] if ids else None  # type: ignore[return-value]


async def actor(world: World, step: Step, given: dict[str, Any]) -> str:
    """Only its author changes a thing, so let that be who does it."""
    if step.verb in (resolvers.post.edit_post, resolvers.post.delete_post):
        author_id = (await models.Post.get(id=given["post_id"])).author_id
    elif step.verb is resolvers.comment.delete_comment:
        author_id = (await models.Comment.get(id=given["comment_id"])).author_id
    else:
        return step.persona
    return next(name for name in PEOPLE if world.people[name].membership_id == author_id)
