"""The request behind a post goes where its post goes: solved, for others, removed, moved out."""

import asyncio

import models
import resolvers.post
from resolvers.help_request_edit import edit_help_request
from resolvers.membership import move_out
from resolvers.post import create_post, delete_post, edit_post, mark_solved
from resolvers.refusal import RefusalCode
from tests.resolvers import ledger
from tests.resolvers.conftest import Act
from tests.resolvers.ledger import refused
from tests.resolvers.neighbourly import matched, offer, request, say_age, whose
from tests.world import World

State, Match = models.HelpRequestState, models.HelpMatchState
NEIGHBOURHOOD, NEARBY, ONLY = models.Audience


async def state(made: models.HelpRequest) -> models.HelpRequestState:
    return (await models.HelpRequest.get(id=made.id)).state


async def test_solved_and_opened_again_the_request_keeps_in_step(act: Act, world: World) -> None:
    made = await request(act, world)
    for solved, expected in ((True, State.SOLVED), (True, State.SOLVED), (False, State.OPEN)):
        await act("resident", mark_solved, post_id=made.post_id, solved=solved)
        assert await state(made) is expected
        post = await models.Post.get(id=made.post_id)
        assert (post.solved_at is not None) is (expected is State.SOLVED)
    await matched(world, made, "neighbour")
    for solved, expected in ((True, State.SOLVED), (False, State.MATCHED)):
        await act("resident", mark_solved, post_id=made.post_id, solved=solved)
        assert await state(made) is expected


async def test_thanks_stand_under_the_post(act: Act, world: World) -> None:
    made = await request(act, world)
    post = await act("resident", mark_solved, post_id=made.post_id, thanks="Dank u, ze rijdt weer!")
    [comment] = await models.Comment.filter(post_id=made.post_id)
    assert (comment.author_id, comment.body) == (made.author_id, "Dank u, ze rijdt weer!")
    assert post.comment_count == (await models.Post.get(id=made.post_id)).comment_count == 1
    assert await ledger.told(world.home) == ["POST_PUBLISHED", "POST_SOLVED", "COMMENT_ADDED"]
    assert await ledger.drift() == []
    await act("resident", mark_solved, post_id=made.post_id, solved=False, thanks="Toch niet.")
    assert await models.Comment.filter(post_id=made.post_id).count() == 1


async def test_thanks_that_may_not_be_solve_nothing(act: Act, world: World) -> None:
    made = await request(act, world)
    async with refused(RefusalCode.TOO_LONG, "body"):
        await act("resident", mark_solved, post_id=made.post_id, thanks="x" * 4_001)


async def test_a_minor_without_leave_opens_nothing_again(act: Act, world: World) -> None:
    made = await request(act, world)
    await act("resident", mark_solved, post_id=made.post_id)
    await say_age(world, models.AgeBand.UNDER_18, "resident")
    async with refused(RefusalCode.FORBIDDEN):
        await act("resident", mark_solved, post_id=made.post_id, solved=False)


async def test_the_audience_of_a_post_is_that_of_its_request(act: Act, world: World) -> None:
    made = await request(act, world)
    for audience in (NEARBY, ONLY, NEIGHBOURHOOD):
        await act("resident", edit_post, post_id=made.post_id, audience=audience)
        assert (await models.HelpRequest.get(id=made.id)).audience is audience


async def test_a_removed_post_takes_its_request_and_matches_along(act: Act, world: World) -> None:
    made, other = await request(act, world), await request(act, world)
    await matched(world, made, "neighbour")
    await matched(world, made, "moderator", Match.PROPOSED)
    kept = await matched(world, other, "neighbour")
    await act("resident", delete_post, post_id=made.post_id)
    assert [row.id for row in await models.HelpRequest.all()] == [other.id]
    assert [row.id for row in await models.HelpMatch.all()] == [kept.id]
    for persona, count in (("resident", 2), ("neighbour", 1), ("moderator", 1)):
        resident_id = world.people[persona].resident_id
        assert resident_id is not None
        assert await ledger.told(resident_id) == ["HELP_MATCH_CHANGED"] * count


async def test_posts_of_other_kinds_and_older_ones_have_no_request(act: Act, world: World) -> None:
    older = world.posts[NEIGHBOURHOOD]
    for solved in (False, True):
        await act("resident", mark_solved, post_id=older, solved=solved)
    await act("resident", edit_post, post_id=older, audience=ONLY)
    await act("resident", delete_post, post_id=older)
    classified = await act(
        "resident",
        create_post,
        neighbourhood_id=world.home,
        kind=models.PostKind.CLASSIFIED,
        body="Fiets",
    )
    await act("resident", mark_solved, post_id=classified.id)
    assert await models.HelpRequest.exists() is False


async def test_whoever_moves_out_asks_and_helps_no_more(act: Act, world: World) -> None:
    mine, solved, theirs = [
        await request(act, world, who) for who in ("neighbour", "neighbour", "resident")
    ]
    await act("neighbour", mark_solved, post_id=solved.post_id)
    await offer(act, world)
    await matched(world, mine, "resident")
    await matched(world, theirs, "neighbour")
    await act("neighbour", move_out, membership_id=whose(world, "neighbour"))
    assert await state(mine) is State.WITHDRAWN
    assert await state(solved) is State.SOLVED
    assert await state(theirs) is State.OPEN
    assert {match.state for match in await models.HelpMatch.all()} == {Match.WITHDRAWN}
    assert await models.HelpOffer.exists() is False
    resident_id = world.people["resident"].resident_id
    assert resident_id is not None
    assert await ledger.told(resident_id) == ["HELP_MATCH_CHANGED"] * 2


async def test_a_request_changed_and_removed_at_once_ends_removed(act: Act, world: World) -> None:
    for _ in range(5):
        made = await request(act, world)
        answers = await asyncio.gather(
            act("resident", edit_help_request, help_request_id=made.id, people=2),
            act("resident", resolvers.post.delete_post, post_id=made.post_id),
            act("resident", mark_solved, post_id=made.post_id),
            return_exceptions=True,
        )
        for answer in answers:
            code = getattr(answer, "code", None)
            assert code in (None, RefusalCode.NOT_FOUND, RefusalCode.CONFLICT), answer
        assert await models.HelpRequest.filter(id=made.id).exists() is False
